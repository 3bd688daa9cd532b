import { createHash } from 'node:crypto';
import { StorageError } from '../errors.ts';
import type { Connection } from './connect-s3.ts';
import type {
  ByteRange,
  Known,
  ListedObject,
  ObjectFacts,
  ObjectStore,
  PartsUpload,
  ReadObject,
} from './object-store.ts';
import { type Patience, retrying } from './retrying.ts';
import { s3Text } from './s3-address.ts';
import { isAbsent, isConflict, s3Error } from './s3-error.ts';

type Attempt<T> = (signal: AbortSignal, before: number) => Promise<T>;

/** A bucket of a server that speaks S3. */
export class S3Store implements ObjectStore {
  readonly #connection: Connection;
  readonly #bucket: string;
  readonly #patience: Patience;

  constructor(connection: Connection, bucket: string, patience: Patience) {
    this.#connection = connection;
    this.#bucket = bucket;
    this.#patience = patience;
  }

  async read(key: string, range?: ByteRange, etag?: string): Promise<ReadObject | undefined> {
    const { sdk, client } = this.#connection;
    const command = new sdk.GetObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      Range: range === undefined ? undefined : `bytes=${range.start}-${range.start + range.length - 1}`,
      IfMatch: etag,
    });
    try {
      return await this.#try('read', key, range?.length ?? 0, async (abortSignal) => {
        const { Body, ContentRange, ContentLength, ETag, LastModified } = await client.send(command, { abortSignal });
        const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
        if (ContentLength !== undefined && bytes.length !== ContentLength) {
          throw Object.assign(new Error(`${bytes.length} of ${ContentLength} bytes came`), { code: 'ECONNRESET' });
        }
        const sizeBytes = Number(ContentRange?.split('/')[1] ?? bytes.length);
        return { bytes, ...this.#facts(sizeBytes, ETag, LastModified) };
      });
    } catch (error) {
      if (error instanceof StorageError && isAbsent(error.cause)) return undefined;
      // A range of an object without bytes.
      if (error instanceof StorageError && isOutOfRange(error.cause)) return this.#empty(key);
      throw error;
    }
  }

  async facts(key: string): Promise<ObjectFacts | undefined> {
    const { sdk, client } = this.#connection;
    const command = new sdk.HeadObjectCommand({ Bucket: this.#bucket, Key: key });
    try {
      return await this.#try('look at', key, 0, async (abortSignal) => {
        const { ContentLength = 0, ETag, LastModified } = await client.send(command, { abortSignal });
        return this.#facts(ContentLength, ETag, LastModified);
      });
    } catch (error) {
      if (error instanceof StorageError && isAbsent(error.cause)) return undefined;
      throw error;
    }
  }

  async write(key: string, bytes: Uint8Array, known: Known): Promise<string> {
    const { sdk, client } = this.#connection;
    const command = new sdk.PutObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      Body: bytes,
      ContentLength: bytes.length,
      ChecksumSHA256: createHash('sha256').update(bytes).digest('base64'),
      ...conditionOf(known),
    });
    return this.#try('write', key, bytes.length, async (abortSignal, before) => {
      try {
        return (await client.send(command, { abortSignal })).ETag ?? '';
      } catch (error) {
        if (!isConflict(error) || before === 0) throw error;
        // An attempt before, of which nothing was heard, may have been the one that wrote it.
        const there = await this.read(key);
        if (there === undefined || !Buffer.from(bytes).equals(there.bytes)) throw error;
        return there.etag;
      }
    });
  }

  async writeInParts(key: string): Promise<PartsUpload> {
    const { sdk, client } = this.#connection;
    const named = { Bucket: this.#bucket, Key: key };
    const create = new sdk.CreateMultipartUploadCommand({ ...named, ChecksumAlgorithm: 'SHA256' });
    const { UploadId } = await this.#try('write', key, 0, (abortSignal) => client.send(create, { abortSignal }));
    const Parts: { PartNumber: number; ETag: string | undefined; ChecksumSHA256: string }[] = [];
    return {
      add: async (bytes) => {
        const PartNumber = Parts.length + 1;
        const ChecksumSHA256 = createHash('sha256').update(bytes).digest('base64');
        const part = { ...named, UploadId, PartNumber, Body: bytes, ContentLength: bytes.length, ChecksumSHA256 };
        const { ETag } = await this.#try('write', key, bytes.length, (abortSignal) =>
          client.send(new sdk.UploadPartCommand(part), { abortSignal }),
        );
        Parts.push({ PartNumber, ETag, ChecksumSHA256 });
      },
      complete: async (known) => {
        const command = new sdk.CompleteMultipartUploadCommand({
          ...named,
          UploadId,
          MultipartUpload: { Parts },
          ...conditionOf(known),
        });
        const done = await this.#try('write', key, 0, (abortSignal) => client.send(command, { abortSignal }));
        return done.ETag ?? '';
      },
      abort: async () => {
        const command = new sdk.AbortMultipartUploadCommand({ ...named, UploadId });
        await this.#try('give up', key, 0, (abortSignal) => client.send(command, { abortSignal }));
      },
    };
  }

  async *list(prefix: string, delimiter?: '/'): AsyncGenerator<ListedObject> {
    const { sdk, client } = this.#connection;
    let ContinuationToken: string | undefined;
    do {
      const command = new sdk.ListObjectsV2Command({
        Bucket: this.#bucket,
        Prefix: prefix,
        Delimiter: delimiter,
        ContinuationToken,
      });
      const page = await this.#try('list', prefix, 0, (abortSignal) => client.send(command, { abortSignal }));
      for (const { Key, Size, ETag } of page.Contents ?? []) {
        if (Key !== undefined) yield { key: Key, sizeBytes: Size ?? 0, etag: ETag ?? '' };
      }
      for (const { Prefix } of page.CommonPrefixes ?? []) {
        if (Prefix !== undefined) yield { key: Prefix, sizeBytes: 0, etag: '' };
      }
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }

  async copy(from: string, to: string): Promise<void> {
    const { sdk, client } = this.#connection;
    const CopySource = `${this.#bucket}/${from.split('/').map(encodeURIComponent).join('/')}`;
    const command = new sdk.CopyObjectCommand({ Bucket: this.#bucket, Key: to, CopySource });
    await this.#try('copy', from, 0, (abortSignal) => client.send(command, { abortSignal }));
  }

  async remove(key: string): Promise<void> {
    const { sdk, client } = this.#connection;
    const command = new sdk.DeleteObjectCommand({ Bucket: this.#bucket, Key: key });
    await this.#try('remove', key, 0, (abortSignal) => client.send(command, { abortSignal }));
  }

  async abortParts(prefix: string): Promise<void> {
    const { sdk, client } = this.#connection;
    const command = new sdk.ListMultipartUploadsCommand({ Bucket: this.#bucket, Prefix: prefix });
    const { Uploads = [] } = await this.#try('list', prefix, 0, (abortSignal) => client.send(command, { abortSignal }));
    for (const { Key, UploadId } of Uploads) {
      // What lies deeper is another's place.
      if ((Key ?? '').slice(prefix.length).split('/').length > 2) continue;
      const abort = new sdk.AbortMultipartUploadCommand({ Bucket: this.#bucket, Key, UploadId });
      await this.#try('give up', Key ?? prefix, 0, (abortSignal) => client.send(abort, { abortSignal }));
    }
  }

  async #empty(key: string): Promise<ReadObject | undefined> {
    const facts = await this.facts(key);
    return facts === undefined ? undefined : { bytes: new Uint8Array(), ...facts };
  }

  #facts(sizeBytes: number, etag: string | undefined, modified: Date | undefined): ObjectFacts {
    const askedMs = this.#connection.clock.answeredMs;
    return { sizeBytes, etag: etag ?? '', modifiedMs: modified?.getTime() ?? 0, askedMs };
  }

  async #try<T>(action: string, key: string, sizeBytes: number, attempt: Attempt<T>): Promise<T> {
    try {
      return await retrying(this.#patience, sizeBytes, attempt);
    } catch (error) {
      throw s3Error(action, s3Text({ bucket: this.#bucket, key }), error);
    }
  }
}

function conditionOf(known: Known): { readonly IfNoneMatch: '*' } | { readonly IfMatch: string } {
  return known === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: known.etag };
}

function isOutOfRange(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'InvalidRange';
}

import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { connectS3 } from '../s3/connect-s3.ts';
import type { ObjectFacts } from '../s3/object-store.ts';
import { isS3Address, parseS3Address, type S3Address } from '../s3/s3-address.ts';
import { type Containment, outside, type PathRefusal, shown } from './contained-path.ts';
import type { EmbeddedMidi } from './embedded-midi.ts';
import { FILE_STAMP_BYTES, NO_FILE } from './file-stamp.ts';
import { otherSpellings, WHERE_PATHS_START } from './other-spellings.ts';
import type { Pair } from './pair.ts';

/** What came of a file that lies in a bucket, as it is there: packed or not. */
export type FetchedFile = (
  | { readonly ok: true; readonly bytes: Uint8Array }
  | PathRefusal<'path_invalid' | 'path_outside' | 'file_not_found' | 'file_too_large'>
) & { readonly stamp?: Uint8Array };

interface FetchAccess extends Containment {
  readonly maxBytes: number;
}

/**
 * Fetches a file that the manifest names, where its root is in a bucket; `undefined` where it is a folder, from which it is read.
 *
 * @throws StorageError where the bucket cannot be asked: that is no fault of the pair.
 */
export async function fetchFile(root: string, path: string, access: FetchAccess): Promise<FetchedFile | undefined> {
  if (!isS3Address(root)) return undefined;
  for (const spelling of [path, ...otherSpellings(path)]) {
    const located = locate(root, spelling, access);
    if (!located.ok) return located;
    const { bucket, key } = located;
    const store = await connectS3(bucket);
    const object = await store.read(key, { start: 0, length: access.maxBytes + 1 });
    if (object === undefined) continue;
    const stamp = stampOfObject(object);
    if (object.sizeBytes > access.maxBytes) {
      const message = `${shown(path)} has ${object.sizeBytes} bytes; at most ${access.maxBytes} are read`;
      return { ok: false, code: 'file_too_large', message, stamp };
    }
    return { ok: true, bytes: alone(object.bytes), stamp };
  }
  return {
    ok: false,
    code: 'file_not_found',
    message: `${shown(path)} is not there; ${WHERE_PATHS_START}`,
    stamp: NO_FILE,
  };
}

/** The same for the MIDI file of a pair; `undefined` also where it lies in the manifest. */
export async function fetchMidi(
  { midiFile, embedded }: { readonly midiFile: string | undefined; readonly embedded?: EmbeddedMidi | undefined },
  root: string,
  access: FetchAccess,
): Promise<FetchedFile | undefined> {
  return midiFile === undefined || embedded !== undefined ? undefined : fetchFile(root, midiFile, access);
}

/** The same for the caption file of a pair, where it has its text in one. */
export async function fetchCaption(
  { text, textFile }: Pick<Pair, 'text' | 'textFile'>,
  root: string,
  access: FetchAccess,
): Promise<FetchedFile | undefined> {
  return (text !== undefined && text !== '') || textFile === undefined ? undefined : fetchFile(root, textFile, access);
}

/** The stamp of such a file as it is now: of its version and size; `undefined` where that cannot be told. */
export async function stampInBucket(
  root: string,
  path: string,
  containment: Containment,
): Promise<Uint8Array | undefined> {
  for (const spelling of [path, ...otherSpellings(path)]) {
    const located = locate(root, spelling, containment);
    if (!located.ok) return undefined;
    const facts = await (await connectS3(located.bucket)).facts(located.key);
    if (facts !== undefined) return stampOfObject(facts);
  }
  return NO_FILE;
}

type Located = ({ readonly ok: true } & S3Address) | PathRefusal<'path_invalid' | 'path_outside'>;

/** A path is taken relative to the root and stays below it, unless `allowOutside`; it may be an address itself. */
export function locate(root: string, path: string, { allowOutside }: Containment): Located {
  const invalid = (message: string): Located => ({ ok: false, code: 'path_invalid', message });
  if (path === '') return invalid('the path is empty');
  if (path.includes('\0')) return invalid(`${shown(path)} holds a NUL character`);
  const home = parseS3Address(root);
  const isBelow = ({ bucket, key }: S3Address): boolean =>
    bucket === home.bucket && (home.key === '' || key.startsWith(`${home.key}/`));
  if (isS3Address(path)) {
    try {
      const named = parseS3Address(path);
      return allowOutside || isBelow(named) ? { ok: true, ...named } : outside(path, 'lies elsewhere');
    } catch {
      return invalid(`${shown(path)} is no address of an object`);
    }
  }
  if (path.startsWith('/')) return outside(path, 'is an absolute path');
  const key = posix.join(home.key, path);
  if (key.startsWith('..')) return outside(path, 'leads out of the bucket by ".."');
  const found = { bucket: home.bucket, key };
  return allowOutside || isBelow(found) ? { ok: true, ...found } : outside(path, 'leads out by ".."');
}

/** Chance alone is to be kept from making two stamps alike. */
function stampOfObject({ sizeBytes, etag }: Pick<ObjectFacts, 'sizeBytes' | 'etag'>): Uint8Array {
  return createHash('sha256').update(`${sizeBytes} ${etag}`).digest().subarray(0, FILE_STAMP_BYTES);
}

/** In memory of its own: what goes to another thread takes all of its memory along. */
function alone(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

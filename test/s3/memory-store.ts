import { createHash } from 'node:crypto';
import { StorageError } from '../../src/errors.ts';
import type { ByteRange, Known, ListedObject, ObjectStore, PartsUpload } from '../../src/s3/object-store.ts';

interface Stored {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly modifiedMs: number;
}

/** A bucket in memory, with a clock of its own, that can fail at any call. */
export class MemoryStore implements ObjectStore {
  readonly objects = new Map<string, Stored>();
  readonly calls: string[] = [];
  nowMs = Date.parse('2026-01-01T00:00:00Z');
  /** Asked before each call, and before each of its answers: an error that is returned is thrown. */
  onCall: (call: string, when: 'before' | 'after') => Error | undefined = () => undefined;
  #parts = 0;

  async read(key: string, range?: ByteRange, etag?: string) {
    return this.#called(`read ${key}`, () => {
      const stored = this.objects.get(key);
      if (stored === undefined) return undefined;
      if (etag !== undefined && stored.etag !== etag) throw conflict(key);
      const { bytes, modifiedMs } = stored;
      const part = range === undefined ? bytes : bytes.subarray(range.start, range.start + range.length);
      return { bytes: part, sizeBytes: bytes.length, etag: stored.etag, modifiedMs, askedMs: this.nowMs };
    });
  }

  async facts(key: string) {
    return this.#called(`facts ${key}`, () => {
      const stored = this.objects.get(key);
      if (stored === undefined) return undefined;
      const { bytes, etag, modifiedMs } = stored;
      return { sizeBytes: bytes.length, etag, modifiedMs, askedMs: this.nowMs };
    });
  }

  async write(key: string, bytes: Uint8Array, known: Known): Promise<string> {
    return this.#called(`write ${key}`, () => this.#put(key, Buffer.from(bytes), known));
  }

  async writeInParts(key: string): Promise<PartsUpload> {
    const parts: Buffer[] = [];
    this.#parts++;
    return {
      add: async (bytes) => this.#called(`part ${key}`, () => void parts.push(Buffer.from(bytes))),
      complete: async (known) => this.#called(`write ${key}`, () => this.#put(key, Buffer.concat(parts), known)),
      abort: async () => {},
    };
  }

  /** Uploads in parts that were begun. */
  get partUploads(): number {
    return this.#parts;
  }

  async *list(prefix: string, delimiter?: '/'): AsyncGenerator<ListedObject> {
    const seen = new Set<string>();
    for (const key of await this.#called(`list ${prefix}`, () => [...this.objects.keys()].sort())) {
      if (!key.startsWith(prefix)) continue;
      const end = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
      const shown = end < 0 ? key : key.slice(0, end + 1);
      if (!seen.has(shown)) yield { key: shown, sizeBytes: this.objects.get(shown)?.bytes.length ?? 0, etag: '' };
      seen.add(shown);
    }
  }

  async copy(from: string, to: string): Promise<void> {
    await this.#called(`copy ${from}`, () => {
      const stored = this.objects.get(from);
      if (stored === undefined) throw new StorageError('s3_failed', `${from} is not there`);
      this.objects.set(to, stored);
    });
  }

  async remove(key: string): Promise<void> {
    await this.#called(`remove ${key}`, () => void this.objects.delete(key));
  }

  async abortParts(): Promise<void> {}

  #put(key: string, bytes: Buffer, known: Known): string {
    const there = this.objects.get(key)?.etag;
    if (there !== (known === 'absent' ? undefined : known.etag)) throw conflict(key);
    const etag = createHash('md5').update(bytes).digest('hex');
    this.objects.set(key, { bytes, etag, modifiedMs: this.nowMs });
    return etag;
  }

  async #called<T>(call: string, work: () => T): Promise<T> {
    this.calls.push(call);
    const before = this.onCall(call, 'before');
    if (before !== undefined) throw before;
    const result = work();
    const after = this.onCall(call, 'after');
    if (after !== undefined) throw after;
    return result;
  }
}

function conflict(key: string): StorageError {
  return new StorageError('s3_conflict', `somebody else wrote ${key}`);
}

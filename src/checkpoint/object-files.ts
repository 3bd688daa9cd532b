import { constants } from 'node:fs';
import type { Known, ObjectStore, PartsUpload, ReadObject } from '../s3/object-store.ts';
import { parseS3Address } from '../s3/s3-address.ts';
import { TEMPORARY } from './durable-replace.ts';
import type { FileSystem, OpenFile } from './file-system.ts';

/** Read with the first request: a checkpoint, or the header of a segment, is in it as a rule. */
const FIRST_BYTES = 64 * 1024;
/** What is longer goes up in parts while it is written, so that no more than this is in memory. */
const PART_BYTES = 16 * 1024 * 1024;
/** Copies and removals that are under way at the same time, where a folder is moved. */
const TOGETHER = 8;
/** Objects whose version is remembered: those that are written again and again are few. */
const MAX_KNOWN = 1000;

/**
 * A bucket as the durable I/O of this room sees a disk. What is written under a temporary name stays here until it is renamed: then
 * it goes up whole, or in the parts that are up already, and only if there is what this process knows to be there. So a file is
 * there as it was or as it is, and of two writers one is refused (`s3_conflict`). Folders are there by being named.
 */
export class ObjectFiles implements FileSystem {
  readonly #store: ObjectStore;
  readonly #staged = new Map<string, StagedObject>();
  readonly #known = new Map<string, Version>();
  /** Throws where this process may not write any more. */
  guard: () => void = () => {};

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  async open(path: string, flags: number): Promise<OpenFile> {
    if ((flags & constants.O_DIRECTORY) !== 0) return FOLDER;
    if ((flags & constants.O_CREAT) !== 0) {
      const staged = new StagedObject(this.#store, keyOf(path).slice(0, -TEMPORARY.length));
      this.#staged.set(path, staged);
      return staged;
    }
    const key = keyOf(path);
    const start = await this.#store.read(key, { start: 0, length: FIRST_BYTES });
    this.#see(key, start === undefined ? 'absent' : { etag: start.etag });
    if (start === undefined) throw errno('ENOENT', path);
    return new OpenObject(this.#store, key, start);
  }

  /** No name but the last is ever seen by others: see `rename`. */
  async link(_existing: string, created: string): Promise<void> {
    throw errno('ENOTSUP', created);
  }

  async rename(from: string, to: string): Promise<void> {
    this.guard();
    const staged = this.#staged.get(from);
    if (staged === undefined) return this.#move(keyOf(from), keyOf(to));
    this.#staged.delete(from);
    const key = keyOf(to);
    try {
      this.#known.set(key, { known: { etag: await staged.publish(key, await this.#knownOf(key)) }, isOurs: true });
    } catch (error) {
      // What is there is looked at anew before it is written again.
      this.#known.delete(key);
      throw error;
    }
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MAX_KNOWN) break;
      this.#known.delete(oldest);
    }
  }

  async unlink(path: string): Promise<void> {
    const staged = this.#staged.get(path);
    if (staged !== undefined) {
      this.#staged.delete(path);
      return staged.abandon();
    }
    // Temporary names are never seen in the bucket.
    if (/\.(tmp|new)$/.test(path)) throw errno('ENOENT', path);
    await this.#remove(keyOf(path));
  }

  async mkdir(): Promise<void> {}

  async rmdir(): Promise<void> {}

  async readdir(path: string): Promise<string[]> {
    const prefix = prefixOf(keyOf(path));
    const names: string[] = [];
    for await (const { key } of this.#store.list(prefix, '/')) {
      const name = key.slice(prefix.length).replace(/\/$/, '');
      if (name !== '') names.push(name);
    }
    return names;
  }

  /** An object, or a folder of them: all are copied before the first is removed. */
  async #move(from: string, to: string): Promise<void> {
    const keys: string[] = [];
    for await (const { key } of this.#store.list(from)) {
      if (key === from || key.startsWith(`${from}/`)) keys.push(key);
    }
    if (keys.length === 0) throw errno('ENOENT', from);
    await together(keys, (key) => this.#store.copy(key, to + key.slice(from.length)));
    await together(keys, (key) => this.#remove(key));
  }

  async #remove(key: string): Promise<void> {
    this.guard();
    await this.#store.remove(key);
    this.#known.set(key, { known: 'absent', isOurs: true });
  }

  async #knownOf(key: string): Promise<Known> {
    const version = this.#known.get(key);
    if (version !== undefined) return version.known;
    const facts = await this.#store.facts(key);
    return facts === undefined ? 'absent' : { etag: facts.etag };
  }

  /** What this process wrote it expects to find; that another one is read does not make that one its own. */
  #see(key: string, known: Known): void {
    if (this.#known.get(key)?.isOurs !== true) this.#known.set(key, { known, isOurs: false });
  }
}

interface Version {
  readonly known: Known;
  readonly isOurs: boolean;
}

/** An object that is being read, always in the version that it was opened in. */
class OpenObject implements OpenFile {
  readonly #store: ObjectStore;
  readonly #key: string;
  readonly #start: ReadObject;

  constructor(store: ObjectStore, key: string, start: ReadObject) {
    this.#store = store;
    this.#key = key;
    this.#start = start;
  }

  async read(target: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }> {
    const { bytes, sizeBytes, etag } = this.#start;
    const wanted = Math.min(length, sizeBytes - position);
    if (wanted <= 0) return { bytesRead: 0 };
    if (position < bytes.length) {
      const part = bytes.subarray(position, position + wanted);
      target.set(part, offset);
      return { bytesRead: part.length };
    }
    const part = await this.#store.read(this.#key, { start: position, length: wanted }, etag);
    if (part === undefined) throw errno('ENOENT', this.#key);
    target.set(part.bytes.subarray(0, wanted), offset);
    return { bytesRead: Math.min(part.bytes.length, wanted) };
  }

  async stat() {
    const { sizeBytes, modifiedMs } = this.#start;
    return { size: sizeBytes, mtimeMs: modifiedMs, isFile: () => true };
  }

  async write(): Promise<never> {
    throw errno('EBADF', this.#key);
  }

  async sync(): Promise<void> {}

  async close(): Promise<void> {}
}

/** An object that is being written, under the name that it will have. */
class StagedObject implements OpenFile {
  readonly #store: ObjectStore;
  readonly #key: string;
  #chunks: Buffer[] = [];
  #waiting = 0;
  #size = 0;
  #parts: PartsUpload | undefined;

  constructor(store: ObjectStore, key: string) {
    this.#store = store;
    this.#key = key;
  }

  async write(bytes: Uint8Array, offset: number, length: number): Promise<{ bytesWritten: number }> {
    const taken = Math.min(length, PART_BYTES - this.#waiting);
    this.#chunks.push(Buffer.from(bytes.subarray(offset, offset + taken)));
    this.#waiting += taken;
    this.#size += taken;
    if (this.#waiting === PART_BYTES) {
      this.#parts ??= await this.#store.writeInParts(this.#key);
      await this.#parts.add(this.#take());
    }
    return { bytesWritten: taken };
  }

  async publish(key: string, known: Known): Promise<string> {
    if (this.#parts === undefined) return this.#store.write(key, this.#take(), known);
    try {
      if (this.#waiting > 0) await this.#parts.add(this.#take());
      return await this.#parts.complete(known);
    } catch (error) {
      await this.abandon();
      throw error;
    }
  }

  /** Quietly: what stays is given up by the next who takes the lease. */
  async abandon(): Promise<void> {
    await this.#parts?.abort().catch(() => {});
  }

  async stat() {
    return { size: this.#size, mtimeMs: 0, isFile: () => true };
  }

  async read(): Promise<never> {
    throw errno('EBADF', this.#key);
  }

  async sync(): Promise<void> {}

  async close(): Promise<void> {}

  #take(): Buffer {
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#waiting = 0;
    return bytes;
  }
}

/** What is asked of a folder where there are none. */
const FOLDER: OpenFile = {
  write: async () => ({ bytesWritten: 0 }),
  read: async () => ({ bytesRead: 0 }),
  sync: async () => {},
  stat: async () => ({ size: 0, mtimeMs: 0, isFile: () => false }),
  close: async () => {},
};

async function together(keys: readonly string[], work: (key: string) => Promise<void>): Promise<void> {
  for (let start = 0; start < keys.length; start += TOGETHER) {
    await Promise.all(keys.slice(start, start + TOGETHER).map(work));
  }
}

function keyOf(path: string): string {
  return parseS3Address(path).key;
}

function prefixOf(key: string): string {
  return key === '' ? '' : `${key}/`;
}

function errno(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

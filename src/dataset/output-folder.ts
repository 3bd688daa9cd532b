import { createHash, type Hash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { createDirectory } from '../checkpoint/durable-replace.ts';
import { type FileSystem, nodeFileSystem, type OpenFile } from '../checkpoint/file-system.ts';
import { storageError } from '../checkpoint/storage-error.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { HeldFile } from './held-file.ts';
import { removeTree } from './remove-tree.ts';
import { writeAll } from './write-all.ts';

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
/** Bytes that are gathered before they are handed to the file system. */
const WRITE_BYTES = 1 << 20;

/** A finished file of the data set. */
export interface WrittenFile {
  /** Relative to the data set's folder, with forward slashes. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Hexadecimal SHA-256. */
  readonly sha256: string;
}

/**
 * The folder that a data set is written into before it takes its place. Every error is a `StorageError`.
 */
export class OutputFolder {
  readonly directory: string;
  readonly #fs: FileSystem;
  readonly #open = new Set<OutputFile>();
  readonly #held: HeldFile[] = [];
  readonly #directories = new Set<string>();

  private constructor(directory: string, fs: FileSystem) {
    this.directory = directory;
    this.#fs = fs;
  }

  /** Makes an empty folder; what an interrupted run left there is removed. */
  static async create(directory: string, fs: FileSystem = nodeFileSystem): Promise<OutputFolder> {
    const folder = new OutputFolder(directory, fs);
    await removeTree(directory);
    await folder.#makeDirectory(directory);
    return folder;
  }

  /** Starts a file; its parent folders are made. */
  async create(path: string): Promise<OutputFile> {
    const location = join(this.directory, path);
    await this.#makeDirectory(dirname(location));
    let handle: OpenFile;
    try {
      handle = await this.#fs.open(location, NEW_FILE, 0o666);
    } catch (error) {
      throw storageError('create', location, error);
    }
    const file = new OutputFile(path, location, handle, () => this.#open.delete(file));
    this.#open.add(file);
    return file;
  }

  /** A file for what waits to be written elsewhere: whoever asks for it removes it. Its parent folder is there. */
  hold(path: string): HeldFile {
    const file = new HeldFile(join(this.directory, path), this.#fs);
    this.#held.push(file);
    return file;
  }

  /** Writes a whole small file. */
  async write(path: string, content: string | Uint8Array): Promise<WrittenFile> {
    const file = await this.create(path);
    await file.write(typeof content === 'string' ? Buffer.from(content) : content);
    return file.close();
  }

  /** Gives finished files their final names. */
  async rename(files: readonly WrittenFile[], nameOf: (at: number) => string): Promise<readonly WrittenFile[]> {
    const renamed = files.map((file, at) => ({ ...file, path: nameOf(at) }));
    for (const [at, { path }] of renamed.entries()) {
      const from = join(this.directory, files[at]?.path ?? '');
      try {
        await this.#fs.rename(from, join(this.directory, path));
      } catch (error) {
        throw storageError('rename', from, error);
      }
    }
    return renamed;
  }

  /** Replaces the first bytes of a finished file, and hashes it again. */
  async rewriteStart(file: WrittenFile, start: Uint8Array): Promise<WrittenFile> {
    const location = join(this.directory, file.path);
    try {
      const handle = await this.#fs.open(location, constants.O_WRONLY | constants.O_NOFOLLOW);
      try {
        await writeAll(handle, start);
      } finally {
        await handle.close();
      }
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(location)) hash.update(chunk);
      return { ...file, sha256: hash.digest('hex') };
    } catch (error) {
      throw storageError('rewrite', location, error);
    }
  }

  /** After a failure: closes what is open and, unless told to keep it, removes the folder. */
  async abandon(keep: boolean): Promise<void> {
    for (const file of [...this.#open, ...this.#held]) await file.abandon();
    if (!keep) await removeTree(this.directory);
  }

  async #makeDirectory(directory: string): Promise<void> {
    if (this.#directories.has(directory)) return;
    await createDirectory(directory, this.#fs);
    this.#directories.add(directory);
  }
}

/** A file that is written from front to back, hashed on the way. It reaches the disk when the data set is published. */
export class OutputFile {
  readonly path: string;
  readonly #location: string;
  readonly #handle: OpenFile;
  readonly #onClosed: () => void;
  readonly #pending = new GrowingBytes(1 << 12);
  readonly #hash: Hash = createHash('sha256');
  #sizeBytes = 0;

  constructor(path: string, location: string, handle: OpenFile, onClosed: () => void) {
    this.path = path;
    this.#location = location;
    this.#handle = handle;
    this.#onClosed = onClosed;
  }

  /** Bytes written so far. */
  get sizeBytes(): number {
    return this.#sizeBytes + this.#pending.length;
  }

  /** Takes a copy of the bytes; goes to the file system when enough have come together. */
  async write(bytes: Uint8Array): Promise<void> {
    if (bytes.length >= WRITE_BYTES) {
      await this.#flush();
      await this.#put(bytes);
      return;
    }
    this.#pending.bytes(bytes);
    if (this.#pending.length >= WRITE_BYTES) await this.#flush();
  }

  async close(): Promise<WrittenFile> {
    await this.#flush();
    await this.#close();
    return { path: this.path, sizeBytes: this.#sizeBytes, sha256: this.#hash.digest('hex') };
  }

  /** Closes without caring for the content. */
  async abandon(): Promise<void> {
    this.#onClosed();
    await this.#handle.close().catch(() => {}); // the error that led here is the one worth reporting
  }

  async #close(): Promise<void> {
    this.#onClosed();
    try {
      await this.#handle.close();
    } catch (error) {
      throw storageError('close', this.#location, error);
    }
  }

  async #flush(): Promise<void> {
    await this.#put(this.#pending.written);
    this.#pending.clear();
  }

  async #put(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    try {
      await writeAll(this.#handle, bytes);
    } catch (error) {
      throw storageError('write', this.#location, error);
    }
    this.#sizeBytes += bytes.length;
  }
}

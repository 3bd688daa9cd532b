import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { HubFile } from './hub-file.ts';

/**
 * A file that is not whole yet: `NAME.CHECKSUM.PID.part` beside its place. What a process left that is gone is taken over and gone on with;
 * one that lives keeps its own, so that two downloads of a model do not meet.
 */
export class PartialFile {
  readonly #target: string;
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #file: HubFile;
  #hash: Hash;
  #sizeBytes = 0;

  private constructor(target: string, path: string, handle: FileHandle, file: HubFile) {
    this.#target = target;
    this.#path = path;
    this.#handle = handle;
    this.#file = file;
    this.#hash = emptyHash(file);
  }

  static async open(target: string, file: HubFile): Promise<PartialFile> {
    await mkdir(dirname(target), { recursive: true });
    const path = `${target}.${file.checksum?.hex.slice(0, 16) ?? 'unnamed'}.${process.pid}.part`;
    await takeOver(target, path, file.checksum !== undefined);
    const part = new PartialFile(target, path, await open(path, 'a+'), file);
    try {
      await part.#readAgain();
    } catch (error) {
      await part.#handle.close();
      throw error;
    }
    return part;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  async add(bytes: Uint8Array): Promise<void> {
    await this.#handle.writeFile(bytes);
    this.#hash.update(bytes);
    this.#sizeBytes += bytes.length;
  }

  async restart(): Promise<void> {
    await this.#handle.truncate(0);
    this.#hash = emptyHash(this.#file);
    this.#sizeBytes = 0;
  }

  /** Whether it is what the hub says it is; `true` where the hub says nothing. */
  isRight(): boolean {
    const { checksum } = this.#file;
    return checksum === undefined || this.#hash.copy().digest('hex') === checksum.hex;
  }

  /** Gives it its name. */
  async finish(): Promise<void> {
    await this.#handle.sync();
    await this.#handle.close();
    await rename(this.#path, this.#target);
  }

  /** Leaves it for another time. */
  async close(): Promise<void> {
    await this.#handle.close();
    if (this.#sizeBytes === 0 || this.#file.checksum === undefined) await rm(this.#path, { force: true });
  }

  async #readAgain(): Promise<void> {
    for await (const chunk of createReadStream(this.#path)) {
      this.#hash.update(chunk);
      this.#sizeBytes += chunk.length;
    }
  }
}

/** Git names a blob by its size and its bytes. */
function emptyHash({ checksum, sizeBytes }: HubFile): Hash {
  if (checksum?.kind !== 'git') return createHash('sha256');
  return createHash('sha1').update(`blob ${sizeBytes}\0`);
}

/** Takes what a process has left that is gone; what is of another version of the file is removed. */
async function takeOver(target: string, path: string, mayGoOn: boolean): Promise<void> {
  const before = `${basename(target)}.`;
  const wanted = basename(path).replace(/\d+\.part$/, '');
  for (const name of await readdir(dirname(target))) {
    const pid = /\.(\d+)\.part$/.exec(name)?.[1];
    if (pid === undefined || !name.startsWith(before) || name === basename(path) || isAlive(Number(pid))) continue;
    const left = join(dirname(target), name);
    if (mayGoOn && name.startsWith(wanted)) await rename(left, path).catch(() => {});
    else await rm(left, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * The second place (`--backup_dir`): a folder, on another disk as a rule, that gets a copy of every checkpoint and segment. It may
 * vanish at any time, and what then lies at its path may be the empty folder that a drive is mounted on. So it is known by a
 * marker in it, whose id the run directory remembers: without the marker nothing is written there.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import { createDirectory, writeDurably } from './durable-replace.ts';
import { Fields } from './fields.ts';
import type { FileSystem } from './file-system.ts';
import { readWhole } from './read-file.ts';

const MARKER = 'midiloom-backup.json';
const MEMORY = 'second_place.json';
const FORMAT = 'midiloom-backup';
const VERSION = 1;

export class SecondPlace {
  readonly directory: string;
  readonly #runDirectory: string;
  readonly #fs: FileSystem;
  #id: string | undefined;

  constructor(directory: string, runDirectory: string, fs: FileSystem) {
    this.directory = directory;
    this.#runDirectory = runDirectory;
    this.#fs = fs;
  }

  /** Makes sure that the place is there, and is the one it was; on its first use it is created. Throws where it is not. */
  async reach(): Promise<void> {
    const known = this.#id ?? (await this.#remembered());
    const found = await this.#readId(join(this.directory, MARKER));
    if (known !== undefined && found !== known) {
      throw new Error(
        `${this.directory} is not the place it was (is the drive mounted?); if that is meant so, remove ${join(this.#runDirectory, MEMORY)}`,
      );
    }
    if (this.#id !== undefined) return;
    const id = found ?? randomBytes(12).toString('hex');
    if (found === undefined) {
      await createDirectory(this.directory, this.#fs);
      await this.#write(join(this.directory, MARKER), { id });
    }
    await createDirectory(this.#runDirectory, this.#fs);
    if (known === undefined) await this.#write(join(this.#runDirectory, MEMORY), { id, directory: this.directory });
    this.#id = id;
  }

  async #remembered(): Promise<string | undefined> {
    const bytes = await readWhole(join(this.#runDirectory, MEMORY), this.#fs);
    const fields = bytes === undefined ? undefined : parse(bytes, MEMORY);
    return fields?.text('directory') === this.directory ? fields.text('id') : undefined;
  }

  async #readId(file: string): Promise<string | undefined> {
    const bytes = await readWhole(file, this.#fs);
    return bytes === undefined ? undefined : parse(bytes, file).text('id');
  }

  async #write(file: string, value: object): Promise<void> {
    await writeDurably(
      file,
      [Buffer.from(`${JSON.stringify({ format: FORMAT, version: VERSION, ...value })}\n`)],
      this.#fs,
    );
  }
}

function parse(bytes: Uint8Array, name: string): Fields {
  try {
    const fields = new Fields(JSON.parse(Buffer.from(bytes).toString('utf8')), name);
    fields.oneOf('format', [FORMAT]);
    return fields;
  } catch (error) {
    throw new Error(`${name} cannot be read: ${messageOf(error)}`);
  }
}

import type { OutputRow } from '../dataset-row.ts';
import type { OutputFolder, WrittenFile } from '../output-folder.ts';

/** One file of several that a format is written to. */
export interface Shard {
  /** Where it takes more than its rows to finish it: called behind the last of them, and `finish` when all rows have come. */
  readonly endRows?: (() => Promise<void>) | undefined;
  finish(): Promise<WrittenFile>;
}

/**
 * Begins a new file whenever the rows of the last one are large enough, by their size before any encoding: the same rows
 * end up in the same files on every machine. The names, which say how many files there are, are given at the end.
 */
export class Shards<Open extends Shard> {
  readonly #sizeBytes: number;
  readonly #open: (path: string) => Promise<Open>;
  readonly #nameOf: (at: number, of?: number) => string;
  /** Those before the current one, in order; what waits is finished at the end. */
  readonly #ended: (Open | WrittenFile)[] = [];
  #current: Open | undefined;
  #rawBytes = 0;

  /** @param nameOf - path of a shard; without `of` while it is being written. */
  constructor(sizeBytes: number, nameOf: (at: number, of?: number) => string, open: (path: string) => Promise<Open>) {
    this.#sizeBytes = sizeBytes;
    this.#nameOf = nameOf;
    this.#open = open;
  }

  /** Whether no row has come. */
  get isEmpty(): boolean {
    return this.#current === undefined && this.#ended.length === 0;
  }

  /** The shard that a row of this size goes to. */
  async shardFor(rawBytes: number): Promise<Open> {
    if (this.#rawBytes + rawBytes > this.#sizeBytes && this.#rawBytes > 0) await this.#endCurrent();
    this.#rawBytes += rawBytes;
    return this.#currentOrNew();
  }

  /** Ends the last shard; there is at least one, be it without rows. */
  async finish(folder: OutputFolder): Promise<readonly WrittenFile[]> {
    if (this.#ended.length === 0) await this.#currentOrNew();
    const all = this.#current === undefined ? this.#ended : [...this.#ended, this.#current];
    const finished: WrittenFile[] = [];
    for (const shard of all) finished.push('finish' in shard ? await shard.finish() : shard);
    return folder.rename(finished, (at) => this.#nameOf(at, finished.length));
  }

  async #currentOrNew(): Promise<Open> {
    this.#current ??= await this.#open(this.#nameOf(this.#ended.length));
    return this.#current;
  }

  async #endCurrent(): Promise<void> {
    if (this.#current === undefined) return;
    const { endRows } = this.#current;
    await endRows?.();
    this.#ended.push(endRows === undefined ? await this.#current.finish() : this.#current);
    this.#current = undefined;
    this.#rawBytes = 0;
  }
}

/**
 * Shards of each split. A split without rows has no file; a data set without any has one of the first split, so that
 * readers find something to open.
 */
export class SplitShards<Open extends Shard> {
  readonly #bySplit: ReadonlyMap<string, Shards<Open>>;

  constructor(splits: readonly string[], shardsOf: (split: string) => Shards<Open>) {
    this.#bySplit = new Map(splits.map((split) => [split, shardsOf(split)]));
  }

  shardFor({ split, rawBytes }: OutputRow): Promise<Open> {
    const shards = this.#bySplit.get(split);
    if (shards === undefined) throw new RangeError(`${split} is none of the splits`);
    return shards.shardFor(rawBytes);
  }

  async finish(folder: OutputFolder): Promise<readonly WrittenFile[]> {
    const all = [...this.#bySplit.values()];
    const used = all.filter(({ isEmpty }) => !isEmpty);
    const files: WrittenFile[] = [];
    for (const shards of used.length > 0 ? used : all.slice(0, 1)) files.push(...(await shards.finish(folder)));
    return files;
  }
}

/** `data/train-00000-of-00004.parquet`; without the total while it is not known. */
export function shardName(stem: string, extension: string): (at: number, of?: number) => string {
  const digits = (value: number): string => String(value).padStart(5, '0');
  return (at, of) => `${stem}-${digits(at)}${of === undefined ? '' : `-of-${digits(of)}`}.${extension}`;
}

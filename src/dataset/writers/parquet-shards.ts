import type { OutputRow } from '../dataset-row.ts';
import type { OutputFile, WrittenFile } from '../output-folder.ts';
import { ParquetWriter } from '../parquet/parquet-writer.ts';
import type { RowColumn } from '../row-columns.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';
import { Shards, SplitShards, shardName } from './shards.ts';

/** Readers of the Hugging Face Hub page through row groups; they want them under 25,000 rows. */
const ROW_GROUP_ROWS = 20_000;
/** Raw bytes of the row groups of all splits together, so that writer and reader need little memory. */
const ROW_GROUP_BYTES = 16 * 2 ** 20;

/** `data/<split>-00000-of-0000N.parquet`. */
export function createParquetWriter({ folder, columns, splits, shardSizeBytes }: WriterSetup): RowWriter {
  const open = new Set<ParquetShard>();
  const create = async (path: string): Promise<ParquetShard> => {
    const shard = await ParquetShard.create(await folder.create(path), columns, () => open.delete(shard));
    open.add(shard);
    return shard;
  };
  const shards = new SplitShards(
    splits,
    (split) => new Shards(shardSizeBytes, shardName(`data/${split}`, 'parquet'), create),
  );
  return {
    add: async (row) => {
      await (await shards.shardFor(row)).add(row);
      await makeRoom(open);
    },
    finish: () => shards.finish(folder),
  };
}

/** Ends the largest row group where all of them have become too large: a small split would else hold its own for long. */
async function makeRoom(open: ReadonlySet<ParquetShard>): Promise<void> {
  let bytes = 0;
  let largest: ParquetShard | undefined;
  for (const shard of open) {
    bytes += shard.groupBytes;
    if (shard.groupBytes > (largest?.groupBytes ?? 0)) largest = shard;
  }
  if (bytes >= ROW_GROUP_BYTES) await largest?.endRowGroup();
}

class ParquetShard {
  /** Raw bytes of the row group that is open. */
  groupBytes = 0;
  readonly #file: OutputFile;
  readonly #writer: ParquetWriter;
  readonly #onFinished: () => void;

  private constructor(file: OutputFile, columns: readonly RowColumn[], onFinished: () => void) {
    this.#file = file;
    this.#writer = new ParquetWriter(columns, (bytes) => file.write(bytes), 'midiloom');
    this.#onFinished = onFinished;
  }

  static async create(file: OutputFile, columns: readonly RowColumn[], onFinished: () => void): Promise<ParquetShard> {
    const shard = new ParquetShard(file, columns, onFinished);
    await shard.#writer.start();
    return shard;
  }

  async add({ cells, rawBytes }: OutputRow): Promise<void> {
    this.#writer.addRow(cells);
    this.groupBytes += rawBytes;
    if (this.#writer.pendingRows >= ROW_GROUP_ROWS) await this.endRowGroup();
  }

  async endRowGroup(): Promise<void> {
    await this.#writer.endRowGroup();
    this.groupBytes = 0;
  }

  async finish(): Promise<WrittenFile> {
    this.#onFinished();
    await this.#writer.finish();
    return this.#file.close();
  }
}

import type { OutputRow } from '../dataset-row.ts';
import type { OutputFile, WrittenFile } from '../output-folder.ts';
import { ParquetWriter } from '../parquet/parquet-writer.ts';
import type { RowColumn } from '../row-columns.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';
import { Shards, shardName } from './shards.ts';

/** Readers of the Hugging Face Hub page through row groups; they want them under 25,000 rows. */
const ROW_GROUP_ROWS = 20_000;
/** Raw bytes of a row group, so that writer and reader need little memory, however long the rows are. */
const ROW_GROUP_BYTES = 64 * 2 ** 20;

/** `data/train-00000-of-0000N.parquet`. */
export function createParquetWriter({ folder, columns, shardSizeBytes }: WriterSetup): RowWriter {
  const shards = new Shards(shardSizeBytes, shardName('data/train', 'parquet'), async (path) =>
    ParquetShard.create(await folder.create(path), columns),
  );
  return {
    add: async (row) => (await shards.shardFor(row.rawBytes)).add(row),
    finish: () => shards.finish(folder),
  };
}

class ParquetShard {
  readonly #file: OutputFile;
  readonly #writer: ParquetWriter;
  #groupBytes = 0;

  private constructor(file: OutputFile, columns: readonly RowColumn[]) {
    this.#file = file;
    this.#writer = new ParquetWriter(columns, (bytes) => file.write(bytes), 'midiloom');
  }

  static async create(file: OutputFile, columns: readonly RowColumn[]): Promise<ParquetShard> {
    const shard = new ParquetShard(file, columns);
    await shard.#writer.start();
    return shard;
  }

  async add({ cells, rawBytes }: OutputRow): Promise<void> {
    this.#writer.addRow(cells);
    this.#groupBytes += rawBytes;
    if (this.#writer.pendingRows < ROW_GROUP_ROWS && this.#groupBytes < ROW_GROUP_BYTES) return;
    await this.#writer.endRowGroup();
    this.#groupBytes = 0;
  }

  async finish(): Promise<WrittenFile> {
    await this.#writer.finish();
    return this.#file.close();
  }
}

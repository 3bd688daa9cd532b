import type { OutputRow } from '../dataset-row.ts';
import type { HeldFile } from '../held-file.ts';
import { IndexList } from '../index-list.ts';
import type { OutputFile, WrittenFile } from '../output-folder.ts';
import { ParquetWriter } from '../parquet/parquet-writer.ts';
import { GROUP_COLUMN, type RowColumn } from '../row-columns.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';
import { Shards, SplitShards, shardName } from './shards.ts';

/** Readers of the Hugging Face Hub page through row groups; they want them under 25,000 rows. */
const ROW_GROUP_ROWS = 20_000;
/** Raw bytes of the row groups of all splits together, so that writer and reader need little memory. */
const ROW_GROUP_BYTES = 16 * 2 ** 20;

/** `data/<split>-00000-of-0000N.parquet`. */
export function createParquetWriter(setup: WriterSetup): RowWriter {
  const { folder, columns, splits, shardSizeBytes, findsCopiesLater } = setup;
  const open = new Set<ParquetShard>();
  let groupOf: GroupOf = () => null;
  const create = async (path: string): Promise<ParquetShard> => {
    const shard = await ParquetShard.create(await folder.create(path), columns, {
      hold: findsCopiesLater ? folder.hold(`${path}.held`) : undefined,
      groupOf: (index) => groupOf(index),
      onEnded: () => open.delete(shard),
    });
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
    finish: (found) => {
      groupOf = found;
      return shards.finish(folder);
    },
  };
}

type GroupOf = (index: number) => string | null;

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

interface ShardSetup {
  /** Where row groups wait for the groups of copies, where those are found later. */
  readonly hold: HeldFile | undefined;
  readonly groupOf: GroupOf;
  readonly onEnded: () => void;
}

class ParquetShard {
  readonly endRows: (() => Promise<void>) | undefined;
  /** Raw bytes of the row group that is open. */
  groupBytes = 0;
  readonly #file: OutputFile;
  readonly #writer: ParquetWriter;
  readonly #setup: ShardSetup;
  /** The pair of each row, where what its rows have in a column is found later. */
  readonly #indexes = new IndexList();

  private constructor(file: OutputFile, columns: readonly RowColumn[], setup: ShardSetup) {
    const { hold, onEnded } = setup;
    this.endRows = hold && (() => this.endRowGroup().then(onEnded));
    this.#file = file;
    const late = hold === undefined ? undefined : { name: GROUP_COLUMN, hold };
    this.#writer = new ParquetWriter(columns, (bytes) => file.write(bytes), 'midiloom', late);
    this.#setup = setup;
  }

  static async create(file: OutputFile, columns: readonly RowColumn[], setup: ShardSetup): Promise<ParquetShard> {
    const shard = new ParquetShard(file, columns, setup);
    await shard.#writer.start();
    return shard;
  }

  async add({ cells, rawBytes, source }: OutputRow): Promise<void> {
    this.#writer.addRow(cells);
    if (this.#setup.hold !== undefined) this.#indexes.push(source.pair.index);
    this.groupBytes += rawBytes;
    if (this.#writer.pendingRows >= ROW_GROUP_ROWS) await this.endRowGroup();
  }

  async endRowGroup(): Promise<void> {
    await this.#writer.endRowGroup();
    this.groupBytes = 0;
  }

  async finish(): Promise<WrittenFile> {
    const { hold, groupOf, onEnded } = this.#setup;
    onEnded();
    await this.#writer.finish(groupsOf(this.#indexes, groupOf));
    await hold?.remove();
    return this.#file.close();
  }
}

function* groupsOf(indexes: Iterable<number>, groupOf: GroupOf): Generator<string | null> {
  for (const index of indexes) yield groupOf(index);
}

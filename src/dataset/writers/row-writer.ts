import type { OutputRow } from '../dataset-row.ts';
import type { OutputFolder, WrittenFile } from '../output-folder.ts';
import type { RowColumn } from '../row-columns.ts';

/** Writes the rows of a data set in one format, as they come. */
export interface RowWriter {
  add(row: OutputRow): Promise<void>;
  /**
   * Ends the files. What is listed here is what `SHA256SUMS` has.
   *
   * @param groupOf - says of a pair what its rows have in the column `duplicate_group`, where that was not known when they came.
   */
  finish(groupOf: (index: number) => string | null): Promise<readonly WrittenFile[]>;
}

export interface WriterSetup {
  readonly folder: OutputFolder;
  readonly columns: readonly RowColumn[];
  /** Names of the splits; there is at least one. */
  readonly splits: readonly string[];
  /** Raw bytes of rows after which a new shard begins. */
  readonly shardSizeBytes: number;
  /** Whether the text encoder makes embeddings. */
  readonly embeds: boolean;
  /** Whether rows have the hidden states of tokens in place of embeddings. */
  readonly hasHiddenStates: boolean;
  /** Whether a row's token streams are windows of one sequence. */
  readonly areWindows: boolean;
  /** How sequences of ids are packed. */
  readonly packing: Packing;
  /** Whether rows come before it is known which are copies of each other: a writer of a format of `TAKES_GROUPS_LATER` is told at the end. */
  readonly findsCopiesLater: boolean;
}

export type CreateWriter = (setup: WriterSetup) => RowWriter | Promise<RowWriter>;

/** How sequences are packed: ids that are put around every one of the format packed; `undefined` where none is. */
export interface Packing {
  /** Ids that there are. */
  readonly vocabularySize: number;
  readonly begin?: number | undefined;
  readonly end?: number | undefined;
  /** Sequences are filled up to `length` ids, not counting the ones around them. */
  readonly pad?: { readonly id: number; readonly length: number } | undefined;
  /** Whether ids are times of arrival, which packed sequences count from their first. */
  readonly areArrivals?: boolean | undefined;
  /** Which of anticipation's lines the format amt writes. */
  readonly amt?: 'arrival' | 'interarrival' | undefined;
}

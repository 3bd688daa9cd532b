import { CheckpointError } from '../errors.ts';
import type { Pair } from '../manifest/pair.ts';
import { DatasetSummary } from '../stats/dataset-summary.ts';
import type { DatasetRow, OutputRow } from './dataset-row.ts';
import { failureLine } from './failure-line.ts';
import { type JoinedPair, type JoinInput, joinByIndex } from './join-by-index.ts';
import type { OutputFile, OutputFolder, WrittenFile } from './output-folder.ts';
import { rawBytesOf } from './raw-bytes.ts';
import { type RowColumn, rowColumns } from './row-columns.ts';
import { rowFacts } from './row-facts.ts';
import type { TokenShape } from './token-cell.ts';
import { CREATE_WRITER, type OutputFormat } from './writers/output-format.ts';
import type { RowWriter } from './writers/row-writer.ts';

export interface RowsInput extends JoinInput {
  /** Pairs of the plan. */
  readonly total: number;
  readonly formats: readonly OutputFormat[];
  /** Raw bytes of rows after which a new shard begins. */
  readonly shardSizeBytes: number;
  readonly tokens: TokenShape;
  /** Whether pairs may be pending. A data set with pending pairs is otherwise refused. */
  readonly partial: boolean;
  readonly onProgress?: ((progress: MergeProgress) => void) | undefined;
  /** Sees every row that is written, in order; for the report. */
  readonly onRow?: ((row: DatasetRow) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface MergeProgress {
  /** Pairs looked at so far. */
  readonly pairs: number;
  readonly rows: number;
  readonly total: number;
}

export interface WrittenRows {
  readonly files: readonly WrittenFile[];
  /** Size of the rows before any encoding. */
  readonly rawBytes: number;
  readonly summary: DatasetSummary;
}

/** Pairs between two reports of progress. */
const PROGRESS_PAIRS = 256;

/** Joins plan and stages, and gives every row to every writer and every failure to `failures.jsonl`. */
export async function writeRows(folder: OutputFolder, input: RowsInput): Promise<WrittenRows> {
  const sinks = await openSinks(folder, input);
  let pairs = 0;
  for await (const joined of joinByIndex(input)) {
    input.signal?.throwIfAborted();
    await addPair(sinks, joined, input);
    pairs++;
    if (pairs % PROGRESS_PAIRS === 0 || pairs === input.total) {
      input.onProgress?.({ pairs, rows: sinks.summary.rows, total: input.total });
    }
  }
  if (pairs !== input.total) throw planChanged(pairs, input.total);

  const files: WrittenFile[] = [await sinks.failures.close()];
  for (const writer of sinks.writers) files.push(...(await writer.finish()));
  return { files, rawBytes: sinks.rawBytes, summary: sinks.summary };
}

interface Sinks {
  readonly columns: readonly RowColumn[];
  readonly writers: readonly RowWriter[];
  readonly failures: OutputFile;
  readonly summary: DatasetSummary;
  rawBytes: number;
}

async function openSinks(folder: OutputFolder, { formats, shardSizeBytes, tokens }: RowsInput): Promise<Sinks> {
  const columns = rowColumns(tokens);
  const writers: RowWriter[] = [];
  for (const format of formats) writers.push(await CREATE_WRITER[format]({ folder, columns, shardSizeBytes }));
  const failures = await folder.create('failures.jsonl');
  return { columns, writers, failures, summary: new DatasetSummary(tokens.vocabulary), rawBytes: 0 };
}

async function addPair(sinks: Sinks, joined: JoinedPair, { partial, onRow }: RowsInput): Promise<void> {
  const { summary } = sinks;
  switch (joined.kind) {
    case 'row': {
      const row = outputRow(sinks.columns, joined.row);
      sinks.rawBytes += row.rawBytes;
      summary.addRow(rowFacts(joined.row));
      onRow?.(joined.row);
      for (const writer of sinks.writers) await writer.add(row);
      return;
    }
    case 'failed': {
      const { pair, failures } = joined;
      for (const failure of failures) await sinks.failures.write(Buffer.from(failureLine(pair, failure)));
      summary.addFailedPair(
        failures.map(({ stage, failure: { code, index, error } }) => ({ stage, code, index, error })),
      );
      return;
    }
    case 'pending':
      if (!partial) throw pending(joined.pair);
      summary.addPendingPair();
  }
}

function outputRow(columns: readonly RowColumn[], row: DatasetRow): OutputRow {
  const cells = columns.map(({ cellOf }) => cellOf(row));
  return {
    key: String(row.pair.index).padStart(8, '0'),
    cells,
    rawBytes: cells.reduce<number>((sum, cell) => sum + rawBytesOf(cell), 0),
  };
}

function pending({ index }: Pair): CheckpointError {
  return new CheckpointError(
    'records_pending',
    `Pair ${index} has not been through both stages; continue the run, or write a partial data set with --save_partial.`,
  );
}

function planChanged(pairs: number, total: number): CheckpointError {
  return new CheckpointError('plan_changed', `The manifest has ${pairs} pairs where the run began with ${total}.`);
}

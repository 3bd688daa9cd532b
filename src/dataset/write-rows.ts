import { CheckpointError } from '../errors.ts';
import type { Pair } from '../manifest/pair.ts';
import { NOTHING_DROPPED } from '../similarity/choose-kept.ts';
import type { CurationFacts } from '../stats/curation-facts.ts';
import { DatasetSummary } from '../stats/dataset-summary.ts';
import { CopySearch } from './copy-search.ts';
import { Curation, type CurationInput, curate, mayFindCopiesLater, splitNames } from './curation.ts';
import type { CuratedRow, DatasetRow, OutputRow } from './dataset-row.ts';
import { DuplicateList } from './duplicate-list.ts';
import { failureLine } from './failure-line.ts';
import { IndexList } from './index-list.ts';
import { type JoinedPair, joinByIndex } from './join-by-index.ts';
import type { OutputFile, OutputFolder, WrittenFile } from './output-folder.ts';
import { rawBytesOf } from './raw-bytes.ts';
import { RejectedList } from './rejected-list.ts';
import { type RowColumn, rowColumns } from './row-columns.ts';
import { rowFacts } from './row-facts.ts';
import type { TokenShape } from './token-cell.ts';
import { windowRows } from './window-rows.ts';
import { WINDOW_DIGITS } from './writers/miditok-writer.ts';
import { CREATE_WRITER, type OutputFormat, TAKES_GROUPS_LATER } from './writers/output-format.ts';
import type { CreateWriter, Packing, RowWriter } from './writers/row-writer.ts';

export interface RowsInput extends CurationInput {
  readonly formats: readonly OutputFormat[];
  /** What becomes of rows after they are curated, before anything is written of them. */
  readonly transform?: ((row: CuratedRow) => CuratedRow) | undefined;
  /** What makes more rows of those that there are. */
  readonly augment?: ((rows: AsyncIterable<CuratedRow>) => AsyncIterable<CuratedRow>) | undefined;
  /** What else gets every row: an export. */
  readonly writers?: readonly CreateWriter[];
  /** Raw bytes of rows after which a new shard begins. */
  readonly shardSizeBytes: number;
  readonly tokens: TokenShape;
  /** What the format packed puts around sequences; nothing where it is left out. */
  readonly packing?: Partial<Omit<Packing, 'vocabularySize'>>;
  /** Whether the text encoder makes embeddings. */
  readonly embeds: boolean;
  /** Whether it gives the hidden states of tokens in their place. */
  readonly hasHiddenStates?: boolean | undefined;
  /** Whether pairs may share a record, so that rows say which of its captions they have. */
  readonly hasCaptionLists?: boolean;
  /** Whether pairs may be pending. A data set with pending pairs is otherwise refused. */
  readonly partial: boolean;
  readonly onProgress?: ((progress: MergeProgress) => void) | undefined;
  /** Sees every row that is written, in order; for the report. */
  readonly onRow?: ((row: CuratedRow) => void) | undefined;
}

export interface MergeProgress {
  /** Pairs looked at so far. */
  readonly pairs: number;
  readonly rows: number;
  readonly total: number;
}

export interface WrittenRows {
  readonly columns: readonly RowColumn[];
  readonly files: readonly WrittenFile[];
  /** Rows that were made of others. */
  readonly copies: number;
  /** In the order that the user gave them. */
  readonly splits: readonly SplitSize[];
  readonly summary: DatasetSummary;
  readonly curation: CurationFacts;
  /** Where it was found when the rows had been written: which of them are copies. */
  readonly lateCopies: LateCopies | undefined;
}

/** Copies of which `onRow` did not know. */
export interface LateCopies {
  /** Indexes of the pairs that are rows, ascending; to be read once. */
  readonly rows: Iterable<number>;
  readonly groupOf: (index: number) => string | null;
}

export interface SplitSize {
  readonly name: string;
  readonly rows: number;
  /** Size of the rows before any encoding. */
  readonly rawBytes: number;
}

/** Pairs between two reports of progress. */
const PROGRESS_PAIRS = 256;

/**
 * Joins plan and stages, and gives every row to every writer, and every pair without a row to the list that says why. Copies are
 * found before, or, where nothing but a column depends on them, when all rows have passed: the records are read once then.
 */
export async function writeRows(folder: OutputFolder, input: RowsInput): Promise<WrittenRows> {
  const sinks = await openSinks(folder, input);
  const { summary, curation } = sinks;
  const rows = chosenRows(sinks, input);
  let copies = 0;
  for await (const row of input.augment?.(rows) ?? rows) {
    await addRow(sinks, row, input);
    if (row.augmentation !== undefined) copies++;
  }

  const lateCopies = sinks.later && (await findCopies(sinks, sinks.later, input));
  const splits = [...sinks.splits.values()];
  const rowsOfSplit = Object.fromEntries(splits.map(({ name, rows }) => [name, rows]));
  const files = await closeSinks(sinks);
  const facts = curation.facts(rowsOfSplit);
  return { columns: sinks.columns, files, copies, splits, summary, curation: facts, lateCopies };
}

/** Whether rows can be written before it is known which of them are copies of each other. */
function findsCopiesLater({ formats, writers = [], augment, transform, curation }: RowsInput): boolean {
  const canWait = formats.every((format) => TAKES_GROUPS_LATER.has(format)) && writers.length === 0;
  return canWait && augment === undefined && transform === undefined && mayFindCopiesLater(curation);
}

/** What the search for copies that comes last is made in. */
interface LaterSearch {
  readonly search: CopySearch;
  /** The pair of each row. */
  readonly rows: IndexList;
}

async function findCopies(sinks: Sinks, { search, rows }: LaterSearch, input: RowsInput): Promise<LateCopies> {
  const { curation, splits, duplicates } = sinks;
  curation.find({ groups: search.groups(), kept: NOTHING_DROPPED });
  const groupOf = (index: number): string | null => curation.groupOf(index);
  const [split] = splits.values();
  if (split !== undefined) for (const index of rows) split.rawBytes += groupBytes(groupOf(index));
  await duplicates.addAll(input.pairs());
  return { rows: rows.distinct(), groupOf };
}

interface Sinks {
  readonly columns: readonly RowColumn[];
  readonly writers: readonly RowWriter[];
  readonly failures: OutputFile;
  readonly duplicates: DuplicateList;
  /** Only where there are filters. */
  readonly rejected: RejectedList | undefined;
  readonly curation: Curation;
  /** Where copies are found when all rows have passed. */
  readonly later: LaterSearch | undefined;
  readonly splits: ReadonlyMap<string, { name: string; rows: number; rawBytes: number }>;
  readonly summary: DatasetSummary;
  readonly hasRowPerWindow: boolean;
}

async function openSinks(folder: OutputFolder, input: RowsInput): Promise<Sinks> {
  const { total, scratchFolder = folder.directory } = input;
  const later = findsCopiesLater(input)
    ? { search: new CopySearch(total, scratchFolder), rows: new IndexList() }
    : undefined;
  const curation = later === undefined ? await curate({ ...input, scratchFolder }) : new Curation(input);
  const { formats, shardSizeBytes, tokens, embeds, hasHiddenStates = false } = input;
  const hasFilters = input.curation.filters.length > 0;
  const columns = rowColumns(tokens, {
    hasFilters,
    hasCaptionLists: input.hasCaptionLists ?? false,
    hasCopies: input.augment !== undefined,
  });
  const splits = splitNames(input.curation);
  const writers: RowWriter[] = [];
  const areWindows = tokens.areWindows === true;
  const packing = { vocabularySize: tokens.vocabulary[0]?.length ?? 0, ...input.packing };
  const rowShape = { columns, splits, embeds, hasHiddenStates, areWindows };
  const setup = { folder, ...rowShape, shardSizeBytes, packing, findsCopiesLater: later !== undefined };
  const creators = [...formats.map((format) => CREATE_WRITER[format]), ...(input.writers ?? [])];
  for (const create of creators) writers.push(await create(setup));
  return {
    columns,
    writers,
    failures: await folder.create('failures.jsonl'),
    duplicates: await DuplicateList.create(folder, curation),
    rejected: hasFilters ? await RejectedList.create(folder, columns) : undefined,
    curation,
    later,
    splits: new Map(splits.map((name) => [name, { name, rows: 0, rawBytes: 0 }])),
    summary: new DatasetSummary(tokens.vocabulary),
    hasRowPerWindow: tokens.hasRowPerWindow === true,
  };
}

async function closeSinks({
  writers,
  failures,
  duplicates,
  rejected,
  curation,
}: Sinks): Promise<readonly WrittenFile[]> {
  const files = [await failures.close(), await duplicates.close()];
  if (rejected !== undefined) files.push(await rejected.close());
  for (const writer of writers) files.push(...(await writer.finish((index) => curation.groupOf(index))));
  return files;
}

/** The pairs that are rows, in order; what becomes of the others is said at their place. */
async function* chosenRows(sinks: Sinks, input: RowsInput): AsyncGenerator<CuratedRow> {
  const records = { midiRecords: input.midiRecords(), textRecords: input.textRecords() };
  let [pairs, rows] = [0, 0];
  for await (const joined of joinByIndex({ pairs: input.pairs(), ...records })) {
    input.signal?.throwIfAborted();
    const row = await rowOf(sinks, joined, input);
    pairs++;
    if (row !== undefined) {
      rows++;
      yield row;
    }
    if (pairs % PROGRESS_PAIRS === 0 || pairs === input.total) {
      input.onProgress?.({ pairs, rows, total: input.total });
    }
  }
  if (pairs !== input.total) throw planChanged(pairs, input.total);
}

async function rowOf(sinks: Sinks, joined: JoinedPair, input: RowsInput): Promise<CuratedRow | undefined> {
  const { summary } = sinks;
  switch (joined.kind) {
    case 'row':
      return decidedRow(sinks, joined.row, input);
    case 'failed': {
      const { pair, failures } = joined;
      for (const failure of failures) await sinks.failures.write(Buffer.from(failureLine(pair, failure)));
      summary.addFailedPair(
        failures.map(({ stage, failure: { code, index, error } }) => ({ stage, code, index, error })),
      );
      return undefined;
    }
    case 'pending':
      if (!input.partial) throw pending(joined.pair);
      summary.addPendingPair();
      return undefined;
  }
}

async function decidedRow(sinks: Sinks, found: DatasetRow, { transform }: RowsInput): Promise<CuratedRow | undefined> {
  const { index } = found.pair;
  const { fate, row } = sinks.curation.decide(found);
  if (sinks.later === undefined) await sinks.duplicates.add(row.pair);
  else sinks.later.search.add(index, found.midi.sketch);
  if (fate === 'row') return row;
  if (fate === 'rejected') await sinks.rejected?.add(transform?.(row) ?? row);
  sinks.summary.addLeftOutPair();
  return undefined;
}

async function addRow(sinks: Sinks, chosen: CuratedRow, { onRow, transform }: RowsInput): Promise<void> {
  const row = transform?.(chosen) ?? chosen;
  sinks.summary.addRow(rowFacts(row));
  onRow?.(row);
  const split = sinks.splits.get(row.split);
  const rows = sinks.hasRowPerWindow ? windowRows(row) : [row];
  for (const each of rows) {
    const output = outputRow(sinks.columns, each);
    if (split !== undefined) {
      split.rows += 1;
      split.rawBytes += output.rawBytes + groupBytes(row.duplicateGroup);
    }
    sinks.later?.rows.push(row.pair.index);
    for (const writer of sinks.writers) await writer.add(output);
  }
}

function outputRow(columns: readonly RowColumn[], row: CuratedRow): OutputRow {
  const cells = columns.map(({ cellOf }) => cellOf(row));
  const piece = pieceOf(row);
  return {
    piece,
    key: keyOf(piece, row),
    split: row.split,
    cells,
    source: row,
    hiddenStates: hiddenStatesOf(row),
    rawBytes: cells.reduce<number>((sum, cell) => sum + rawBytesOf(cell), -groupBytes(row.duplicateGroup)),
  };
}

/** What a row with a group has more bytes than one without. */
function groupBytes(group: string | null): number {
  return rawBytesOf(group) - rawBytesOf(null);
}

function pieceOf({ pair, augmentation }: CuratedRow): string {
  const index = String(pair.index).padStart(8, '0');
  return augmentation === undefined ? index : `${index}-a${augmentation.copy}`;
}

function keyOf(piece: string, { window }: CuratedRow): string {
  return window === undefined ? piece : `${piece}-${String(window.number).padStart(WINDOW_DIGITS, '0')}`;
}

function hiddenStatesOf({ text }: CuratedRow): OutputRow['hiddenStates'] {
  const { hidden_states: halves, token_ids: ids } = text;
  return halves === undefined ? undefined : { halves, tokens: ids?.length ?? 0 };
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

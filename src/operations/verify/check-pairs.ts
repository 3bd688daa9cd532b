import { IndexSet } from '../../checkpoint/index-set.ts';
import { messageOf } from '../../errors.ts';
import type { RunFiles } from '../../run-directory/run-files.ts';
import { pairStates } from '../pair-states.ts';
import { CaptionCursor, type CaptionSource } from './caption-cursor.ts';
import { checkRow, type RowRules } from './check-row.ts';
import { type LeftOutPairs, readLeftOutPairs } from './left-out-pairs.ts';
import type { RowSource } from './rows/row-source.ts';
import { WindowOrder } from './window-order.ts';

export interface PairCheck extends CaptionSource, Pick<RowRules, 'vocabulary' | 'areArrivals' | 'seen'> {
  readonly files: RunFiles;
  readonly dataset: string;
  /** The sources of each format that holds rows. */
  readonly sources: ReadonlyMap<string, readonly RowSource[]>;
  readonly partial: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told how many rows the data set has. */
  readonly found: { rows: number };
}

/** Yields what is wrong with the pairs of a data set. Holds a few bits a pair. */
export async function* checkPairs(check: PairCheck): AsyncGenerator<string> {
  const { dataset, plan, sources } = check;
  const lists = await readLeftOutPairs(dataset, plan.total);
  for (const [format, ofFormat] of sources) {
    const rows = new IndexSet(0);
    check.found.rows = 0;
    for (const source of ofFormat) yield* checkRows(source, rows, check);
    for (let index = 0; index < plan.total; index++) {
      const places = [rows, lists.failed, lists.leftOut].filter((set) => set.has(index)).length;
      if (places > 1) yield `pair ${index} is among the rows of ${format} and in a list of those left out`;
      if (places === 0 && !check.partial)
        yield `pair ${index} is neither among the rows of ${format} nor in a list of those left out`;
    }
    yield* checkAgainstCheckpoints(check, rows, lists, format);
  }
}

/** Rows ascend by index within a source, so that the manifest is walked beside them. */
async function* checkRows(source: RowSource, seen: IndexSet, check: PairCheck): AsyncGenerator<string> {
  const { plan } = check;
  const captions = new CaptionCursor(check);
  const rules = { ...check, split: source.split };
  let last = -1;
  let windows = new WindowOrder();
  try {
    for await (const row of source.rows()) {
      check.signal?.throwIfAborted();
      const index = Number(row.index ?? Number.NaN);
      if (!Number.isSafeInteger(index) || index < 0 || index >= plan.total) {
        yield `${source.name} has a row of pair ${index}; the manifest has ${plan.total} pairs`;
        continue;
      }
      for (const fault of checkRow(row, rules)) yield `pair ${index} in ${source.name}: ${fault}`;
      check.found.rows++;
      const isNext = index === last ? windows.takes(row) : undefined;
      if (isNext === false) yield `pair ${index} in ${source.name} has not all of its windows`;
      if (isNext !== undefined) continue;
      if (windows.isOpen) yield `pair ${last} in ${source.name} has not all of its windows`;
      windows = new WindowOrder(row);
      if (seen.has(index)) yield `pair ${index} is twice among the rows (${source.name})`;
      seen.set(index, true);
      if (index <= last) {
        yield `${source.name} has pair ${index} after pair ${last}`;
        continue;
      }
      last = index;
      if ('text_description' in row && !isSameCaption(await captions.at(index), row.text_description))
        yield `the caption of pair ${index} in ${source.name} is not the manifest's`;
    }
    if (windows.isOpen) yield `pair ${last} in ${source.name} has not all of its windows`;
  } catch (error) {
    check.signal?.throwIfAborted();
    yield `${source.name} cannot be read: ${messageOf(error)}`;
  } finally {
    await captions.close();
  }
}

/** What is at the ends of a caption's file is no part of it, but was in version 0.1.0. */
function isSameCaption(caption: string | undefined, row: unknown): boolean {
  // Readers say null in their own ways.
  if (caption === undefined) return row === null || row === undefined;
  return caption === row || (typeof row === 'string' && caption.trim() === row.trim());
}

/** A row is a pair that both stages have a result for; a failure one that a stage has none for. */
async function* checkAgainstCheckpoints(
  { files, plan }: PairCheck,
  rows: IndexSet,
  { failed, leftOut }: LeftOutPairs,
  format: string,
): AsyncGenerator<string> {
  for await (const { index, state } of pairStates(files)) {
    if (index >= plan.total) {
      // A checkpoint can say any number: no more of them are counted than there are.
      yield `the checkpoints are of more pairs than the ${plan.total} of the manifest`;
      return;
    }
    const isCompleted = state === 'completed';
    if (rows.has(index) && !isCompleted)
      yield `pair ${index} is among the rows of ${format}, and ${state} by the checkpoints`;
    if (failed.has(index) && isCompleted) yield `pair ${index} is in failures.jsonl, and completed by the checkpoints`;
    if (isCompleted && !rows.has(index) && !leftOut.has(index) && !failed.has(index)) {
      yield `pair ${index} is completed by the checkpoints, and not in the data set`;
    }
  }
}

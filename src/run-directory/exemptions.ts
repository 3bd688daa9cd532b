import { IndexSet } from '../checkpoint/index-set.ts';
import { readNamedFile } from '../config/read-named-file.ts';
import { CheckpointError, messageOf } from '../errors.ts';

/** Of a checkpoint of another program: some have their records inline. */
const MAX_BYTES = 2 ** 30;

/** Why a pair is not worked on, if so; it becomes the pair's failure. */
export type Exemption = (index: number) => { readonly code: string; readonly error: string } | undefined;

/** Another program is said to have processed the pair; its results are not here. */
const PROCESSED_ELSEWHERE = 'processed_elsewhere';
/** The user said never to try the pair. */
export const SKIPPED = 'skipped';
export const SKIPPED_ERROR = 'the user said never to try this pair (midiloom checkpoint skip)';
/** The pair's row was imported from another program and is kept as it came. */
export const FOREIGN_ROW = 'foreign_row';

/** What a pair without a result counts as. */
export type PairFate = 'failed' | 'skipped' | 'foreign';

export function fateOf(code: string): PairFate {
  if (code === SKIPPED) return 'skipped';
  return code === PROCESSED_ELSEWHERE || code === FOREIGN_ROW ? 'foreign' : 'failed';
}

/** What a retry leaves alone unless it is asked for by name; `skipped` it always leaves alone. */
export const NOT_RETRIED: ReadonlySet<string> = new Set([PROCESSED_ELSEWHERE, SKIPPED, FOREIGN_ROW]);

/** The first reason that applies. */
export function firstOf(...exemptions: readonly Exemption[]): Exemption {
  return (index) => {
    for (const exemption of exemptions) {
      const reason = exemption(index);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/** @param legacyCheckpoint - a JSON file, of which only `last_processed_idx` is read; `undefined` for none. */
export function processedElsewhere(legacyCheckpoint: string | undefined): Exemption {
  if (legacyCheckpoint === undefined) return () => undefined;
  const last = lastProcessedIndex(legacyCheckpoint);
  const error = `pairs up to ${last} were processed elsewhere, as --processing_checkpoint says`;
  return (index) => (index <= last ? { code: PROCESSED_ELSEWHERE, error } : undefined);
}

export function skipped(indexes: readonly number[]): Exemption {
  const members = indexSetOf(indexes);
  const reason = { code: SKIPPED, error: SKIPPED_ERROR };
  return (index) => (members.has(index) ? reason : undefined);
}

export function indexSetOf(indexes: Iterable<number>): IndexSet {
  const set = new IndexSet(0);
  for (const index of indexes) set.set(index, true);
  return set;
}

function lastProcessedIndex(file: string): number {
  let content: unknown;
  try {
    content = JSON.parse(readNamedFile(file, MAX_BYTES).toString());
  } catch (error) {
    throw new CheckpointError(
      'checkpoint_unreadable',
      `Cannot read --processing_checkpoint ${file}: ${messageOf(error)}`,
    );
  }
  const last =
    typeof content === 'object' && content !== null && 'last_processed_idx' in content
      ? content.last_processed_idx
      : undefined;
  if (typeof last === 'number' && Number.isInteger(last) && last >= -1) return last;
  throw new CheckpointError('checkpoint_unreadable', `${file} has no integer last_processed_idx.`);
}

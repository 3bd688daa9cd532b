import { drawNumbers } from '../augmentation/draw-numbers.ts';
import { randomNumbers } from '../augmentation/random-numbers.ts';
import { curate, splitNames } from '../dataset/curation.ts';
import { joinByIndex } from '../dataset/join-by-index.ts';
import { trainingSplit } from '../dataset/learn-vocabulary.ts';
import { CheckpointError, ConfigError } from '../errors.ts';
import type { RunPlace } from '../run-directory/locate-run.ts';
import { openRunRecords } from './open-run-records.ts';
import type { OperationContext } from './operation-context.ts';

export interface SplitRows {
  readonly split: string;
  /** Of the pairs that are its rows, ascending. */
  readonly indexes: readonly number[];
}

export interface SplitChoice {
  /** By default the one that models are trained on. */
  readonly split?: string | undefined;
  /** Rows to draw by lot. */
  readonly sample?: number | undefined;
  readonly seed?: number | undefined;
}

/**
 * The pairs that are rows of a split of a run; what filters reject, and copies that are left out,
 * are not among them.
 *
 * @throws ConfigError `invalid_option` for a split that there is not; CheckpointError `records_pending`; as `openRunRecords`.
 */
export async function rowsOfSplit(
  run: RunPlace,
  { split: name, sample, seed = 0 }: SplitChoice = {},
  { signal }: OperationContext = {},
): Promise<SplitRows> {
  const { directory, sources } = await openRunRecords(run, {}, { readsMidi: false, signal });
  const names = splitNames(sources.curation);
  const split = name ?? trainingSplit(names);
  if (!names.includes(split)) {
    throw new ConfigError('invalid_option', `${directory} has no split ${JSON.stringify(split)}: ${names.join(', ')}.`);
  }
  const curation = await curate(sources);
  const records = { midiRecords: sources.midiRecords(), textRecords: sources.textRecords() };
  const indexes: number[] = [];
  for await (const joined of joinByIndex({ pairs: sources.pairs(), ...records })) {
    signal?.throwIfAborted();
    if (joined.kind === 'pending') throw pending(directory);
    if (joined.kind === 'failed') continue;
    const { fate, row } = curation.decide(joined.row);
    if (fate === 'row' && row.split === split) indexes.push(row.pair.index);
  }
  return { split, indexes: sample === undefined ? indexes : drawn(indexes, sample, seed) };
}

function drawn(indexes: readonly number[], sample: number, seed: number): readonly number[] {
  const numbers = drawNumbers(indexes.length, randomNumbers([seed]));
  const chosen: number[] = [];
  for (const number of numbers) {
    if (chosen.length === sample) break;
    chosen.push(indexes[number] ?? 0);
  }
  return chosen.sort((a, b) => a - b);
}

function pending(directory: string): CheckpointError {
  return new CheckpointError(
    'records_pending',
    `Which pairs of ${directory} are in which split is known when all of them are done; continue the run before, or learn from all (--of_split all).`,
  );
}

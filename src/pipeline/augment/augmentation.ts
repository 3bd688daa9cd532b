import { type ChangeGrid, combination, combinations, isUnchanged } from '../../augmentation/music-change.ts';
import { parseChanges } from '../../augmentation/parse-changes.ts';
import { trainingSplit } from '../../dataset/learn-vocabulary.ts';
import { ConfigError } from '../../errors.ts';
import type { Tokenizer } from '../../tokens/create-tokenizer.ts';

/**
 * What becomes of captions that state a key, chords, a tempo or a length: what they state is not changed (`fit`), they are changed with the
 * music where their words can be (`rewrite`), or they stay, right or wrong (`keep`).
 */
export const CAPTION_RULES = ['fit', 'rewrite', 'keep'] as const;
export type CaptionRule = (typeof CAPTION_RULES)[number];

/** What a caller asks for. */
export interface AugmentOptions {
  /** `transpose=-5..6,tempo=0.9..1.1,velocity=-10..10` (`parseChanges`). */
  readonly changes: string;
  /** Copies of each row; by default 1. */
  readonly copies?: number | 'all' | undefined;
  readonly captions?: CaptionRule | undefined;
  /** Splits that get copies; by default the training split. */
  readonly splits?: readonly string[] | undefined;
  /** Which of the possible copies; by default 0. */
  readonly seed?: number | undefined;
}

/** The same, checked and total. */
export interface Augmentation {
  readonly grid: ChangeGrid;
  readonly copies: number | 'all';
  readonly captions: CaptionRule;
  readonly splits: readonly string[];
  readonly seed: number;
}

/** More copies of a row than that are a mistake. */
const MOST_COPIES = 1000;

/** @throws ConfigError `invalid_option`. @param splits - names of all. */
export function chosenAugmentation(options: AugmentOptions, splits: readonly string[]): Augmentation {
  const { copies = 1, captions = 'fit', seed = 0 } = options;
  const parsed = parseChanges(options.changes);
  if (!parsed.ok) {
    throw invalid(`--augment: ${JSON.stringify(options.changes)} is not allowed; use ${parsed.expected}.`);
  }
  const { grid } = parsed;
  const most = combinations(grid);
  if (most === 1 && isUnchanged(combination(grid, 0)))
    throw invalid('--augment names no range and no change: give transpose=-5..6, for example.');
  if (copies === 'all' && most > MOST_COPIES) {
    throw invalid(
      `--augment_copies all would make ${most} copies of each row, at most ${MOST_COPIES} are made; give ranges with larger steps (tempo=0.9..1.1:0.05).`,
    );
  }
  const wanted = options.splits ?? [trainingSplit(splits)];
  const unknown = wanted.find((name) => !splits.includes(name));
  if (unknown !== undefined) {
    throw invalid(`--augment_splits: there is no split ${JSON.stringify(unknown)}; there are ${splits.join(', ')}.`);
  }
  return { grid, copies, captions, splits: wanted, seed };
}

/**
 * Refuses changes that would be seen nowhere in the ids.
 *
 * @throws ConfigError `invalid_option`.
 */
export function refuseUnheard({ grid }: Augmentation, { tokenization, config }: Tokenizer): void {
  const isAmt = 'readsMessages' in tokenization;
  const hears = { tempo: isAmt || config.use_tempos, velocity: !isAmt && config.use_velocities };
  for (const name of ['tempo', 'velocity'] as const) {
    if (hears[name] || grid[name].length === 1) continue;
    throw invalid(
      `--augment ${name}: the tokens of this tokenizer (${config.tokenization}) say nothing of it, so that copies would have the ids of the row; leave it out.`,
    );
  }
}

function invalid(message: string): ConfigError {
  return new ConfigError('invalid_option', message);
}

import type { Command } from 'commander';
import { integer, integerOr, oneOf, parseOption, text } from '../config/option.ts';
import { ConfigError } from '../errors.ts';
import { type AugmentOptions, CAPTION_RULES } from '../pipeline/augment/augmentation.ts';

const CHANGES = text(
  'CHANGES',
  'add copies with other music: transpose=-5..6,tempo=0.9..1.1,velocity=-10..10 (ranges, in steps of FROM..TO:STEP)',
  undefined,
);
const COPIES = integerOr('all', 'copies of each row, or all that the ranges give', 1, { min: 1, max: 1000 });
const CAPTIONS = oneOf(
  CAPTION_RULES,
  'leave what a caption states as it is (fit), change keys, chords and tempos in its words (rewrite), or let it be wrong (keep)',
  'fit',
);
const SPLITS = text('NAMES', 'splits that get copies, separated by commas (default: the training split)', undefined);
const SEED = integer('which of the possible copies: another for each epoch', 0, {
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
});

/** The flags by which an export gets augmented copies. */
export function addAugmentFlags(command: Command): void {
  command
    .option(`--augment <${CHANGES.placeholder}>`, CHANGES.help)
    .option(`--augment_copies <${COPIES.placeholder}>`, `${COPIES.help} (default: ${COPIES.default})`)
    .option(`--augment_captions <${CAPTIONS.placeholder}>`, `${CAPTIONS.help} (default: ${CAPTIONS.default})`)
    .option(`--augment_splits <${SPLITS.placeholder}>`, SPLITS.help)
    .option(`--augment_seed <${SEED.placeholder}>`, `${SEED.help} (default: ${SEED.default})`);
}

const OTHERS = ['augment_copies', 'augment_captions', 'augment_splits', 'augment_seed'] as const;

/** What they say; nothing where no copies are asked for. */
export function givenAugmentation(flags: Readonly<Record<string, unknown>>): AugmentOptions | undefined {
  if (flags.augment === undefined) {
    const alone = OTHERS.find((name) => flags[name] !== undefined);
    if (alone === undefined) return undefined;
    throw new ConfigError('invalid_option', `--${alone} is about copies: give --augment transpose=-5..6, too.`);
  }
  const splits =
    flags.augment_splits === undefined ? undefined : parseOption(SPLITS, '--augment_splits', flags.augment_splits);
  return {
    changes: parseOption(CHANGES, '--augment', flags.augment) ?? '',
    copies: parseOption(COPIES, '--augment_copies', flags.augment_copies ?? COPIES.default),
    captions: parseOption(CAPTIONS, '--augment_captions', flags.augment_captions ?? CAPTIONS.default),
    splits: splits?.split(',').map((name) => name.trim()),
    seed: parseOption(SEED, '--augment_seed', flags.augment_seed ?? SEED.default),
  };
}

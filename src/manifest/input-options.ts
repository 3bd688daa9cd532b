import type { ProcessOptions } from '../config/run-config.ts';
import { ConfigError } from '../errors.ts';
import type { EncodingName } from './bytes/encoding.ts';
import type { ManifestLimits } from './limits.ts';

/** Which of a pair's captions become rows: each a row of its own, the first, one by lot, or all of them as one text. */
const CHOICES = ['all', 'first', 'random', 'join'] as const;
export type CaptionChoice = (typeof CHOICES)[number];

export type JoinKey = 'name' | 'id' | 'md5';

/** What a run is told of its input. */
export function inputOptionsOf(told: ProcessOptions): Omit<InputOptions, 'inputFile'> {
  const captions = told.captions ?? [];
  const [choice = 'all', ...others] = CHOICES.filter((each) => captions.includes(each));
  if (others.length > 0) {
    throw new ConfigError(
      'invalid_option',
      `--captions: ${[choice, ...others].join(' and ')} exclude each other; use one.`,
    );
  }
  return {
    midiField: told.midiField ?? undefined,
    textField: told.textField ?? undefined,
    idField: told.idField ?? undefined,
    splitField: told.splitField ?? undefined,
    captions: choice,
    textOptional: captions.includes('optional') || told.textEncoder === 'none',
    captionsFile: told.captionsFile ?? undefined,
    joinOn: told.joinOn ?? undefined,
    midiRoot: told.midiRoot ?? undefined,
    encoding: told.encoding ?? undefined,
    allowOutside: told.allowOutside ?? undefined,
    seed: told.seed ?? undefined,
    offset: told.offset ?? undefined,
    limit: told.limit ?? undefined,
    sample: told.sample ?? undefined,
  };
}

/** How an input is read. What is left out is found out, or as it is when nobody says. */
export interface InputOptions {
  readonly inputFile: string;
  /** Names or dotted paths of fields, in place of the known names. */
  readonly midiField?: string | undefined;
  readonly textField?: string | undefined;
  readonly idField?: string | undefined;
  readonly splitField?: string | undefined;
  readonly captions?: CaptionChoice | undefined;
  /** Whether a pair may have no text, so that an input without any is no mistake. */
  readonly textOptional?: boolean | undefined;
  /** Captions in a file of their own, and what its records find the MIDI files by. */
  readonly captionsFile?: string | undefined;
  readonly joinOn?: JoinKey | undefined;
  /** Where MIDI paths start, for a join by content. */
  readonly midiRoot?: string | undefined;
  readonly encoding?: EncodingName | undefined;
  /** Whether links to folders are followed. */
  readonly allowOutside?: boolean | undefined;
  readonly seed?: number | undefined;
  /** Records to pass over, to take at most, and to draw; before any of them is a pair. */
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
  readonly sample?: number | undefined;
  readonly limits?: ManifestLimits | undefined;
}

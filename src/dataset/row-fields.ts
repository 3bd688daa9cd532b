import { FEATURES, type FeatureType } from '../features/feature-schema.ts';
import { PEAK_DENSITY_FIELDS } from '../quality/peak-density.ts';
import { TEXT_STATISTICS_SCHEMA } from '../text/text-statistics.ts';
import { DROP_MEANINGS, DROP_REASONS } from '../tokens/drop-reasons.ts';
import type { ColumnSchema, ColumnType } from './column-type.ts';

/** A field of a struct column, and what the card says about it. */
export interface DescribedField extends ColumnSchema {
  readonly meaning: string;
  readonly unit?: string | null;
  readonly source?: string;
}

const text = { kind: 'string' } as const;
const count = { kind: 'int64' } as const;
const flag = { kind: 'boolean' } as const;
const list = (element: ColumnType): ColumnType => ({ kind: 'list', element });

const FEATURE_COLUMN: Readonly<Record<FeatureType, ColumnType>> = {
  int: count,
  float: { kind: 'double' },
  string: text,
  bool: flag,
  int_list: list(count),
  float_list: list({ kind: 'double' }),
  string_list: list(text),
};

export const MIDI_METADATA_FIELDS: readonly DescribedField[] = [
  { name: 'sha256', type: text, meaning: 'Checksum of the MIDI file.' },
  { name: 'md5', type: text, meaning: 'Checksum of the MIDI file, as other collections name their files.' },
  { name: 'note_hash', type: text, meaning: 'Checksum of the notes: equal where two files have the same notes.' },
  ...Object.entries(FEATURES).map(([name, { type, ...described }]) => ({
    name,
    type: FEATURE_COLUMN[type],
    ...described,
  })),
  ...PEAK_DENSITY_FIELDS.map((name) => ({ name, type: { kind: 'double' }, ...peakField(name) }) as const),
  { name: 'cut_tokens', type: count, meaning: 'Tokens that the limit on sequence length cut away.' },
  { name: 'n_dropped_notes', type: count, meaning: 'Notes of the file that are not in the tokens.' },
  { name: 'dropped_share', type: { kind: 'double' }, meaning: 'Their share of all notes.' },
  {
    name: 'dropped_notes',
    type: { kind: 'struct', fields: DROP_REASONS.map((name) => ({ name, type: count })) },
    meaning: `Their numbers by reason: ${DROP_REASONS.map((name) => `\`${name}\` ${DROP_MEANINGS[name]}`).join(', ')}.`,
  },
  {
    name: 'replaced_meters',
    type: list(text),
    meaning: 'Time signatures that the tokenizer lacks: its tokens say the one before, or 4/4.',
  },
  {
    name: 'replaced_tempos',
    type: count,
    meaning: 'Tempos slower or faster than any of the tokenizer: its tokens say the slowest or fastest.',
  },
  {
    name: 'repairs',
    type: text,
    meaning: 'What the reader mended, by code, and how often: the text of a JSON object.',
  },
];

function peakField(name: string): Omit<DescribedField, keyof ColumnSchema> {
  const seconds = name.slice(name.lastIndexOf('_') + 1, -1);
  const what = name.startsWith('peak_pitch') ? 'Onsets of the most frequent pitch' : 'Notes';
  return {
    meaning: `${what} in the densest ${seconds} seconds, without drums.`,
    unit: '1/second',
    source: 'windows that begin each second from the first note, as in aria-utils',
  };
}

const TEXT_STATISTICS_MEANING: Readonly<Record<keyof typeof TEXT_STATISTICS_SCHEMA, string>> = {
  characters: 'Code points.',
  bytes: 'UTF-8 bytes.',
  words: 'Words.',
  sentences: 'Sentences.',
  distinct_word_ratio: 'Different words, case ignored, over words.',
  mean_word_length: 'Code points of words over words.',
  letter_share: 'Share of the code points that are letters.',
  digit_share: 'Share that are digits.',
  punctuation_share: 'Share that are punctuation.',
  symbol_share: 'Share that are mathematical signs, currency or emoji.',
  dominant_script: "The script of most letters, by Unicode's name.",
};

export const TEXT_FEATURE_FIELDS: readonly DescribedField[] = [
  { name: 'encoder', type: text, meaning: 'What made the embedding; `recipe.json` has its versions.' },
  {
    name: 'normalized',
    type: text,
    meaning:
      'The caption as it was counted, for search: NFKC, without control characters, single spaces. The encoder `hashing` ' +
      'reads it; a text model reads `text_description`.',
  },
  { name: 'truncated', type: flag, meaning: "Whether text was cut at the encoder's limit." },
  { name: 'embedding', type: list({ kind: 'float' }), meaning: 'The embedding; null where the encoder makes none.' },
  {
    name: 'token_ids',
    type: list({ kind: 'int32' }),
    meaning: "Ids of the text model's own tokenizer; null where it has none.",
  },
  ...statisticsFields(),
];

function statisticsFields(): readonly DescribedField[] {
  const meanings: Readonly<Record<string, string>> = TEXT_STATISTICS_MEANING;
  return Object.entries(TEXT_STATISTICS_SCHEMA).map(([name, kind]) => ({
    name,
    type: { kind },
    meaning: meanings[name] ?? '',
  }));
}

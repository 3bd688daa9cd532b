import { FEATURES } from '../features/feature-schema.ts';
import { PEAK_DENSITY_FIELDS } from '../quality/peak-density.ts';
import type { RowFacts, TakeField } from '../stats/dataset-summary.ts';
import { TEXT_STATISTICS_SCHEMA } from '../text/text-statistics.ts';
import type { DatasetRow } from './dataset-row.ts';

/** Names of the features, and of their statistics. */
const FEATURE_NAMES = [...Object.keys(FEATURES), ...PEAK_DENSITY_FIELDS].map(
  (name) => [name, `midi_metadata.${name}`] as const,
);
const TEXT_NAMES = ['encoder', 'truncated', ...Object.keys(TEXT_STATISTICS_SCHEMA)].map(
  (name) => [name, `text_features.${name}`] as const,
);

/** What the statistics take of a row: lengths, tokens, and every feature; each element of a list counts on its own. */
export function rowFacts({ midi, text }: DatasetRow): RowFacts {
  const textFeatures: PlainValues = { truncated: text.truncated, encoder: text.encoder, ...text.statistics };
  return {
    sequenceLength: midi.sequence_length,
    textLength: text.text?.length ?? 0,
    ids: midi.tokens.streams,
    eachField(take) {
      for (const [name, field] of FEATURE_NAMES) takeValues(field, midi.metadata[name], take);
      if (text.text === null) return;
      for (const [name, field] of TEXT_NAMES) takeValues(field, textFeatures[name], take);
    },
  };
}

type PlainValues = DatasetRow['midi']['metadata'];

function takeValues(field: string, value: unknown, take: TakeField): void {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') take(field, value);
  else if (Array.isArray(value)) for (let at = 0; at < value.length; at++) takeValues(field, value[at], take);
}

import { FEATURES, type FeatureField, type FeatureType, type MidiFeatures } from '../../src/features/feature-schema.ts';

const isInt = (value: unknown) => Number.isSafeInteger(value);
const isFloat = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const isString = (value: unknown) => typeof value === 'string' && value !== '';
const listOf = (isItem: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(isItem);

const CHECKS: Readonly<Record<FeatureType, (value: unknown) => boolean>> = {
  int: isInt,
  float: isFloat,
  string: isString,
  bool: (value) => typeof value === 'boolean',
  int_list: listOf(isInt),
  float_list: listOf(isFloat),
  string_list: listOf(isString),
};

/** What is wrong with a row: missing, foreign or disordered fields, types other than the table's, values out of range. */
export function problemsOf(features: MidiFeatures): string[] {
  const problems: string[] = [];
  const fields = Object.entries<FeatureField>(FEATURES);
  const names = fields.map(([name]) => name).join();
  if (Object.keys(features).join() !== names) problems.push(`the fields are ${Object.keys(features).join()}`);
  const values: Readonly<Record<string, unknown>> = features;
  for (const [name, { type, nullable, unit }] of fields) {
    const value = values[name];
    if (value === null && nullable) continue;
    if (!CHECKS[type](value)) problems.push(`${name} is ${String(value)}`);
    const numbers: unknown[] = Array.isArray(value) ? value : [value];
    if (unit === 'share' && numbers.some((n) => typeof n !== 'number' || n < 0 || n > 1))
      problems.push(`${name} ${value}`);
    if (type === 'int' && typeof value === 'number' && value < 0) problems.push(`${name} is ${value}`);
  }
  return [...problems, ...inconsistencies(features)];
}

function inconsistencies(row: MidiFeatures): string[] {
  const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0);
  const isOne = (shares: readonly number[] | null) => shares === null || Math.abs(sum(shares) - 1) < 1e-4;
  const rules: readonly [string, boolean][] = [
    ['tempo_bpm is between its bounds', row.tempo_bpm_min <= row.tempo_bpm && row.tempo_bpm <= row.tempo_bpm_max],
    ['histograms add up to 1', isOne(row.pitch_class_histogram) && isOne(row.pitch_class_durations)],
    [
      'histograms have 12 values',
      [row.pitch_class_histogram, row.pitch_class_durations].every(
        (h) => (h ?? row.chords).length === 12 || h === null,
      ),
    ],
    [
      'lists of instruments have one length',
      new Set([row.programs, row.instruments, row.instrument_shares].map((l) => l.length)).size === 1,
    ],
    ['every chord has a time', row.chords.length === row.chord_seconds.length],
    ['chords change', row.chords.every((chord, i) => chord !== row.chords[i - 1])],
    ['times of chords ascend', row.chord_seconds.every((s, i) => i === 0 || s >= (row.chord_seconds[i - 1] ?? 0))],
    ['the progression has at most five chords', row.chord_summary.length <= 5],
    ['the key is at least as sure as the runner-up', (row.key_confidence ?? 0) >= (row.key_runner_up_confidence ?? 0)],
    ['confidence is a correlation', Math.abs(row.key_confidence ?? 0) <= 1],
    ['entropies have bounds', (row.pitch_class_entropy ?? 0) <= Math.log2(12) + 1e-6 && (row.pitch_entropy ?? 0) <= 7],
    ['polyphony is at most its maximum', (row.polyphony ?? 0) <= row.polyphony_max],
    ['metric levels have a bound', (row.note_onset_median_metric_level ?? 0) <= 12],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => `broken: ${rule}`);
}

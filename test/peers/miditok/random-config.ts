import type { Random } from './random.ts';

/** The nine tokenizations of MidiTok 3.1.0 that music is written in. */
export const TOKENIZATIONS = [
  'REMI',
  'TSD',
  'MIDILike',
  'Structured',
  'CPWord',
  'Octuple',
  'MuMIDI',
  'MMM',
  'PerTok',
] as const;
export type TokenizationName = (typeof TOKENIZATIONS)[number];

/** What a user passes to `TokenizerConfig`, in JSON. */
export interface ConfigCase {
  readonly tokenization: TokenizationName;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A configuration with some options other than the defaults; now and then one that MidiTok refuses. */
export function randomConfig(random: Random, tokenization: TokenizationName): ConfigCase {
  const rate = random.pick([0.05, 0.2, 0.5]);
  const chosen = Object.entries(OPTIONS)
    .filter(([name]) => random.chance(name.startsWith('ac_') ? rate / 3 : rate))
    .map(([name, value]) => [name, value(random)]);
  return { tokenization, options: { ...Object.fromEntries(chosen), ...additionalParams(random, tokenization) } };
}

type Make = (random: Random) => unknown;
const flag: Make = (random) => random.chance(0.8);
const PROGRAMS = Array.from({ length: 129 }, (_, index) => index - 1);

const OPTIONS: Readonly<Record<string, Make>> = {
  pitch_range: (random) => random.pick([[21, 108], [0, 127], [60, 72], [64, 65], ascending(random, 127)]),
  beat_res: (random) => (random.chance(0.3) ? { '0_4': 8, '4_12': 4 } : beatResolutions(random, 24)),
  num_velocities: (random) => random.pick([1, 2, 8, 16, 64, 127, random.int(1, 127), 128]),
  special_tokens: (random) => random.some(['PAD', 'BOS', 'EOS', 'MASK', 'SEP', 'Genre_rock', 'a_b_c', 'PAD_None']),
  encode_ids_split: (random) => random.pick(['bar', 'beat', 'no']),
  use_velocities: (random) => random.chance(0.5),
  use_note_duration_programs: (random) => random.some(PROGRAMS, random.pick([0, 0.5, 0.95])),
  use_chords: flag,
  use_rests: flag,
  use_tempos: flag,
  use_time_signatures: (random) => random.chance(0.6),
  use_key_signatures: flag,
  use_sustain_pedals: flag,
  use_pitch_bends: flag,
  use_control_changes: flag,
  control_change_numbers: (random) =>
    random.pick([[64], [1, 7, 10, 11], random.some(PROGRAMS.slice(1), 0.2), [random.int(-1, 128)], [65, 64, 0, 7]]),
  control_change_n_bins: (random) => random.pick([2, 3, 16, 64, 127, 128, random.int(1, 129)]),
  use_programs: flag,
  use_pitch_intervals: flag,
  use_pitchdrum_tokens: (random) => random.chance(0.5),
  default_note_duration: (random) => random.pick([0.5, 1, 0.25, 2.3]),
  beat_res_rest: (random) => beatResolutions(random, 8),
  chord_maps: (random) =>
    random.pick<Readonly<Record<string, readonly number[]>>>([
      { maj: [0, 4, 7], min: [0, 3, 7] },
      { fifth: [0, 7], wide: [0, 4, 7, 10, 14, 17] },
      { one: [0] },
    ]),
  chord_tokens_with_root_note: flag,
  chord_unknown: (random) => random.pick([[3, 6], [1, 4], [2, 9], null]),
  num_tempos: (random) => random.pick([1, 2, 8, 32, 64, random.int(1, 100)]),
  tempo_range: (random) =>
    random.pick([[60, 180], [40, 250], [120, 120], [30.5, 99.9], [0, 200], [180, 60], ascending(random, 300)]),
  log_tempos: flag,
  remove_duplicated_notes: flag,
  delete_equal_successive_tempo_changes: flag,
  time_signature_range: meterRange,
  sustain_pedal_duration: flag,
  pitch_bend_range: (random) =>
    random.pick([
      [-8192, 8191, 64],
      [-4096, 4095, 5],
      [0, 100, 3],
      [-8192, 8191, random.int(1, 200)],
    ]),
  delete_equal_successive_time_sig_changes: flag,
  programs: (random) => random.pick([random.some(PROGRAMS), [0, -1, 24], [-1], random.shuffled([0, 5, 40, 127, -1])]),
  one_token_stream_for_programs: (random) => random.chance(0.4),
  program_changes: flag,
  max_pitch_interval: (random) => random.pick([0, 1, 12, 127, random.int(0, 128)]),
  pitch_intervals_max_time_dist: (random) => random.pick([0.5, 1, 2, 0, 3.7]),
  drums_pitch_range: (random) => random.pick([[35, 81], [0, 127], [40, 41], ascending(random, 127)]),
  ac_polyphony_track: flag,
  ac_polyphony_bar: flag,
  ac_polyphony_min: (random) => random.int(1, 3),
  ac_polyphony_max: (random) => random.int(3, 8),
  ac_pitch_class_bar: flag,
  ac_note_density_track: flag,
  ac_note_density_track_min: (random) => random.int(0, 3),
  ac_note_density_track_max: (random) => random.int(4, 20),
  ac_note_density_bar: flag,
  ac_note_density_bar_max: (random) => random.int(1, 20),
  ac_note_duration_bar: flag,
  ac_note_duration_track: flag,
  ac_repetition_track: flag,
  ac_repetition_track_num_bins: (random) => random.int(2, 12),
  ac_repetition_track_num_consec_bars: (random) => random.int(1, 5),
};

function additionalParams(random: Random, tokenization: TokenizationName): Readonly<Record<string, unknown>> {
  const params: Record<string, unknown> = {};
  const bars = random.pick([1, 4, 16, 60, 300]);
  switch (tokenization) {
    case 'REMI':
      if (random.chance(0.3)) params.max_bar_embedding = random.chance(0.3) ? null : bars;
      if (random.chance(0.3)) params.use_bar_end_tokens = random.chance(0.8);
      if (random.chance(0.3)) params.add_trailing_bars = random.chance(0.8);
      break;
    case 'MIDILike':
      if (random.chance(0.3)) params.max_duration = random.pick([[2, 0, 8], [0, 4, 8], [12, 0, 4], '4.0.4']);
      break;
    case 'Octuple':
    case 'MuMIDI':
      if (random.chance(0.4)) params.max_bar_embedding = bars;
      break;
    case 'MMM':
      if (random.chance(0.98)) params.base_tokenizer = random.pick(['REMI', 'TSD', 'MIDILike']);
      if (random.chance(0.1)) params.base_tokenizer = 'CPWord';
      if (params.base_tokenizer === 'REMI') Object.assign(params, additionalParams(random, 'REMI'));
      if (params.base_tokenizer === 'MIDILike') Object.assign(params, additionalParams(random, 'MIDILike'));
      break;
    case 'PerTok':
      if (random.chance(0.98))
        params.ticks_per_quarter = random.pick([320, 480, 220, 48, 96, random.int(4, 24), random.int(4, 500)]);
      if (random.chance(0.98)) params.use_microtiming = random.chance(0.7);
      if (random.chance(0.98)) params.max_microtiming_shift = random.pick([0.125, 0.25, 0.0625, 0.1, 0.5]);
      if (random.chance(0.98)) params.num_microtiming_bins = random.pick([30, 8, 110, 31, random.int(1, 60)]);
      if (random.chance(0.3)) params.use_position_toks = random.chance(0.8);
      break;
    default:
  }
  return params;
}

function ascending(random: Random, most: number): [number, number] {
  const low = random.int(0, most);
  return [low, random.int(low, most)];
}

/** Ranges that follow one another from beat 0, now and then otherwise. */
function beatResolutions(random: Random, finest: number): Readonly<Record<string, number>> {
  const ranges: [string, number][] = [];
  let from = random.chance(0.05) ? 1 : 0;
  for (let count = random.int(1, 3); count > 0; count -= 1) {
    const to = from + random.pick([1, 2, 4, 8]);
    ranges.push([`${from}_${to}`, random.pick([1, 2, 3, 4, 6, 8, 12, random.int(1, finest)])]);
    from = random.chance(0.05) ? to + 1 : to;
  }
  return Object.fromEntries(random.chance(0.1) ? ranges.reverse() : ranges);
}

/** Pairs of a denominator and its numerators, in the order of the vocabulary. */
function meterRange(random: Random): readonly unknown[] {
  const denominators = random.some([1, 2, 4, 8, 16, 32], 0.4);
  if (!denominators.includes(4) && random.chance(0.97)) denominators.push(4);
  if (random.chance(0.02)) denominators.push(3);
  return random.shuffled(denominators).map((denominator) => {
    const [from, to] = [random.int(1, 4), random.int(4, 12)];
    const numerators = random.chance(0.2)
      ? { from, to }
      : random.shuffled(random.some([1, 2, 3, 4, 5, 6, 7, 9, 12], 0.6));
    return [denominator, numerators];
  });
}

/** A list of filters under a name, and where its thresholds were published. */
export interface Preset {
  readonly conditions: readonly string[];
  readonly source: string;
}

/**
 * Filters that others published.
 *
 * `aria-midi`: the note density test of the file `light-preprocess.json` of Aria-MIDI (Bradshaw and Colton, ICLR 2025),
 * by which its "pruned" subset was made. The README of the data set says that pitch and duration entropy, silence, the
 * number of segments and repetition were tested too; those thresholds could not be read when this was written, and
 * none are made up here.
 *
 * `aria`: the tests that EleutherAI's `aria` ran by default before it trained on MIDI files. Its instruments are the
 * families of General MIDI, as ours are. Its length is to the end of the last note, ours to the last event; ours counts
 * drums as a program.
 */
export const PRESETS: ReadonlyMap<string, Preset> = new Map([
  [
    'aria-midi',
    {
      conditions: [
        'peak_notes_per_second_3s<=60',
        'peak_pitch_rate_3s<=15',
        'peak_notes_per_second_5s<=45',
        'peak_pitch_rate_5s<=10',
        'peak_notes_per_second_10s<=40',
        'peak_pitch_rate_10s<=8',
        'peak_notes_per_second_45s<=30',
        'peak_pitch_rate_45s<=6',
      ],
      source:
        'https://huggingface.co/datasets/loubb/aria-midi/commit/bccf6342eaac43c3c8f71ff9cac1dbaf1dd7e97a (light-preprocess.json, lines 1 to 28)',
    },
  ],
  [
    'aria',
    {
      conditions: [
        'n_instruments<=12',
        'n_instrument_families<=5',
        'notes_per_second>=1.5',
        'notes_per_second<=25',
        'notes_per_second_per_family>=0.5',
        'notes_per_second_per_family<=16',
        'duration_seconds>=20',
      ],
      source: 'https://github.com/EleutherAI/aria/blob/f800112251c0849f9bfc94661cd113f7bf2ce1ff/config/config.json',
    },
  ],
]);

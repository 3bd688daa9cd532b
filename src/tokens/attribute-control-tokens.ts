import { evenlySpaced, roundHalfEven } from './bins.ts';
import { range, upTo } from './token-blocks.ts';
import type { AttributeControls } from './tokenizer-config.ts';
import type { TokenBlock } from './vocabulary.ts';

const NOTE_LENGTHS = ['Whole', 'Half', 'Quarter', 'Eight', 'Sixteenth', 'ThirtySecond'];

/**
 * The tokens of attribute controls, which MidiTok puts behind all others. They say what is wanted of a model and stand in a
 * sequence only where a caller of MidiTok asks for some of them (`attribute_controls_indexes`), so that we write none.
 */
export function attributeControlBlocks(controls: AttributeControls): readonly TokenBlock[] {
  const {
    ac_polyphony_min: fewestNotes,
    ac_polyphony_max: mostNotes,
    ac_note_density_track_min: leastDensity,
    ac_note_density_track_max: mostDensity,
    ac_note_density_bar_max: mostBarDensity,
    ac_repetition_track_num_bins: repetitionBins,
  } = controls;
  const polyphony = range([fewestNotes, mostNotes]);
  const density = range([leastDensity, mostDensity - 1]);
  const blocks: [boolean, ...TokenBlock[]][] = [
    [
      controls.ac_polyphony_track,
      { type: 'ACTrackOnsetPolyphonyMin', values: polyphony },
      { type: 'ACTrackOnsetPolyphonyMax', values: polyphony },
    ],
    [
      controls.ac_polyphony_bar,
      { type: 'ACBarOnsetPolyphonyMin', values: polyphony },
      { type: 'ACBarOnsetPolyphonyMax', values: polyphony },
    ],
    [controls.ac_pitch_class_bar, { type: 'ACBarPitchClass', values: upTo(12) }],
    [
      controls.ac_note_density_track,
      { type: 'ACTrackNoteDensityMin', values: density },
      { type: 'ACTrackNoteDensityMax', values: density },
      { type: 'ACTrackNoteDensityMin', values: [`${mostDensity}+`] },
      { type: 'ACTrackNoteDensityMax', values: [`${mostDensity}+`] },
    ],
    [
      controls.ac_note_density_bar,
      { type: 'ACBarNoteDensity', values: [...upTo(mostBarDensity), `${mostBarDensity}+`] },
    ],
    [controls.ac_note_duration_bar, ...noteLengths('ACBarNoteDuration')],
    [controls.ac_note_duration_track, ...noteLengths('ACTrackNoteDuration')],
    [
      controls.ac_repetition_track,
      { type: 'ACTrackRepetition', values: evenlySpaced(0, 1, repetitionBins).map(twoDecimals) },
    ],
  ];
  return blocks.flatMap(([isUsed, ...found]) => (isUsed ? found : []));
}

function noteLengths(type: string): readonly TokenBlock[] {
  return NOTE_LENGTHS.map((length) => ({ type: `${type}${length}`, values: [0, 1] }));
}

/** As Python formats it: eighths, the only ones that lie half way, go to the even digit. */
function twoDecimals(value: number): string {
  return (Number.isInteger(value * 8) ? roundHalfEven(value * 100) / 100 : value).toFixed(2);
}

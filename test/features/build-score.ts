import type { Score, Track } from '../../src/midi/score.ts';

/** Onset and duration in ticks, pitch, and velocity (80 where it is left out). */
export type NoteRow = readonly [onset: number, duration: number, pitch: number, velocity?: number];

export interface TrackSketch {
  readonly program?: number;
  readonly isDrum?: boolean;
  readonly notes: readonly NoteRow[];
}

export interface ScoreSketch {
  readonly ticksPerQuarter?: number;
  readonly tracks: readonly TrackSketch[];
  /** Tick and microseconds per quarter. */
  readonly tempos?: readonly (readonly [number, number])[];
  /** Tick, numerator, denominator. */
  readonly meters?: readonly (readonly [number, number, number])[];
  /** Tick, sharps, 1 for minor. */
  readonly keys?: readonly (readonly [number, number, number])[];
  /** Where no later note ends. */
  readonly endTick?: number;
}

/** A score by hand, with 480 ticks per quarter unless said otherwise. Notes are put in order of onset. */
export function buildScore(sketch: ScoreSketch): Score {
  const { tempos = [], meters = [], keys = [] } = sketch;
  const ends = sketch.tracks.flatMap((track) => track.notes.map(([onset, duration]) => onset + duration));
  return {
    format: 1,
    ticksPerQuarter: sketch.ticksPerQuarter ?? 480,
    tracks: sketch.tracks.map(buildTrack),
    tempos: {
      tick: Float64Array.from(tempos, ([tick]) => tick),
      microsecondsPerQuarter: Float64Array.from(tempos, ([, tempo]) => tempo),
    },
    timeSignatures: {
      tick: Float64Array.from(meters, ([tick]) => tick),
      numerator: Uint16Array.from(meters, ([, numerator]) => numerator),
      denominator: Uint16Array.from(meters, ([, , denominator]) => denominator),
    },
    keySignatures: {
      tick: Float64Array.from(keys, ([tick]) => tick),
      sharps: Int8Array.from(keys, ([, sharps]) => sharps),
      minor: Uint8Array.from(keys, ([, , minor]) => minor),
    },
    markers: [],
    texts: [],
    endTick: ends.reduce((latest, end) => Math.max(latest, end), sketch.endTick ?? 0),
    repairs: {},
  };
}

function buildTrack({ program = 0, isDrum = false, notes }: TrackSketch, index: number): Track {
  const rows = [...notes].sort((a, b) => a[0] - b[0]);
  return {
    program,
    channel: isDrum ? 9 : index % 9,
    midiTrack: index,
    isDrum,
    name: '',
    notes: {
      onset: Float64Array.from(rows, ([onset]) => onset),
      duration: Float64Array.from(rows, ([, duration]) => duration),
      pitch: Uint8Array.from(rows, ([, , pitch]) => pitch),
      velocity: Uint8Array.from(rows, ([, , , velocity = 80]) => velocity),
    },
    controls: { tick: new Float64Array(), number: new Uint8Array(), value: new Uint8Array() },
    pitchBends: { tick: new Float64Array(), value: new Int16Array() },
    pedals: { onset: new Float64Array(), duration: new Float64Array() },
    lyrics: [],
  };
}

/** One track of piano notes at 480 ticks per quarter. */
export function pianoScore(...notes: readonly NoteRow[]): Score {
  return buildScore({ tracks: [{ notes }] });
}

/** Chords of a quarter each, one after the other, each a list of pitches. */
export function chordRows(...chords: readonly (readonly number[])[]): NoteRow[] {
  return chords.flatMap((pitches, i) => pitches.map((pitch): NoteRow => [i * 480, 480, pitch]));
}

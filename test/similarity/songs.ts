import type { Notes, Score, Track } from '../../src/midi/score.ts';
import { seededRandom } from '../seeded-random.ts';

/** A note of a test score, in ticks. */
export interface Note {
  readonly onset: number;
  readonly pitch: number;
}

export interface Part {
  readonly notes: readonly Note[];
  readonly isDrum?: boolean;
  readonly program?: number;
}

export function score(parts: readonly Part[], ticksPerQuarter = 480): Score {
  const tracks = parts.map(toTrack);
  const none = new Float64Array(0);
  return {
    format: 1,
    ticksPerQuarter,
    tracks,
    tempos: { tick: none, microsecondsPerQuarter: none },
    timeSignatures: { tick: none, numerator: new Uint16Array(0), denominator: new Uint16Array(0) },
    keySignatures: { tick: none, sharps: new Int8Array(0), minor: new Uint8Array(0) },
    markers: [],
    texts: [],
    endTick: 0,
    repairs: {},
  };
}

/** A tune that wanders by steps, with chords below, different for each seed; ticks of 480 a quarter, on sixteenths. */
export function song(seed: number, length = 200): readonly Part[] {
  const random = seededRandom(seed);
  return [{ notes: melody(random, length) }, { notes: chords(random, length / 4) }];
}

export function melody(random: () => number, length: number): readonly Note[] {
  const notes: Note[] = [];
  let onset = 0;
  let pitch = 66;
  for (let i = 0; i < length; i++) {
    notes.push({ onset, pitch });
    const leap = Math.floor(random() * 9) - 4;
    pitch += pitch + leap < 54 || pitch + leap > 84 ? -leap : leap;
    onset += 120 * (1 + Math.floor(random() * 4));
  }
  return notes;
}

function chords(random: () => number, length: number): readonly Note[] {
  return Array.from({ length }, (_, i) => {
    const root = 40 + Math.floor(random() * 12);
    return [0, 4, 7].map((interval) => ({ onset: i * 960, pitch: root + interval }));
  }).flat();
}

export function mapNotes(parts: readonly Part[], change: (note: Note) => Note): readonly Part[] {
  return parts.map((part) => (part.isDrum ? part : { ...part, notes: part.notes.map(change) }));
}

function toTrack({ notes, isDrum = false, program = 0 }: Part, midiTrack: number): Track {
  const sorted = notes.toSorted((a, b) => a.onset - b.onset);
  const columns: Notes = {
    onset: Float64Array.from(sorted, ({ onset }) => onset),
    duration: new Float64Array(sorted.length).fill(60),
    pitch: Uint8Array.from(sorted, ({ pitch }) => pitch),
    velocity: new Uint8Array(sorted.length).fill(80),
  };
  const none = new Float64Array(0);
  return {
    program,
    channel: isDrum ? 9 : 0,
    midiTrack,
    isDrum,
    name: '',
    notes: columns,
    controls: { tick: none, number: new Uint8Array(0), value: new Uint8Array(0) },
    pitchBends: { tick: none, value: new Int16Array(0) },
    pedals: { onset: none, duration: none },
    lyrics: [],
  };
}

import fc from 'fast-check';
import type { Score, Track } from '../../src/midi/score.ts';

interface RandomNote {
  readonly gap: number;
  readonly duration: number;
  readonly pitch: number;
  readonly velocity: number;
}

const note = fc.record({
  gap: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 20_000 })),
  duration: fc.integer({ min: 1, max: 8000 }),
  pitch: fc.integer({ min: 0, max: 127 }),
  velocity: fc.integer({ min: 1, max: 127 }),
});

const track = fc.record({
  program: fc.integer({ min: 0, max: 127 }),
  isDrum: fc.boolean(),
  notes: fc.array(note, { maxLength: 40 }),
});

const ticks = fc.integer({ min: 0, max: 60_000 });
/** All of one denominator: where x/4 and x/8 share a score, MidiTok's own rounding loses notes' places. */
const signature = fc.constantFrom([4, 4], [3, 4], [1, 4], [6, 4], [7, 4]);

/** Scores such as a file could hold; times are sorted, as in what the MIDI reader makes. */
export const randomScore: fc.Arbitrary<Score> = fc
  .record({
    ticksPerQuarter: fc.constantFrom(96, 100, 480, 960),
    tracks: fc.array(track, { maxLength: 5 }),
    tempos: fc.array(fc.tuple(ticks, fc.integer({ min: 200_000, max: 1_600_000 })), { maxLength: 6 }),
    signatures: fc.array(fc.tuple(ticks, signature), { maxLength: 4 }),
  })
  .map(({ ticksPerQuarter, tracks, tempos, signatures }) => {
    const byTick = <T extends readonly [number, unknown]>(events: readonly T[]): T[] =>
      events.toSorted((a, b) => a[0] - b[0]);
    return makeScore({
      ticksPerQuarter,
      tracks: tracks.map(({ program, isDrum, notes }, index) => makeTrack(index, program, isDrum, notes)),
      tempos: {
        tick: Float64Array.from(byTick(tempos), ([tick]) => tick),
        microsecondsPerQuarter: Float64Array.from(byTick(tempos), ([, microseconds]) => microseconds),
      },
      timeSignatures: {
        tick: Float64Array.from(byTick(signatures), ([tick]) => tick),
        numerator: Uint16Array.from(byTick(signatures), ([, [numerator = 4]]) => numerator),
        denominator: Uint16Array.from(byTick(signatures), ([, [, denominator = 4]]) => denominator),
      },
    });
  });

/** A score of some parts; all else is empty. */
export function makeScore(parts: Partial<Score>): Score {
  const score: Score = {
    format: 1,
    ticksPerQuarter: 480,
    tracks: [],
    tempos: { tick: new Float64Array(0), microsecondsPerQuarter: new Float64Array(0) },
    timeSignatures: { tick: new Float64Array(0), numerator: new Uint16Array(0), denominator: new Uint16Array(0) },
    keySignatures: { tick: new Float64Array(0), sharps: new Int8Array(0), minor: new Uint8Array(0) },
    markers: [],
    texts: [],
    endTick: 0,
    repairs: {},
    ...parts,
  };
  const noteEnds = score.tracks.map(({ notes }) =>
    notes.onset.reduce((end, onset, at) => Math.max(end, onset + (notes.duration[at] ?? 0)), 0),
  );
  const ends = [...noteEnds, score.tempos.tick.at(-1) ?? 0, score.timeSignatures.tick.at(-1) ?? 0];
  return { ...score, endTick: parts.endTick ?? Math.max(0, ...ends) };
}

export function makeTrack(index: number, program: number, isDrum: boolean, notes: readonly RandomNote[]): Track {
  let tick = 0;
  const onsets = notes.map(({ gap }) => {
    tick += gap;
    return tick;
  });
  return {
    program,
    isDrum,
    channel: isDrum ? 9 : 0,
    midiTrack: index,
    name: '',
    notes: {
      onset: Float64Array.from(onsets),
      duration: Float64Array.from(notes, ({ duration }) => duration),
      pitch: Uint8Array.from(notes, ({ pitch }) => pitch),
      velocity: Uint8Array.from(notes, ({ velocity }) => velocity),
    },
    controls: { tick: new Float64Array(0), number: new Uint8Array(0), value: new Uint8Array(0) },
    pitchBends: { tick: new Float64Array(0), value: new Int16Array(0) },
    pedals: { onset: new Float64Array(0), duration: new Float64Array(0) },
    lyrics: [],
  };
}

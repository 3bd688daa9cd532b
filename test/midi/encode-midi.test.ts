import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { encodeMidi } from '../../src/midi/encode-midi.ts';
import { DEFAULT_LIMITS } from '../../src/midi/limits.ts';
import type { Score, Track } from '../../src/midi/score.ts';
import { makeScore, makeTrack, randomScore } from '../tokens/random-score.ts';
import { listMidiFiles, readMidi } from './shared-data.ts';

const WIDE_LIMITS = { ...DEFAULT_LIMITS, durationSeconds: 1e12, bars: 1e12 };
const samples = fileURLToPath(new URL('../../data/midi/', import.meta.url));

function readBack(score: Score): Score {
  const outcome = decodeMidi(encodeMidi(score), WIDE_LIMITS);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.score;
}

/** What a file can say, without the numbers of its tracks. */
function saidBy(score: Score): object {
  const { tempos, timeSignatures, keySignatures, markers, ticksPerQuarter } = score;
  return {
    ticksPerQuarter,
    tempos,
    timeSignatures,
    keySignatures,
    markers,
    texts: score.texts.length,
    tracks: score.tracks.filter(saysSomething).map(({ midiTrack: _, ...track }) => Object.entries(track).sort()),
  };
}

function saysSomething({ notes, controls, pitchBends, lyrics }: Track): boolean {
  return notes.onset.length + controls.tick.length + pitchBends.tick.length + lyrics.length > 0;
}

/** A line of what is kept, so that a difference of thousands of notes can be read. */
function digest(score: Score): string {
  return JSON.stringify(saidBy(score), (_, value) => (ArrayBuffer.isView(value) ? String(value) : value));
}

describe('a score that is written and read back', () => {
  it('is the same for files of all kinds', () => {
    const files = [
      ...readdirSync(samples).map((name) => [name, new Uint8Array(readFileSync(`${samples}${name}`))] as const),
      // In hand-made ones a pedal can be down when the program of its channel changes.
      ...listMidiFiles()
        .filter((path, index) => index % 5 === 0 && !path.includes('synthetic'))
        .map((path) => [path, readMidi(path)] as const),
    ];
    let compared = 0;
    for (const [name, bytes] of files) {
      const read = decodeMidi(bytes, WIDE_LIMITS);
      if (!read.ok || read.score.repairs.smpte_division !== undefined) continue;
      expect(digest(readBack(read.score)), name).toBe(digest(read.score));
      compared += 1;
    }
    expect(compared).toBeGreaterThan(40);
  });

  it('is the same for any score whose notes of one pitch do not overlap', () => {
    fc.assert(
      fc.property(randomScore, (score) => {
        const apart = { ...score, tracks: score.tracks.map(withoutOverlaps) };
        expect(digest(readBack(apart))).toBe(digest(apart));
      }),
    );
  });

  it('keeps keys, controls, bends, pedals, markers and names', () => {
    const [track] = [makeTrack(0, 5, false, [{ gap: 10, duration: 5, pitch: 60, velocity: 1 }])];
    const score = makeScore({
      tracks: [
        {
          ...track,
          name: 'Flügel',
          controls: ticked([0, 7, 9, 9], {
            number: Uint8Array.of(127, 64, 64, 1),
            value: Uint8Array.of(3, 127, 0, 99),
          }),
          pedals: { onset: Float64Array.of(7), duration: Float64Array.of(2) },
          pitchBends: ticked([1, 2, 3], { value: Int16Array.of(-8192, 0, 8191) }),
        },
      ],
      keySignatures: ticked([0, 480], { sharps: Int8Array.of(-7, 3), minor: Uint8Array.of(0, 1) }),
      markers: [{ tick: 3, text: 'A' }],
    });
    expect(digest(readBack(score))).toBe(digest(score));
  });

  it('says pedals by their control where no control does', () => {
    const pedals = { onset: Float64Array.of(0, 4), duration: Float64Array.of(4, 4) };
    const track = makeTrack(0, 0, false, [{ gap: 0, duration: 9, pitch: 60, velocity: 9 }]);
    expect(readBack(makeScore({ tracks: [{ ...track, pedals }] })).tracks[0]?.pedals).toEqual(pedals);
  });

  it('keeps notes without length, also where one of their pitch ends and one begins', () => {
    const at = (gap: number, duration: number) => ({ gap, duration, pitch: 60, velocity: 80 });
    const score = makeScore({ tracks: [makeTrack(0, 0, false, [at(0, 5), at(5, 0), at(0, 7)])] });
    expect(readBack(score).tracks[0]?.notes).toEqual(score.tracks[0]?.notes);
  });

  it('begins at the start what begins before it, and leaves out notes without velocity', () => {
    const score = makeScore({ tracks: [makeTrack(0, 0, false, [note(-4, 10, 60, 9), note(8, 2, 61, 0)])] });
    const { notes } = readBack(score).tracks[0] ?? {};
    expect(notes).toMatchObject({ onset: Float64Array.of(0), duration: Float64Array.of(6) });
  });

  it('may last longer than a delta time can say', () => {
    const ticksPerQuarter = 9600;
    const score = makeScore({ ticksPerQuarter, tracks: [makeTrack(0, 0, false, [note(2 ** 30, 2 ** 29, 60, 9)])] });
    const { notes } = readBack(score).tracks[0] ?? {};
    expect(notes).toMatchObject({ onset: Float64Array.of(2 ** 30), duration: Float64Array.of(2 ** 29) });
  });
});

function note(gap: number, duration: number, pitch: number, velocity: number) {
  return { gap, duration, pitch, velocity };
}

function ticked<T extends object>(ticks: readonly number[], columns: T): T & { tick: Float64Array } {
  return { tick: Float64Array.from(ticks), ...columns };
}

/** Notes end where the next of their pitch begins; of those that begin together the first stays. */
function withoutOverlaps(track: Track): Track {
  const rows = Array.from(track.notes.onset, (onset, at) => ({
    onset,
    duration: track.notes.duration[at] ?? 0,
    pitch: track.notes.pitch[at] ?? 0,
    velocity: track.notes.velocity[at] ?? 0,
  }));
  const kept = rows
    .filter((row, at) => !rows.slice(0, at).some(({ onset, pitch }) => onset === row.onset && pitch === row.pitch))
    .map((row, at, all) => {
      const next = all.slice(at + 1).find(({ pitch }) => pitch === row.pitch);
      return { ...row, duration: Math.min(row.duration, (next?.onset ?? Number.POSITIVE_INFINITY) - row.onset) };
    });
  return {
    ...track,
    notes: {
      onset: Float64Array.from(kept, ({ onset }) => onset),
      duration: Float64Array.from(kept, ({ duration }) => duration),
      pitch: Uint8Array.from(kept, ({ pitch }) => pitch),
      velocity: Uint8Array.from(kept, ({ velocity }) => velocity),
    },
  };
}

import { describe, expect, test } from 'vitest';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { noteContentBytes } from '../../src/features/note-content.ts';
import type { Score } from '../../src/midi/score.ts';
import { buildScore, pianoScore } from './build-score.ts';
import { problemsOf } from './check-features.ts';

/** Far above what the work takes on a busy machine, far below what anything quadratic would. */
const LIMIT_MS = 5000;

function timed(score: Score): string[] {
  const start = performance.now();
  const problems = problemsOf(extractFeatures(score));
  noteContentBytes(score);
  const elapsed = performance.now() - start;
  return elapsed < LIMIT_MS ? problems : [...problems, `took ${elapsed.toFixed(0)} ms`];
}

/** One track of `count` notes made by index, ascending in onset. */
function manyNotes(
  count: number,
  note: (i: number) => readonly [onset: number, duration: number, pitch: number],
): Score {
  const notes = {
    onset: new Float64Array(count),
    duration: new Float64Array(count),
    pitch: new Uint8Array(count),
    velocity: new Uint8Array(count).fill(64),
  };
  for (let i = 0; i < count; i++) [notes.onset[i], notes.duration[i], notes.pitch[i]] = note(i);
  const empty = pianoScore([0, 1, 60]);
  const [track] = empty.tracks;
  if (track === undefined) throw new Error('one track was built');
  const endTick = (notes.onset[count - 1] ?? 0) + 100_000_000;
  return { ...empty, tracks: [{ ...track, notes }], endTick };
}

describe('the work stays bounded and the values finite for', () => {
  test('200,000 notes that all sound at once, each a little longer than the one before', () => {
    expect(timed(manyNotes(200_000, (i) => [0, 1_000_000 + i, i % 128]))).toEqual([]);
  });

  test('200,000 notes of one pitch that hold over the whole score', () => {
    expect(timed(manyNotes(200_000, (i) => [i, 50_000_000, 60]))).toEqual([]);
  });

  test('200,000 notes of one onset in the order that sorting likes least', () => {
    expect(timed(manyNotes(200_000, (i) => [480, (i * 7919) % 99_991, (i * 31) % 128]))).toEqual([]);
  });

  test('two notes at the ends of the longest possible score', () => {
    const score = buildScore({
      ticksPerQuarter: 1,
      tracks: [
        {
          notes: [
            [0, 1, 60],
            [2 ** 32 - 2, 1, 64],
          ],
        },
      ],
    });
    expect(timed(score)).toEqual([]);
  });

  test('a hundred thousand bars with a note each', () => {
    expect(timed(manyNotes(100_000, (i) => [i * 1920, 480, 60 + (i % 12)]))).toEqual([]);
  });

  test('a change of meter on every tick', () => {
    const meters = Array.from({ length: 50_000 }, (_, i) => [i, 1 + (i % 255), 2 ** (i % 8)] as const);
    expect(
      timed(
        buildScore({
          tracks: [
            {
              notes: [
                [0, 50_000, 60],
                [700, 50_000, 61],
              ],
            },
          ],
          meters,
        }),
      ),
    ).toEqual([]);
  });

  test('a change of tempo on every tick, all different', () => {
    const tempos = Array.from({ length: 200_000 }, (_, i) => [i, 1 + ((i * 7919) % (2 ** 24 - 1))] as const);
    expect(timed(buildScore({ tracks: [{ notes: [[0, 200_000, 60]] }], tempos }))).toEqual([]);
  });

  test('four thousand tracks that interleave note by note', () => {
    const tracks = Array.from({ length: 4000 }, (_, track) => ({
      program: track % 128,
      notes: Array.from({ length: 25 }, (_, i) => [i * 4000 + track, 300, 30 + (track % 70)] as const),
    }));
    expect(timed(buildScore({ tracks }))).toEqual([]);
  });

  test('the highest resolution and the shortest beats', () => {
    const notes = Array.from({ length: 2000 }, (_, i) => [i * 8191, 1, i % 128] as const);
    expect(timed(buildScore({ ticksPerQuarter: 32767, tracks: [{ notes }], meters: [[0, 1, 128]] }))).toEqual([]);
  });
});

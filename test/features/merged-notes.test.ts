import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DRUMS, type MergedNotes, mergeNotes } from '../../src/features/merged-notes.ts';
import type { Score } from '../../src/midi/score.ts';
import { arbitrarySketch } from './arbitrary-score.ts';
import { buildScore, type NoteRow } from './build-score.ts';

type MergedRow = readonly [onset: number, end: number, pitch: number, velocity: number, program: number];

function rowsOf({ count, onset, end, pitch, velocity, program }: MergedNotes): MergedRow[] {
  return Array.from({ length: count }, (_, i) => [
    onset[i] ?? 0,
    end[i] ?? 0,
    pitch[i] ?? 0,
    velocity[i] ?? 0,
    program[i] ?? 0,
  ]);
}

/** The notes of one track after the other, sorted by onset as JavaScript does, which is stable. */
function sortedRows({ tracks }: Score): MergedRow[] {
  const rows = tracks.flatMap(({ notes, isDrum, program }) =>
    Array.from(notes.onset, (onset, i): MergedRow => {
      const end = onset + (notes.duration[i] ?? 0);
      return [onset, end, notes.pitch[i] ?? 0, notes.velocity[i] ?? 0, isDrum ? DRUMS : program];
    }),
  );
  return rows.sort((a, b) => a[0] - b[0]);
}

test('the notes of all tracks come in order of onset, those of one onset in the order of the tracks', () => {
  fc.assert(
    fc.property(arbitrarySketch(), (sketch) => {
      const score = buildScore(sketch);
      expect(rowsOf(mergeNotes(score))).toEqual(sortedRows(score));
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['the last tick of a file', 2 ** 31 - 1],
  ['a tick that no file has', 2 ** 31],
  ['a tick beyond 32 bits', 2 ** 40],
])('notes up to %s are merged', (_, last) => {
  const rows = (offset: number): NoteRow[] =>
    [0, 1, 2047, 65_536, last / 2, last - 1].map((tick) => [tick + offset, 1, 60]);
  const score = buildScore({ tracks: [{ notes: rows(1) }, { notes: rows(0) }, { notes: rows(1) }] });
  expect(rowsOf(mergeNotes(score))).toEqual(sortedRows(score));
});

test('more notes than music has are merged, and those of the next file too', () => {
  const rows = Array.from({ length: 50_000 }, (_, i): NoteRow => [(i * 7919) % 1_000_003, i % 100, i % 128]);
  const large = buildScore({ tracks: [{ notes: rows }, { program: 3, notes: rows }] });
  const small = buildScore({ tracks: [{ notes: rows.slice(0, 3) }, { notes: rows.slice(2, 5) }] });
  for (const score of [large, small]) {
    const merged = mergeNotes(score);
    expect(merged.onset.length).toBe(merged.count);
    expect(rowsOf(merged)).toEqual(sortedRows(score));
  }
});

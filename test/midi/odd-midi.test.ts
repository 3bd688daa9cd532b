import { describe, expect, it } from 'vitest';
import { oddFiles } from '../../scripts/odd-midi/odd-files.ts';
import { guessEncoding } from '../../src/charset/guess-encoding.ts';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { examineMidi } from '../../src/midi/examine-midi.ts';
import { DEFAULT_LIMITS } from '../../src/midi/limits.ts';
import { DEFAULT_CHOICES } from '../../src/midi/reading-choices.ts';
import type { Score } from '../../src/midi/score.ts';
import { WorkSpace } from '../../src/midi/work-space.ts';
import { problemsOf } from './check-score.ts';

const CHOICES = { ...DEFAULT_CHOICES, guessEncoding };
const files = oddFiles();

describe('odd files', () => {
  it('are many, and each has a name of its own', () => {
    expect(files.length).toBeGreaterThan(300);
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
  });

  it.each(files)('$name', ({ bytes, notes, repairs, names, pedals }) => {
    const score = decoded(bytes);
    expect(problemsOf(score)).toEqual([]);
    expect(notesOf(score)).toEqual(notes.toSorted(byNumbers));
    expect(score.repairs).toEqual(repairs);
    if (names !== undefined) expect([...new Set(score.tracks.map(({ name }) => name))]).toEqual(names);
    if (pedals !== undefined) expect(score.tracks.flatMap(pedalsOf)).toEqual(pedals);
  });

  it.each(files.filter(({ repairs }) => Object.keys(repairs).length > 0))('mended: $name', ({ bytes }) => {
    const { places, mended } = examineMidi(bytes, CHOICES);
    expect(places.length).toBeGreaterThan(0);
    for (const { byte } of places) expect(byte).toBeLessThanOrEqual(bytes.length);
    const { repairs, textEncoding: _, format: _format, ...before } = decoded(bytes);
    const { repairs: none, format: _also, ...after } = decoded(mended ?? new Uint8Array(0));
    expect(repairs).not.toEqual({});
    expect(none).toEqual({});
    expect(after).toEqual(before);
  });

  it.each(files.filter(({ repairs }) => Object.keys(repairs).length === 0))(
    'has nothing to mend: $name',
    ({ bytes }) => {
      expect(examineMidi(bytes, CHOICES)).toMatchObject({ places: [], mended: undefined });
    },
  );
});

function decoded(bytes: Uint8Array): Score {
  const outcome = decodeMidi(bytes, DEFAULT_LIMITS, new WorkSpace(), CHOICES);
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.score;
}

function notesOf({ tracks }: Score): readonly (readonly number[])[] {
  return tracks
    .flatMap(({ channel, program, notes }) =>
      Array.from(notes.onset, (onset, i) => [
        onset,
        notes.duration[i] ?? 0,
        notes.pitch[i] ?? 0,
        notes.velocity[i] ?? 0,
        channel,
        program,
      ]),
    )
    .sort(byNumbers);
}

function pedalsOf({ pedals }: Score['tracks'][number]): readonly (readonly number[])[] {
  return Array.from(pedals.onset, (onset, i) => [onset, pedals.duration[i] ?? 0]);
}

function byNumbers(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

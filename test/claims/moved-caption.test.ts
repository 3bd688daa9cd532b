import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedCaption } from '../../src/claims/moved-caption.ts';
import { readClaims, readStatements } from '../../src/claims/read-claims.ts';

const moved = (caption: string, semitones: number, tempo = 1): string | undefined =>
  movedCaption(
    caption,
    readStatements(caption) ?? { claims: [], asides: [], names: [], namesOtherPitches: false },
    () => true,
    {
      semitones,
      tempo,
    },
  );

describe('a caption whose music is moved', () => {
  it.each([
    ['A gentle piano piece in C major at 120 BPM.', 2, 1.05, 'A gentle piano piece in D major at 126 BPM.'],
    ['In E-flat major, ♩ = 72.', -2, 1, 'In D-flat major, ♩ = 72.'],
    ['In B♭ minor, with a tempo of 97.5 bpm.', 1, 1.05, 'In B minor, with a tempo of 102.4 bpm.'],
    ['lo-fi / F#min / 64 bpm', 1, 1.05, 'lo-fi / Gmin / 67 bpm'],
    ['The key is F sharp minor.', 2, 1, 'The key is G sharp minor.'],
    ['about two minutes long in c# minor, 100-110bpm', 1, 1.1, 'about two minutes long in d minor, 110-121bpm'],
    ['Chords Am, F#m7, Bb/D and G.', 1, 1, 'Chords Bbm, Gm7, B/Eb and Ab.'],
    ['The chord progression C–G–Am–F in C.', 2, 1, 'The chord progression D–A–Bm–G in D.'],
    [
      'Starts in A minor and moves to B♭ major; ii-V-I in C major',
      -2,
      1,
      'Starts in G minor and moves to A♭ major; ii-V-I in Bb major',
    ],
    ['An A minor ballad, an 84 BPM groove.', 2, 1.05, 'A B minor ballad, an 88 BPM groove.'],
    ['A D major march.', -3, 1, 'A B major march.'],
    ['A D major march.', 2, 1, 'An E major march.'],
    ['Not in C major.', 1, 1, 'Not in Db major.'],
    ['In C major, and it ends on an E major chord.', 1, 1, 'In Db major, and it ends on an F major chord.'],
    ['A minor detail of a piece in F-sharp minor.', 2, 1, 'A minor detail of a piece in G-sharp minor.'],
    ['Harpsichord in D minor, 84 BPM: the left hand.', 1, 1.1, 'Harpsichord in Eb minor, 92 BPM: the left hand.'],
    ['A jig at 100 dotted-quarter beats per minute.', 0, 1.1, 'A jig at 110 dotted-quarter beats per minute.'],
    ['A tune in D dorian.', -2, 1, 'A tune in C dorian.'],
  ])('%j, %i semitones and %f times as fast, says so', (caption, semitones, tempo, expected) => {
    expect(moved(caption, semitones, tempo)).toBe(expected);
  });

  it.each([
    ['Played by a B-flat clarinet, in a minor key, with a 4/4 beat.', 3],
    ['A piece after "Symphony in C major".', 3],
    ['The progression I–V–vi–IV.', 5],
    ['In G major.', 12],
    ['Ein Stück in C-Dur.', 0],
  ])('%j stays as it is where it states nothing of what changed', (caption, semitones) => {
    expect(moved(caption, semitones)).toBe(caption);
  });

  it('is none where its words cannot say the new tempo', () => {
    expect(moved('eighty-four beats per minute', 0, 1.1)).toBeUndefined();
    expect(moved('In C major at 390 BPM.', 0, 1.1)).toBeUndefined();
  });

  it.each([
    ['The accordion races through D hijaz.', false],
    ['In C major, over a drone on G.', false],
    ['In C major. A tune for B-flat clarinet and E-piano; a trumpet in Bb.', true],
    ['A tune in G major. A dance.', true],
  ])('%j is none in another key where it calls a note by its letter', (caption, isMoved) => {
    expect(moved(caption, 2) !== undefined).toBe(isMoved);
  });

  it('comes back to what it stated when the music does', () => {
    const names = ['C', 'Db', 'D', 'Eb', 'E-flat', 'F#', 'F sharp', 'G', 'Ab', 'A', 'B♭', 'B'];
    const caption = fc
      .record({
        key: fc.constantFrom(...names),
        mode: fc.constantFrom('major', 'minor', 'dorian'),
        chords: fc.array(fc.constantFrom('C', 'Am', 'F#m7', 'Bb', 'Ebmaj7', 'Gsus4', 'Bdim'), {
          minLength: 2,
          maxLength: 5,
        }),
        bpm: fc.integer({ min: 40, max: 200 }),
      })
      .map(
        ({ key, mode, chords, bpm }) =>
          `A calm piano piece in ${key} ${mode} at ${bpm} BPM. The chord progression is ${chords.join(', ')}.`,
      );
    fc.assert(
      fc.property(caption, fc.integer({ min: -24, max: 24 }), (text, semitones) => {
        const there = moved(text, semitones) ?? '';
        const back = moved(there, -semitones) ?? '';
        const stated = (caption: string) => (readClaims(caption) ?? []).map(({ start: _, end: __, ...claim }) => claim);
        expect(stated(back)).toEqual(stated(text));
        expect(stated(there)).toHaveLength(stated(text).length);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/claims/claim.ts';
import { readClaims } from '../../src/claims/read-claims.ts';

const NAMES = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];

/** A claim in a few words: its value, and in front of it what is said of it. */
function inWords(claim: Claim): string {
  const marks = [claim.negated && 'no', claim.hedged && '~', claim.partly && 'part'].filter(Boolean).join(' ');
  return marks === '' ? wordsOf(claim) : `${marks} ${wordsOf(claim)}`;
}

function wordsOf(claim: Claim): string {
  switch (claim.kind) {
    case 'key':
      return `${claim.tonic === undefined ? '?' : NAMES[claim.tonic]} ${claim.mode ?? '?'}`;
    case 'tempo':
      return claim.min === claim.max ? `${claim.min} BPM` : `${claim.min}-${claim.max} BPM`;
    case 'tempo_word':
      return claim.word;
    case 'meter':
      return claim.signature ?? claim.division ?? '';
    case 'instrument':
      return claim.alone ? `only ${claim.name}` : claim.name;
    case 'duration':
      return `${claim.min} s`;
    case 'chords':
      if (claim.root !== 'C')
        return `${claim.triads.map((triad) => `${triad % 12}${triad > 11 ? 'm' : ''}`).join(' ')} of ${NAMES[claim.root ?? -1] ?? '?'}`;
      return claim.triads.map((triad) => `${NAMES[triad % 12]}${triad > 11 ? 'm' : ''}`).join(' ');
    case 'loudness':
    case 'density':
      return claim.level;
  }
}

const read = (caption: string): string[] | undefined => readClaims(caption)?.map(inWords);

describe('claims', () => {
  it.each([
    ['A slow waltz in D minor for solo piano.', ['slow', 'triple', 'D minor', 'only piano']],
    ['in C-sharp minor', ['Db minor']],
    ['E flat major, 6/8 time', ['Eb major', '6/8']],
    ['Key: F# minor. Tempo: 96', ['F# minor', '96 BPM']],
    ['the key of G', ['G ?']],
    ['a ballad in B-flat', ['Bb ?']],
    ['in a minor key', ['? minor']],
    ['A minor-key lament', ['? minor']],
    ['piano, a minor, 120 bpm', ['piano', 'A minor', '120 BPM']],
    ['D dorian', ['D dorian']],
    ['mostly in B minor', ['~ B minor']],
    ['It opens in G major and modulates to E minor', ['part G major']],
    ['not in C major', ['no C major']],
  ])('of key and mode: %s', (caption, expected) => {
    expect(read(caption)).toEqual(expected);
  });

  it.each([
    ['around 90 beats per minute', ['~ 90 BPM']],
    ['100-110 bpm', ['100-110 BPM']],
    ['between 80 and 90 BPM', ['80-90 BPM']],
    ['♩ = 72', ['72 BPM']],
    ['dotted quarter = 60', ['90 BPM']],
    ['a tempo of 128', ['128 BPM']],
    ['at a moderate tempo', ['moderate']],
    ['fast-paced and mid-tempo', ['fast', 'moderate']],
    ['Allegro', ['fast']],
    ['a very slow piece', ['very_slow']],
    ['uptempo pop', ['fast']],
  ])('of tempo: %s', (caption, expected) => {
    expect(read(caption)).toEqual(expected);
  });

  it.each([
    ['in 3/4', ['3/4']],
    ['seven-eight rhythm', ['7/8']],
    ['common time', ['4/4']],
    ['triple meter', ['triple']],
    ['a brisk march', ['fast', 'duple']],
  ])('of meter: %s', (caption, expected) => {
    expect(read(caption)).toEqual(expected);
  });

  it.each([
    ['piano, bass and drums', ['piano', 'bass', 'drums']],
    ['no drums or bass', ['no drums', 'no bass']],
    ['heavy one-drop drums and bass', ['drums', 'bass']],
    ['trombone off-beats, tuba on the beat', ['trombone', 'tuba']],
    ['piano, drop the drums', ['piano', 'no drums']],
    ['without drums, bass or strings', ['no drums', 'no bass', 'no strings']],
    ['no drums, soft piano', ['no drums', 'piano']],
    ['not only piano but also strings', ['piano', 'strings']],
    ['drumless piano music', ['no drums', 'piano']],
    ['unaccompanied cello', ['only cello']],
    ['solo violin with piano accompaniment', ['violin', 'piano']],
    ['an acoustic guitar and an electric guitar', ['acoustic guitar', 'electric guitar']],
    ['a string quartet without piano', ['strings', 'no piano']],
  ])('of instruments: %s', (caption, expected) => {
    expect(read(caption)).toEqual(expected);
  });

  it.each([
    ['It lasts about 3.5 minutes.', ['~ 210 s']],
    ['a 30-second piece', ['30 s']],
    ['2 minutes and 10 seconds long', ['130 s']],
    ['length: 3:45', ['225 s']],
    ['a two-minute piece', ['120 s']],
  ])('of length: %s', (caption, expected) => {
    expect(read(caption)).toEqual(expected);
  });

  it.each([
    ['Chords move around F#, E, Abm, B.', ['F# E Abm B']],
    ['the chord progression C–G–Am–F', ['C G Am F']],
    ['The harmony circles through Gm, Cm, Ab7, Bb6 in C minor', ['Gm Cm Ab Bb', 'C minor']],
    ['pianissimo, a sparse texture', ['soft', 'sparse']],
    ['a I–V–vi–IV progression in C major', ['0 7 9m 5 of C', 'C major']],
    ['it loops i-v-vi-iv forever', ['0 7 9m 5 of ?']],
    ['the chords i, VI, III, VII', ['0m 8 3 10 of ?']],
    ['Imaj7 - vi7 - ii7 - V7', ['0 9m 2m 7 of ?']],
  ])('of harmony and character: %s', (caption, expected) => {
    expect(read(caption)).toEqual(expected);
  });
});

describe('what is no claim', () => {
  it.each([
    'A minor setback turns into a major triumph.',
    'An arrangement of “Guitar in G Minor” by “The 3/4 Piano Band”',
    'a piano-like sound, reminiscent of a harp',
    'originally for guitar',
    'a fast arpeggio and a slow fade',
    'the bass line of the left hand',
    'drum and bass',
    'a slow, floating lead',
    '80s synth-pop vibes',
    'a vocal melody',
    'released in March, 24/7, on 1/16 notes',
    'at 1:30, after two minutes, every 30 seconds',
    'a piano roll; from piano to forte',
    'jazz, hip hop, ambient, cinematic, sad',
    'a 12-bar blues',
    'movements I – III of the suite, and I know it',
  ])('%s', (caption) => {
    expect(read(caption)).toEqual([]);
  });
});

describe('a caption in another language', () => {
  it.each([
    'Ein langsamer Walzer in d-Moll für Klavier und Geige',
    'Une valse lente en ré mineur pour le piano',
    'Un vals lento en re menor para el piano y los violines',
    'ニ短調のゆっくりしたワルツ',
    'Медленный вальс ре минор',
  ])('is not read: %s', (caption) => {
    expect(read(caption)).toBeUndefined();
  });
});

it('every claim names its words in the caption, whatever the caption is', () => {
  const pieces = fc.constantFrom(
    'in',
    'C',
    '#',
    'minor',
    '120',
    'BPM',
    '-',
    '/',
    '4',
    'no',
    'piano',
    '“',
    '”',
    '\u202e',
    '.',
    'slow',
    'and',
    ':',
  );
  const captions = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(pieces, { maxLength: 60 }).map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(captions, (caption) => {
      let before = 0;
      for (const { start, end } of readClaims(caption) ?? []) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(caption.length);
        before = start;
      }
    }),
    { numRuns: 500 },
  );
});

it('reads a caption of any length in time that grows with its length', () => {
  const caption = 'in C minor, 120 BPM, no drums or piano, “'.repeat(20_000);
  expect(readClaims(caption)?.length).toBeGreaterThan(100);
});

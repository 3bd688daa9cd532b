import { describe, expect, test } from 'vitest';
import { mostFrequentProgression } from '../../src/features/chord-progression.ts';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { chordSymbol, recognizeChords } from '../../src/features/recognize-chords.ts';
import { buildScore, chordRows, pianoScore } from './build-score.ts';

const C = [48, 60, 64, 67];
const AM = [45, 60, 64, 69];
const F = [41, 60, 65, 69];
const G = [43, 59, 62, 67];

describe('chords', () => {
  test('are one a beat, repeats merged, with their time', () => {
    const features = extractFeatures(pianoScore(...chordRows(C, C, AM, F, G)));
    expect(features).toMatchObject({
      chords: ['C', 'Am', 'F', 'G'],
      chord_seconds: [0, 1, 1.5, 2],
      n_chords_used: 4,
    });
  });

  test.each([
    ['C', [48, 64, 67]],
    ['Cm', [48, 63, 67]],
    ['Bdim', [47, 62, 65]],
    ['Caug', [48, 64, 68]],
    ['G7', [43, 59, 62, 65]],
    ['Cmaj7', [48, 64, 67, 71]],
    ['Dm7', [50, 65, 69, 72]],
    ['Bm7b5', [47, 62, 65, 69]],
    ['Bdim7', [47, 62, 65, 68]],
  ])('of the notes of %s are %s, in every inversion of pitch class and on every root', (symbol, pitches) => {
    for (let shift = 0; shift < 12; shift++) {
      const transposed = pitches.map((pitch) => pitch + shift);
      const expected = transpose(symbol, shift);
      expect(extractFeatures(pianoScore(...chordRows(transposed))).chords, expected).toEqual([expected]);
    }
  });

  test('do not change for a passing note', () => {
    const features = extractFeatures(pianoScore(...chordRows(C, C), [480, 240, 74], ...chordRows([], [], G)));
    expect(features.chords).toEqual(['C', 'G']);
  });

  test('stay through silence and single notes', () => {
    expect(extractFeatures(pianoScore(...chordRows(C, [], [62], C))).chords).toEqual(['C']);
  });

  test('of 6/8 are two a bar', () => {
    const score = buildScore({
      tracks: [{ notes: [...C.map((p) => [0, 720, p] as const), ...G.map((p) => [720, 720, p] as const)] }],
      meters: [[0, 6, 8]],
    });
    expect(extractFeatures(score)).toMatchObject({ chords: ['C', 'G'], chord_seconds: [0, 0.75] });
  });

  test('are the best of all templates: the short way through the table agrees with the long way', () => {
    const seeds = Array.from({ length: 400 }, (_, i) => i + 1);
    for (const seed of seeds) {
      const weights = Int32Array.from({ length: 12 }, (_, i) => Math.max(0, ((seed * (i + 3) * 2654435761) % 23) - 11));
      if (weights.filter((weight) => weight > 0).length < 2) continue;
      const bass = 36 + (seed % 12);
      const used = Uint16Array.of(weights.reduce((bits, weight, i) => bits | (weight > 0 ? 1 << i : 0), 0));
      const [chord = -1] = recognizeChords({ windows: 1, weights, used, bass: Uint8Array.of(bass) });
      expect(scoreOf(chord, weights, bass), `seed ${seed}`).toBeCloseTo(bestScore(weights, bass), 9);
    }
  });
});

describe('the most frequent progression', () => {
  test('is a loop of four', () => {
    const loop = chordRows(...Array.from({ length: 6 }, () => [C, G, AM, F]).flat());
    const features = extractFeatures(pianoScore(...loop));
    expect(features.chord_summary).toHaveLength(4);
    expect(features).toMatchObject({ chord_summary: ['C', 'G', 'Am', 'F'], chord_summary_count: 6 });
  });

  test('is two chords where two alternate', () => {
    expect(mostFrequentProgression(Int16Array.of(0, 7, 0, 7, 0, 7, 0, 7))).toEqual({ chords: [0, 7], count: 3 });
  });

  test('is the first two chords where none recurs or goes anywhere, and empty without chords', () => {
    expect(mostFrequentProgression(Int16Array.of(0, 7))).toEqual({ chords: [0, 7], count: 1 });
    expect(mostFrequentProgression(Int16Array.of(0, 7, 0))).toEqual({ chords: [0, 7], count: 1 });
    expect(mostFrequentProgression(new Int16Array())).toEqual({ chords: [], count: 0 });
  });

  test('of equally frequent ones is the one heard first', () => {
    expect(mostFrequentProgression(Int16Array.of(5, 7, 0, 2, 4, 9)).chords[0]).toBe(5);
  });
});

const ROOTS = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];

function transpose(symbol: string, semitones: number): string {
  const root = symbol[0] ?? '';
  return `${ROOTS[(ROOTS.indexOf(root) + semitones) % 12]}${symbol.slice(1)}`;
}

const TEMPLATES = [
  [0, 4, 7],
  [0, 3, 7],
  [0, 3, 6],
  [0, 4, 8],
  [0, 4, 7, 10],
  [0, 4, 7, 11],
  [0, 3, 7, 10],
  [0, 3, 6, 10],
  [0, 3, 6, 9],
];

/** Cosine with the binary template, 0.1 for a root in the bass, 0.1 off for a seventh; the root must sound. */
function scoreOf(chord: number, weights: Int32Array, bass: number): number {
  const intervals = TEMPLATES[Math.floor(chord / 12)] ?? [];
  const root = chord % 12;
  const norm = Math.hypot(...weights);
  const sum = intervals.reduce((total, interval) => total + (weights[(root + interval) % 12] ?? 0), 0);
  return sum / norm / Math.sqrt(intervals.length) + (root === bass % 12 ? 0.1 : 0) - (intervals.length > 3 ? 0.1 : 0);
}

function bestScore(weights: Int32Array, bass: number): number {
  const chords = Array.from({ length: TEMPLATES.length * 12 }, (_, chord) => chord);
  return Math.max(...chords.filter((chord) => (weights[chord % 12] ?? 0) > 0).map((c) => scoreOf(c, weights, bass)));
}

test('chord symbols are written as in MidiCaps', () => {
  expect([0, 1, 12 + 9, 6 * 12 + 6].map(chordSymbol)).toEqual(['C', 'C#', 'Am', 'F#m7']);
});

import { describe, expect, it } from 'vitest';
import { judged } from '../../src/claims/agreement.ts';
import type { JudgeOptions } from '../../src/claims/judgement.ts';
import { Piece } from '../../src/claims/piece.ts';
import type { PieceFacts } from '../../src/claims/piece-facts.ts';
import { readClaims } from '../../src/claims/read-claims.ts';
import { inKey, piece } from './piece.ts';

/** The verdict on the only claim of a caption, and why it is unsure where it is. */
function verdictOn(caption: string, facts: Partial<PieceFacts> = {}, options?: JudgeOptions): string {
  const { claims } = judged(caption, readClaims(caption), new Piece(piece(facts)), options);
  expect(claims).toHaveLength(1);
  const [{ verdict, reason } = { verdict: 'none', reason: undefined }] = claims;
  return reason === undefined ? verdict : `${verdict}: ${reason}`;
}

/** A minute in C major, then one in E major. */
const MODULATING = {
  chords: [...Array(5).fill(['C', 'F', 'G', 'C']).flat(), ...Array(5).fill(['E', 'A', 'B', 'E']).flat()],
  chord_seconds: Array.from({ length: 40 }, (_, index) => 3 * index),
};

describe('a key', () => {
  it.each([
    ['in C major', inKey(0, false), 'agrees'],
    ['in B-sharp major', inKey(0, false), 'agrees'],
    ['in G-flat major', inKey(6, false), 'agrees'],
    ['in the key of C', inKey(0, true), 'agrees'],
    ['in A minor', inKey(0, false), 'unsure: relative_key'],
    ['in F# major', inKey(0, false), 'contradicts'],
    ['not in C major', inKey(0, false), 'contradicts'],
    ['in a minor key', inKey(0, true), 'agrees'],
    ['starts in F# major', inKey(0, false), 'unsure: part_of_piece'],
    ['in F# major', { ...inKey(0, false), key_signatures: ['C major', 'F# major'] }, 'unsure: changes'],
    ['in F# major', { ...inKey(0, false), pitch_class_durations: new Array(12).fill(1 / 12) }, 'unsure: weak_evidence'],
    ['in D dorian', inKey(0, false), 'unsure: relative_key'],
    ['in E major', { ...inKey(0, false), ...MODULATING }, 'agrees'],
    ['in C major', { ...inKey(4, false), ...MODULATING }, 'agrees'],
    ['in Bb major', { ...inKey(0, false), ...MODULATING }, 'contradicts'],
  ] as const)('%s', (caption, facts, expected) => {
    expect(verdictOn(caption, facts)).toBe(expected);
  });
});

describe('a tempo', () => {
  it.each([
    ['100 BPM', {}, 'agrees'],
    ['around 107 BPM', {}, 'agrees'],
    ['90-110 BPM', {}, 'agrees'],
    ['50 BPM', {}, 'unsure: octave'],
    ['150 BPM', {}, 'contradicts'],
    ['150 BPM', { tempo_is_stated: false }, 'unsure: not_stated'],
    ['150 BPM', { tempo_changes: 3, tempo_bpm_max: 160 }, 'unsure: changes'],
    ['150 BPM', { timing: 'performed', tempo_bpm: 120 }, 'unsure: not_stated'],
    ['67 BPM', { time_signature: '6/8' }, 'unsure: other_beat'],
    ['a slow piece', { tempo_bpm: 150 }, 'contradicts'],
    ['a slow piece', { tempo_bpm: 150, notes_per_second: 2 }, 'unsure: octave'],
    ['a fast piece', { tempo_bpm: 60 }, 'contradicts'],
    ['a fast piece', { tempo_bpm: 140 }, 'agrees'],
  ] as const)('%s of %j', (caption, facts, expected) => {
    expect(verdictOn(caption, facts)).toBe(expected);
  });

  it('an octave off agrees where that is asked for', () => {
    expect(verdictOn('50 BPM', {}, { tempoOctaves: true })).toBe('agrees');
  });
});

describe('a meter', () => {
  it.each([
    ['in 4/4', {}, 'agrees'],
    ['in 3/4', {}, 'contradicts'],
    ['in 2/4', {}, 'unsure: same_family'],
    ['a waltz', {}, 'contradicts'],
    ['a waltz', { time_signature: '3/4', time_signatures: ['3/4'] }, 'agrees'],
    ['a march', {}, 'agrees'],
    ['in 3/4', { time_signatures: ['4/4', '3/4'] }, 'unsure: changes'],
    ['in 3/4', { time_signature_is_stated: false }, 'unsure: not_stated'],
  ] as const)('%s of %j', (caption, facts, expected) => {
    expect(verdictOn(caption, facts)).toBe(expected);
  });
});

describe('instruments', () => {
  const band = { programs: [25, 33, 128], instrument_shares: [0.6, 0.3, 0.1] };
  it.each([
    ['for piano', {}, 'agrees'],
    ['solo piano', {}, 'agrees'],
    ['solo piano', { programs: [0, 40], instrument_shares: [0.6, 0.4] }, 'contradicts'],
    ['solo piano', { programs: [0, 40], instrument_shares: [0.95, 0.05] }, 'unsure: near'],
    ['for flute', {}, 'contradicts'],
    ['acoustic guitar', band, 'agrees'],
    ['electric guitar', band, 'unsure: same_family'],
    ['no drums', band, 'contradicts'],
    ['eight bars without drums', band, 'unsure: part_of_piece'],
    ['no drums', {}, 'agrees'],
    ['with drums', {}, 'contradicts'],
  ] as const)('%s of %j', (caption, facts, expected) => {
    expect(verdictOn(caption, facts)).toBe(expected);
  });
});

describe('length, chords and character', () => {
  it.each([
    ['It lasts 2 minutes', {}, 'agrees'],
    ['It lasts 5 minutes', {}, 'contradicts'],
    ['It lasts 2:25', {}, 'unsure: near'],
    ['the chords C, G, Am, F', {}, 'agrees'],
    ['the chords F#, B, C#m', {}, 'contradicts'],
    ['a I–V–vi–IV progression', {}, 'agrees'],
    ['a vi–IV–I–V progression', inKey(9, true), 'agrees'],
    ['a ii–V–I progression', { chords: ['F#', 'B', 'F#', 'B'] }, 'contradicts'],
    ['pianissimo', { velocity_mean: 110 }, 'contradicts'],
    ['pianissimo', { velocity_mean: 110, n_velocities_used: 1 }, 'unsure: not_stated'],
    ['a sparse texture', { notes_per_second: 20 }, 'contradicts'],
  ] as const)('%s of %j', (caption, facts, expected) => {
    expect(verdictOn(caption, facts)).toBe(expected);
  });
});

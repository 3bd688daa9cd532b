import type { Claim, ClaimValue } from './claim.ts';
import { MODES } from './key-mode.ts';
import { pitchName } from './pitch-words.ts';
import type { Reading } from './reading.ts';
import { beatsIn } from './tempo-claims.ts';
import { wordSet } from './word-set.ts';

/** Words that make a number near them a count of beats. */
const COUNTS_BEATS = wordSet('bpm bpms mm beat beats tempo metronome quarter quarters crotchet crotchets dotted ♩ ♪');
/** How many words lie between. */
const REACH = 2;

/**
 * Everything that a caption calls by the name of a key, a triad or a count of beats, whatever it says of it: "moves to B♭ major", "ends on a C major
 * chord", "96 BPM:". None in titles.
 */
export function namedValues(reading: Reading): readonly Claim[] {
  const found: Claim[] = [];
  const add = (value: ClaimValue, from: number, to: number): void => {
    const [start, end] = [reading.words[from]?.start, reading.words[to]?.end];
    if (start === undefined || end === undefined) return;
    found.push(Object.assign({}, value, { start, end, negated: false, hedged: false, partly: false }));
  };
  for (let at = 0; at < reading.words.length; at++) {
    const key = keyAt(reading, at);
    if (key !== undefined) add(key.value, at, key.last);
    const beats = beatsIn(reading.at(at));
    if (beats !== undefined && countsBeats(reading, at)) add({ kind: 'tempo', min: beats, max: beats }, at, at);
  }
  return found;
}

/** "A B-flat clarinet", "an alto in E♭": what an instrument is built in. */
const BUILT_IN = wordSet(`
  clarinet clarinets trumpet trumpets horn horns sax saxophone cornet cornets alto tenor soprano baritone whistle harmonica string strings`);

/** Whether a note is called by its letter where it is no part of some claims: "races through D hijaz", "a drone on G". */
export function namesOtherPitches(reading: Reading, known: readonly Claim[]): boolean {
  return reading.words.some(({ raw, start }, at) => {
    const pitch = /^[A-G]/.test(raw) ? pitchName(reading, at) : undefined;
    if (pitch === undefined || known.some((claim) => start >= claim.start && start < claim.end)) return false;
    const isBare = pitch.next === at + 1 && raw.length === 1;
    const isArticle = isBare && raw === 'A' && (reading.isFirstOfSentence(at) || /^\p{L}/u.test(reading.at(at + 1)));
    // "E-piano", "G-funk".
    const isCompound = isBare && reading.at(at + 1) === '-' && reading.touchesNext(at);
    return !isArticle && !isCompound && !BUILT_IN.has(reading.at(pitch.next)) && !BUILT_IN.has(reading.at(at - 2));
  });
}

function keyAt(reading: Reading, at: number): { readonly value: ClaimValue; readonly last: number } | undefined {
  const pitch = pitchName(reading, at);
  if (pitch === undefined) return undefined;
  // "a minor detail", "A major hit".
  const isBareA = reading.at(at) === 'a' && pitch.next === at + 1;
  if (isBareA && (reading.raw(at) === 'a' || reading.isFirstOfSentence(at))) return undefined;
  if (pitch.suffix.length > 2) {
    const mode = MODES.get(pitch.suffix.toLowerCase());
    return mode === undefined ? undefined : { value: { kind: 'key', tonic: pitch.pitch, mode }, last: pitch.next - 1 };
  }
  const last = reading.at(pitch.next) === '-' ? pitch.next + 1 : pitch.next;
  const mode = reading.at(last).length > 2 ? MODES.get(reading.at(last)) : undefined;
  return mode === undefined ? undefined : { value: { kind: 'key', tonic: pitch.pitch, mode }, last };
}

function countsBeats(reading: Reading, at: number): boolean {
  if (reading.at(at).endsWith('bpm')) return true;
  for (let near = at - 1 - REACH; near <= at + 1 + REACH; near++) if (COUNTS_BEATS.has(reading.at(near))) return true;
  return false;
}

import { MODE_NOUNS } from './key-mode.ts';
import type { Reading } from './reading.ts';
import { wordSet } from './word-set.ts';

/** "C minor chords", "an A minor seventh": harmony, not the key. */
export const CHORD_NOUNS = new Set([
  'chord',
  'chords',
  'triad',
  'triads',
  'arpeggio',
  'arpeggios',
  'seventh',
  'sevenths',
  '7',
  '7th',
  'ninth',
  '9',
  'sixth',
  '6',
  'add',
  'sus',
]);

const ENDS = new Set([
  '',
  '.',
  ',',
  ';',
  ')',
  ']',
  '!',
  '?',
  '…',
  'and',
  'at',
  'with',
  'in',
  'for',
  'around',
  '/',
  '|',
  '-',
  '–',
  '—',
  'key',
  'tonality',
  'scale',
  'throughout',
  'to',
  'then',
  'before',
  'is',
  'was',
  'has',
  'suits',
  'gives',
  'lends',
  'while',
  'or',
]);

/** "120 bpm, D, 4/4": a letter among other tags. */
export function isLetterItem(reading: Reading, at: number, end: number): boolean {
  if (!/^(?:[A-G]|[a-g]b$)/.test(reading.raw(at)) || !reading.isItem(at, end)) return false;
  if (reading.isBreak(at) && reading.isBreak(end) && reading.raw(at).length === 1 && end === at + 1) return false;
  // "A, B and C" are parts, and "C, F, G" are chords.
  const near = [...reading.words.slice(Math.max(0, at - 4), at), ...reading.words.slice(end, end + 4)];
  return !near.some(({ raw }) => /^[A-G](?:b|♭)?m?\d?$/.test(raw)) && !followsChordWord(reading, at);
}

const RELATED = wordSet('relative parallel dominant subdominant tonic');

/** "keeps to D minor" is of the piece, "wanders off to D minor" of a part of it. */
const KEEPS_TO = wordSet(
  'keeps keep keeping kept sticks stick holds belongs set tuned confined restricted true close transposed',
);

/** "the relative minor of F major": another key than that of the piece. */
export function isRelated(reading: Reading, at: number): boolean {
  if (reading.at(at - 1) === 'to') return !KEEPS_TO.has(reading.at(at - 2));
  return reading.at(at - 1) === 'of' && (RELATED.has(reading.at(at - 2)) || RELATED.has(reading.at(at - 3)));
}

/** After "in C" and the like these end the name of a key. */
export const BARE_ENDS = new Set(['', ',', '.', ';', '!', ')', '|', 'at', 'with', 'for', 'and']);

const SEPARATORS = new Set(['', ',', '/', '|', ';', '.', '-', '–', '—', ':', '(', ')', '[', ']', '=', '•', '·']);

const CHORD_MOVES = new Set([
  'of',
  'circles',
  'circle',
  'cycles',
  'moves',
  'move',
  'alternates',
  'rocks',
  'between',
  'built',
  ':',
]);

const CHORD_WORDS = new Set([
  'chord',
  'chords',
  'progression',
  'harmony',
  'harmonies',
  'triads',
  'changes',
  'circles',
  'cycles',
  'bed',
  'loop',
]);

/** "in Cm, 90 BPM", "lo-fi / F#min / 64 bpm", but not "Am, F, C" nor "over Dm7". */
export function isTag(
  reading: Reading,
  at: number,
  { next, suffix }: { readonly next: number; readonly suffix: string },
): boolean {
  const before = reading.at(at - 1);
  const after = reading.at(next);
  for (let index = at - 1; index >= Math.max(0, at - 12) && reading.at(index) !== '.'; index--) {
    if (CHORD_WORDS.has(reading.at(index))) return false;
  }
  if (/^\d$/.test(after) || CHORD_NOUNS.has(after) || followsChordWord(reading, at)) return false;
  const isChord = (place: number): boolean => /^[A-G](b|♭)?(m|min|maj|dim|aug)?$/.test(reading.raw(place));
  if (SEPARATORS.has(before) && before !== '' && isChord(at - 2)) return false;
  if (SEPARATORS.has(after) && after !== '' && isChord(next + 1)) return false;
  if (after === 'and' && isChord(next + 1)) return false;
  if (before === 'in') return true;
  if (suffix !== 'm') return true;
  return (SEPARATORS.has(before) || /^\p{L}+$/u.test(before)) && (SEPARATORS.has(after) || /^\d+/.test(after));
}

/** "key of C", "key: C", "tonality of C", "the key is C". */
const TO_KEY = wordSet('- of is : = in the to centre center signature must should be this piece song track " (');

export function saysKeyOf(reading: Reading, at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 6); index--) {
    const text = reading.at(index);
    if (['key', 'keys', 'keyed', 'tonality', 'tonic', 'root', 'tonal'].includes(text)) return true;
    if (text === 'rooted' || text === 'grounded')
      return BARE_ENDS.has(reading.at(at + 1)) || reading.at(at + 1) === '-';
    if (!TO_KEY.has(text)) return false;
  }
  return false;
}

/** "the chords C major, G major and A minor": a list of chords. */
export function followsChordWord(reading: Reading, at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 8); index--) {
    const text = reading.at(index);
    // "the harmony centers on G minor" is of the key, "harmonies of G minor and D" are chords.
    if (text.startsWith('harmon') && !CHORD_MOVES.has(reading.at(index + 1))) return false;
    if (['chord', 'chords', 'progression', 'progressions', 'harmony', 'harmonies', 'triads'].includes(text)) {
      // "a chord progression in C major" names the key.
      return reading.at(at - 1) !== 'in' && reading.at(at - 1) !== 'of' ? true : reading.at(at - 1) === 'of';
    }
    if (['.', ';', 'key', 'in'].includes(text)) return false;
  }
  return false;
}

/** Whether "a" or "A" before "minor" and "major" is the article: "a major hit", "A minor detail". */
export function isArticle(reading: Reading, at: number, end: number, inKeyOf: boolean): boolean {
  if (inKeyOf) return false;
  const isCapital = reading.raw(at) === 'A';
  if (isCapital && !reading.isFirstOfSentence(at)) return false;
  const after = reading.at(end) === '-' ? reading.at(end + 1) : reading.at(end);
  if (MODE_NOUNS.has(after)) return true;
  return !ENDS.has(after);
}

import type { Mode } from './claim.ts';
import { beginsPitch, pitchName } from './pitch-words.ts';
import type { Reading } from './reading.ts';
import { WORD_KIND } from './word-kind.ts';
import { wordSet } from './word-set.ts';

/** What modes are called. */
export const MODES: ReadonlyMap<string, Mode> = new Map([
  ['major', 'major'],
  ['maj', 'major'],
  ['ionian', 'major'],
  ['minor', 'minor'],
  ['min', 'minor'],
  ['m', 'minor'],
  ['aeolian', 'minor'],
  ['dorian', 'dorian'],
  ['phrygian', 'phrygian'],
  ['lydian', 'lydian'],
  ['mixolydian', 'mixolydian'],
  ['locrian', 'locrian'],
]);
const MODE_NOUNS = new Set(['key', 'keys', 'mode', 'tonality', 'scale', 'keyed']);
/** "C minor chords", "an A minor seventh": harmony, not the key. */
const CHORD_NOUNS = new Set([
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

const CAMELOT = /^(?:[1-9]|1[0-2])$/;
/** Pitch classes of 1B to 12B of the Camelot wheel; the minor keys beside them are three semitones lower. */
const WHEEL: readonly number[] = [11, 6, 1, 8, 3, 10, 5, 0, 7, 2, 9, 4];

export function beginsKey(raw: string, text: string): boolean {
  if (CAMELOT.test(text)) return true;
  return text === 'minor' || text === 'major' || beginsPitch(raw);
}

/** Reads keys and modes: "C-sharp minor", "the key of D", "in a minor key", "D dorian". */
export function readKeys(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    if (!reading.is(at, WORD_KIND.key) || reading.isTaken(at)) continue;
    const end = readModeAlone(reading, at) ?? readCamelot(reading, at) ?? readKeyAt(reading, at);
    if (end !== undefined) at = end - 1;
  }
}

/** "Key: 8A", "camelot 8A". */
function readCamelot(reading: Reading, at: number): number | undefined {
  if (!CAMELOT.test(reading.at(at)) || !reading.touchesNext(at)) return undefined;
  const side = reading.at(at + 1);
  if (side !== 'a' && side !== 'b') return undefined;
  const isItem = isEdge(reading, at - 1, at) && isEdge(reading, at + 2, at + 2) && /^[AB]$/.test(reading.raw(at + 1));
  const isNamed = [at - 1, at - 2, at + 2, at + 3].some((index) =>
    ['camelot', 'initialkey'].includes(reading.at(index)),
  );
  const isKey =
    reading.at(at - 1) === 'key' || ([':', '='].includes(reading.at(at - 1)) && reading.at(at - 2) === 'key');
  if (!isNamed && !isKey && !isItem) return undefined;
  const major = WHEEL[Number(reading.at(at)) - 1] ?? 0;
  const value =
    side === 'b' ? { tonic: major, mode: 'major' as const } : { tonic: (major + 9) % 12, mode: 'minor' as const };
  reading.add({ kind: 'key', ...value }, at, at + 2);
  return at + 2;
}

function isEdge(reading: Reading, mark: number, start: number): boolean {
  return reading.at(mark) === ',' || reading.isBreak(start);
}

const NOT_KEYS = wordSet(
  'player players moment moments role figure element ingredient track point factor feature scene to issue',
);

/** "in a minor key", "minor-key", "major tonality". */
function readModeAlone(reading: Reading, at: number): number | undefined {
  const mode = reading.at(at);
  if (mode !== 'minor' && mode !== 'major') return undefined;
  if (isModeItem(reading, at)) {
    reading.add({ kind: 'key', tonic: undefined, mode }, at, at + 1);
    return at + 1;
  }
  const noun = reading.at(at + 1) === '-' ? at + 2 : at + 1;
  if (!MODE_NOUNS.has(reading.at(noun)) || reading.at(noun) === 'scale') return undefined;
  // "a major key player".
  if (reading.at(noun) === 'key' && NOT_KEYS.has(reading.at(noun + 1))) return undefined;
  const before = at - 1;
  // "D minor key" names its tonic, "a minor key" does not.
  const isHash = reading.at(before) === '#' && reading.touchesNext(before) && !reading.touchesNext(before - 1);
  const named = reading.at(before) !== 'a' && !isHash && pitchBefore(reading, before);
  if (named) return undefined;
  if (reading.at(before) === 'a' && reading.raw(before) === 'A' && !reading.isFirstOfSentence(before)) return undefined;
  // "the major key of C-sharp".
  const pitch = ['of', 'on'].includes(reading.at(noun + 1)) ? pitchName(reading, noun + 2) : undefined;
  const end = pitch?.suffix === '' ? pitch.next : noun + 1;
  reading.add({ kind: 'key', tonic: pitch?.suffix === '' ? pitch.pitch : undefined, mode }, at, end);
  return end;
}

/** "a tune in minor, carried by", and "minor" among tags. */
function isModeItem(reading: Reading, at: number): boolean {
  if (!reading.isBreak(at + 1) && ![',', '/'].includes(reading.at(at + 1))) return false;
  if (['in', 'mode', 'tonality'].includes(reading.at(at - 1))) return true;
  return (
    (reading.isBreak(at) || reading.at(at - 1) === ',') && !reading.isBreak(at - 1) === (reading.at(at - 1) === ',')
  );
}

function pitchBefore(reading: Reading, at: number): boolean {
  const text = reading.at(at);
  return /^[a-g](b|♭)?$/.test(text) || ['flat', 'sharp', '#', '♯', '♭'].includes(text);
}

function readKeyAt(reading: Reading, at: number): number | undefined {
  const pitch = pitchName(reading, at);
  if (pitch === undefined) return undefined;
  if (isRelated(reading, at)) return undefined;
  const inKeyOf = saysKeyOf(reading, at);
  if (pitch.suffix !== '') {
    // "Am" alone is a chord unless the caption says that it is a key, or it stands in a list of tags.
    if (!inKeyOf && !isTag(reading, at, pitch)) return undefined;
    const mode = pitch.suffix === 'm' || pitch.suffix.startsWith('min') ? 'minor' : 'major';
    reading.add({ kind: 'key', tonic: pitch.pitch, mode }, at, pitch.next);
    return pitch.next;
  }
  const { mode, end } = modeAfter(reading, pitch.next);
  if (mode === undefined) {
    if (isLetterItem(reading, at, pitch.next)) {
      reading.add({ kind: 'key', tonic: pitch.pitch, mode: undefined }, at, pitch.next);
      return pitch.next;
    }
    // "in B-flat", "in F#": a sign tells the note from a word.
    const isSigned = pitch.next > at + 1 && reading.at(at - 1) === 'in' && !followsChordWord(reading, at);
    const isPlain =
      reading.at(at - 1) === 'in' && BARE_ENDS.has(reading.at(pitch.next)) && !followsChordWord(reading, at);
    if (!(inKeyOf || isSigned || isPlain) || !/^[A-G]/.test(reading.raw(at))) return undefined;
    reading.add({ kind: 'key', tonic: pitch.pitch, mode: undefined }, at, pitch.next);
    return pitch.next;
  }
  if (CHORD_NOUNS.has(reading.at(end)) || followsChordWord(reading, at)) return undefined;
  if (reading.at(at) === 'a' && pitch.next === at + 1 && isArticle(reading, at, end, inKeyOf)) return undefined;
  reading.add({ kind: 'key', tonic: pitch.pitch, mode }, at, end);
  return end;
}

/** "120 bpm, D, 4/4": a letter among other tags. */
function isLetterItem(reading: Reading, at: number, end: number): boolean {
  if (!/^(?:[A-G]|[a-g]b$)/.test(reading.raw(at)) || !isEdge(reading, at - 1, at) || !isEdge(reading, end, end))
    return false;
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
function isRelated(reading: Reading, at: number): boolean {
  if (reading.at(at - 1) === 'to') return !KEEPS_TO.has(reading.at(at - 2));
  return reading.at(at - 1) === 'of' && (RELATED.has(reading.at(at - 2)) || RELATED.has(reading.at(at - 3)));
}

/** After "in C" and the like these end the name of a key. */
const BARE_ENDS = new Set(['', ',', '.', ';', '!', ')', '|', 'at', 'with', 'for', 'and']);

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
function isTag(
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

function saysKeyOf(reading: Reading, at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 6); index--) {
    const text = reading.at(index);
    if (['key', 'keys', 'keyed', 'tonality', 'tonic', 'root', 'tonal'].includes(text)) return true;
    if (text === 'rooted' || text === 'grounded')
      return BARE_ENDS.has(reading.at(at + 1)) || reading.at(at + 1) === '-';
    if (!TO_KEY.has(text)) return false;
  }
  return false;
}

function modeAfter(reading: Reading, at: number): { readonly mode: Mode | undefined; readonly end: number } {
  let index = ['-', ':', '(', '/'].includes(reading.at(at)) ? at + 1 : at;
  if (MODE_LINKS.has(reading.at(index))) return modeApart(reading, at);
  if (['natural', 'harmonic', 'melodic'].includes(reading.at(index))) index++;
  const text = reading.at(index);
  // "C M" and "F m" are abbreviations too rare and too easily misread; only the glued "Fm" counts.
  const mode = text.length < 3 ? undefined : MODES.get(text);
  return { mode, end: mode === undefined ? at : index + 1 };
}

const MODE_LINKS = wordSet(', ; . and mode');
const BETWEEN_MODES = wordSet(', ; . and the in its a mode scale quality is : = of');

/** "D, in the minor mode", "tonic: d. mode: minor", "D-flat and the mode is major". */
function modeApart(reading: Reading, at: number): { readonly mode: Mode | undefined; readonly end: number } {
  let isNamed = saysTonic(reading, at);
  let index = at;
  for (; index < at + 6 && BETWEEN_MODES.has(reading.at(index)); index++)
    if (MODE_NOUNS.has(reading.at(index)) || reading.at(index) === 'quality') isNamed = true;
  const mode = reading.at(index).length < 3 ? undefined : MODES.get(reading.at(index));
  const isAfter = MODE_NOUNS.has(reading.at(index + 1));
  if (mode === undefined || !(isNamed || isAfter)) return { mode: undefined, end: at };
  return { mode, end: isAfter ? index + 2 : index + 1 };
}

function saysTonic(reading: Reading, at: number): boolean {
  for (let index = at - 1; index >= at - 5; index--) if (reading.at(index) === 'tonic') return true;
  return false;
}

/** "the chords C major, G major and A minor": a list of chords. */
function followsChordWord(reading: Reading, at: number): boolean {
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
function isArticle(reading: Reading, at: number, end: number, inKeyOf: boolean): boolean {
  if (inKeyOf) return false;
  const isCapital = reading.raw(at) === 'A';
  if (isCapital && !reading.isFirstOfSentence(at)) return false;
  const after = reading.at(end) === '-' ? reading.at(end + 1) : reading.at(end);
  if (MODE_NOUNS.has(after)) return true;
  return !ENDS.has(after);
}

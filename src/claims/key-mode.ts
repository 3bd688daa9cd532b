import type { Mode } from './claim.ts';
import { pitchName } from './pitch-words.ts';
import type { Reading } from './reading.ts';
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

export const MODE_NOUNS = new Set(['key', 'keys', 'mode', 'tonality', 'scale', 'keyed']);

const NOT_KEYS = wordSet(
  'player players moment moments role figure element ingredient track point factor feature scene to issue',
);

/** "in a minor key", "minor-key", "major tonality". */
export function readModeAlone(reading: Reading, at: number): number | undefined {
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

export function modeAfter(reading: Reading, at: number): { readonly mode: Mode | undefined; readonly end: number } {
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

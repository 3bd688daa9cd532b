import { CAMELOT, readCamelot } from './camelot-key.ts';
import { isForeignMode, readForeignKey } from './foreign-key.ts';
import { modeAfter, readModeAlone } from './key-mode.ts';
import {
  BARE_ENDS,
  CHORD_NOUNS,
  followsChordWord,
  isArticle,
  isLetterItem,
  isRelated,
  isTag,
  saysKeyOf,
} from './key-standing.ts';
import { beginsPitch, pitchName } from './pitch-words.ts';
import type { Reading } from './reading.ts';
import { WORD_KIND } from './word-kind.ts';

export function beginsKey(raw: string, text: string): boolean {
  if (CAMELOT.test(text)) return true;
  return text === 'minor' || text === 'major' || isForeignMode(text) || beginsPitch(raw);
}

/** Reads keys and modes: "C-sharp minor", "the key of D", "in a minor key", "D dorian". */
export function readKeys(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    if (!reading.is(at, WORD_KIND.key) || reading.isTaken(at)) continue;
    const end =
      readForeignKey(reading, at) ?? readModeAlone(reading, at) ?? readCamelot(reading, at) ?? readKeyAt(reading, at);
    if (end !== undefined) at = end - 1;
  }
}

function readKeyAt(reading: Reading, at: number): number | undefined {
  const pitch = pitchName(reading, at);
  if (pitch === undefined) return undefined;
  const { mode, end } = pitch.suffix === '' ? modeAfter(reading, pitch.next) : { mode: undefined, end: pitch.next };
  // Nearly every "a" is the article: a small letter names a key only with its mode.
  if (mode === undefined && pitch.suffix === '' && /^[a-g]$/.test(reading.raw(at))) return undefined;
  if (isRelated(reading, at)) return undefined;
  const inKeyOf = saysKeyOf(reading, at);
  if (pitch.suffix !== '') {
    // "Am" alone is a chord unless the caption says that it is a key, or it stands in a list of tags.
    if (!inKeyOf && !isTag(reading, at, pitch)) return undefined;
    const ownMode = pitch.suffix === 'm' || pitch.suffix.startsWith('min') ? 'minor' : 'major';
    reading.add({ kind: 'key', tonic: pitch.pitch, mode: ownMode }, at, pitch.next);
    return pitch.next;
  }
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

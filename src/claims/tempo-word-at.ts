import type { TempoWord } from './claim.ts';
import type { Reading } from './reading.ts';
import { TEMPO_WORDS, type TempoEntry, type TempoUse, WEAKENED } from './tempo-word-lexicon.ts';
import { wordSet } from './word-set.ts';

export interface Found {
  readonly word: TempoWord;
  readonly use: TempoUse;
  readonly from: number;
  readonly to: number;
}

const BEFORE_TEMPO: ReadonlyMap<string, TempoWord> = new Map([
  ['mid', 'moderate'],
  ['up', 'fast'],
  ['down', 'slow'],
]);

/** "moderately slow" is between slow and moderate. */
const GRADED: ReadonlyMap<string, TempoEntry> = new Map([
  ['slow', { word: 'calm', use: 'plain' }],
  ['fast', { word: 'lively', use: 'plain' }],
  ['quick', { word: 'lively', use: 'plain' }],
  ['brisk', { word: 'lively', use: 'plain' }],
]);

/** "fairly slow", "moderately fast". */
const GRADES = wordSet('moderately fairly rather relatively reasonably somewhat bit little comparatively');

const STRONG = wordSet('very extremely really super so quite pretty incredibly terribly ever');

const JOINED = wordSet('mid up down walking moderately');

export function beginsTempoWord(text: string): boolean {
  return TEMPO_WORDS.has(text) || JOINED.has(text);
}

export function wordAt(reading: Reading, at: number): Found | undefined {
  const text = reading.at(at);
  const between = betweenAt(reading, at);
  if (between !== undefined) return between;
  const joined = joinedAt(reading, at);
  if (joined !== undefined) return joined;
  if (text === 'moderately') {
    const next = reading.at(at + 1) === '-' ? at + 2 : at + 1;
    return ['paced', 'moving'].includes(reading.at(next))
      ? { word: 'moderate', use: 'sure', from: at, to: next + 1 }
      : undefined;
  }
  const entry = TEMPO_WORDS.get(text);
  if (entry === undefined) return undefined;
  const before = reading.at(at - 1) === '-' ? reading.at(at - 2) : reading.at(at - 1);
  const graded = GRADES.has(before) ? GRADED.get(text) : undefined;
  if (graded !== undefined) return { word: graded.word, use: graded.use, from: at - 1, to: at + 1 };
  if (WEAKENED.has(before) || ['enough', 'er'].includes(reading.at(at + 1))) return undefined;
  if (STRONG.has(before)) {
    const stronger = entry.word === 'slow' ? 'very_slow' : entry.word === 'fast' ? 'very_fast' : entry.word;
    const word = ['very', 'extremely', 'super'].includes(before) ? stronger : entry.word;
    return { word, use: entry.use, from: at - 1, to: at + 1 };
  }
  return { word: entry.word, use: entry.use, from: at, to: at + 1 };
}

/** "neither slow nor fast", "not too fast and not too slow": in the middle. */
function betweenAt(reading: Reading, at: number): Found | undefined {
  const word = (index: number): TempoWord | undefined => TEMPO_WORDS.get(reading.at(index))?.word;
  const isNeither = reading.at(at - 1) === 'neither' && reading.at(at + 1) === 'nor';
  const isNot = (index: number): boolean =>
    reading.at(index) === 'not' && ['too', 'that', 'very'].includes(reading.at(index + 1));
  const from = isNeither ? at - 1 : isNot(at - 2) ? at - 2 : at;
  const link = [',', 'and', 'but', 'or'].includes(reading.at(at + 1)) ? at + 2 : at + 1;
  const second = isNeither ? at + 2 : isNot(link) ? link + 2 : reading.at(link) === 'too' ? link + 1 : at;
  const [one, other] = [word(at), word(second)];
  if (from === at || second === at || one === undefined || other === undefined || one === other) return undefined;
  return { word: 'moderate', use: 'sure', from, to: second + 1 };
}

/** "mid-tempo", "up tempo", "down-tempo", "medium-paced", "walking pace". */
function joinedAt(reading: Reading, at: number): Found | undefined {
  const first = reading.at(at);
  if (!JOINED.has(first)) return undefined;
  const second = reading.at(at + 1) === '-' ? at + 2 : at + 1;
  const noun = reading.at(second);
  const word = BEFORE_TEMPO.get(first);
  if (word !== undefined && noun === 'tempo') return { word, use: 'sure', from: at, to: second + 1 };
  if (first === 'mid' && ['paced', 'pace', 'speed'].includes(noun))
    return { word: 'moderate', use: 'sure', from: at, to: second + 1 };
  if (first === 'walking' && ['pace', 'tempo', 'speed'].includes(noun))
    return { word: 'walking', use: 'sure', from: at, to: second + 1 };
  return undefined;
}

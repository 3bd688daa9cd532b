import type { Reading } from './reading.ts';
import { spelledNumber } from './spelled-number.ts';
import { WORD_KIND } from './word-kind.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** Counts of beats a minute that music has. */
const [SLOWEST, FASTEST] = [20, 400];
const UNITS = new Set(['bpm', 'bpms', 'mm', 'ppm']);
/** What is counted by the minute: "84 beats per minute", "84 clicks a minute". */
const BEATS = new Set([
  'beat',
  'beats',
  'click',
  'clicks',
  'tick',
  'ticks',
  'pulse',
  'pulses',
  'quarters',
  'crotchets',
]);
const TO = new Set(['-', '–', '—', '~', 'to', 'and', '/']);
const NOTES: ReadonlyMap<string, number> = new Map([
  ['♩', 1],
  ['quarter', 1],
  ['crotchet', 1],
  ['q', 1],
  ['half', 2],
  ['minim', 2],
  ['𝅗𝅥', 2],
  ['eighth', 0.5],
  ['quaver', 0.5],
  ['♪', 0.5],
]);

/** Reads counts of beats: "90 BPM", "100-110 bpm", "a tempo of 96", "♩ = 72", "beats per minute". */
export function readTempos(reading: Reading): void {
  readSpelled(reading);
  for (let at = 0; at < reading.words.length; at++) {
    const first = bpmAt(reading, at);
    if (first === undefined || reading.isTaken(at)) continue;
    const rangeEnd = TO.has(reading.at(at + 1)) ? bpmAt(reading, at + 2) : undefined;
    const isRange =
      rangeEnd !== undefined && rangeEnd > first && (reading.at(at + 1) !== 'and' || reading.at(at - 1) === 'between');
    const last = isRange ? at + 2 : at;
    const unitEnd = unitAfter(reading, last + 1);
    const named = namesTempo(reading, at);
    if ((unitEnd === undefined && named === undefined && !isItemByKey(reading, at)) || isOtherTime(reading, at))
      continue;
    // "sits at 44.1 kHz", "this clip is 245 seconds long": a number of something else.
    const isLabelled =
      NAMES.has(reading.at(at - 1)) || [':', '='].includes(reading.at(at - 1)) || isJoined(reading, at);
    const isFollowed = !reading.isBreak(last + 1) && !reading.isTaken(last + 1);
    if (unitEnd === undefined && isFollowed && isUnit(reading, last + 1, isLabelled)) continue;
    const beat = named?.quarters ?? 1;
    reading.add(
      { kind: 'tempo', min: first * beat, max: (isRange ? rangeEnd : first) * beat },
      at,
      unitEnd ?? last + 1,
    );
    at = (unitEnd ?? last + 1) - 1;
  }
}

/** "tempo-90". */
function isJoined(reading: Reading, at: number): boolean {
  return reading.at(at - 1) === '-' && reading.touchesNext(at - 1) && NAMES.has(reading.at(at - 2));
}

/** "half-time at 57 BPM", "or double at 180". */
function isOtherTime(reading: Reading, at: number): boolean {
  for (let index = at - 1; index > at - 5 && !reading.isBreak(index + 1); index--)
    if (HALVES.has(reading.at(index)) && reading.at(at - 1) === 'at') return true;
  return false;
}

const HALVES = wordSet('half double doubletime halftime');

const AFTER_TEMPO =
  wordSet(`, ) and in for with to from at throughout on the of while which but or by as all – — - + & ? ” " beats over is it
  steady so please pls`);
const OTHER_UNITS = wordSet('/ % : hz khz s sec secs second seconds min mins minute minutes bars bits bit kbps');

/** Whether the word after a number tells what it counts. */
function isUnit(reading: Reading, at: number, isLabelled: boolean): boolean {
  const text = reading.at(at);
  return OTHER_UNITS.has(text) || !(isLabelled || AFTER_TEMPO.has(text));
}

/** "world | Em | 78": a number beside the key, in a list. */
function isItemByKey(reading: Reading, at: number): boolean {
  if (!/^\d{2,3}$/.test(reading.at(at)) || [':', '#'].includes(reading.at(at - 1))) return false;
  // "Em 72", "120 Cmaj drums".
  const isAfter = reading.isTaken(at - 1) && !OTHER_UNITS.has(reading.at(at + 1)) && !reading.at(at + 1).endsWith('s');
  const isBefore = reading.isBreak(at) && reading.isTaken(at + 1);
  if (!isAfter && !isBefore && !reading.isItem(at, at + 1)) return false;
  const value = Number(reading.at(at));
  if (value < 40 || value > 220) return false;
  if (isBefore || (reading.isTaken(at - 1) && !reading.isBreak(at))) return true;
  const isMark = (index: number): boolean => reading.has(index, ROLE.edge) || reading.at(index) === ',';
  let [before, after] = [at - 1, at + 1];
  while (isMark(before) && before > at - 4) before--;
  while (isMark(after) && after < at + 4) after++;
  return (
    reading.isTaken(before) ||
    reading.has(before, ROLE.instrument) ||
    (reading.isTaken(after) && reading.isBreak(at + 1))
  );
}

/** "eighty-four beats per minute", "a tempo of one hundred and twenty". */
function readSpelled(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    const number = spelledNumber(reading, at);
    if (number === undefined) continue;
    const { value, end } = number;
    const unitEnd = unitAfter(reading, end);
    const isTempo =
      value >= SLOWEST && value <= FASTEST && (unitEnd !== undefined || namesTempo(reading, at) !== undefined);
    if (isTempo && !['minutes', 'seconds', 'bars', 'minute'].includes(reading.at(end)))
      reading.add({ kind: 'tempo', min: value, max: value }, at, unitEnd ?? end);
    at = end - 1;
  }
}

const BPM = /^(\d{2,3}(?:\.\d+)?)(bpm)?$/;

export function isBpm(text: string): boolean {
  return BPM.test(text);
}

function bpmAt(reading: Reading, at: number): number | undefined {
  return reading.is(at, WORD_KIND.tempo) ? beatsIn(reading.at(at)) : undefined;
}

/** A count of beats that music may have, of a word such as "96" or "96bpm". */
export function beatsIn(text: string): number | undefined {
  const digits = BPM.exec(text);
  const value = Number(digits?.[1]);
  return digits !== null && value >= SLOWEST && value <= FASTEST ? value : undefined;
}

/** The end of "bpm", "beats per minute", "beats a minute", "beats/min", "to the minute", "on the metronome". */
function unitAfter(reading: Reading, at: number): number | undefined {
  if (reading.at(at) === 'ish' || reading.at(at) === 'odd') return unitAfter(reading, at + 1);
  if (reading.at(at) === 'or' && reading.at(at + 1) === 'so') return unitAfter(reading, at + 2);
  let index = reading.at(at) === '-' ? at + 1 : at;
  if (UNITS.has(reading.at(index)))
    return ['=', ':'].includes(reading.at(index + 1)) && reading.at(index + 2) !== ':' ? undefined : index + 1;
  if (reading.at(index) === 'b' && reading.at(index + 1) === '.' && reading.at(index + 2) === 'p')
    return index + (reading.at(index + 5) === '.' ? 6 : 5);
  if (['quarter', 'crotchet'].includes(reading.at(index))) index++;
  if (reading.at(index) === '-') index++;
  if (reading.at(index) === 'notes' || reading.at(index) === 'note') index++;
  if (BEATS.has(reading.at(index))) index++;
  else if (index === at) {
    const isMetronome =
      ['on', 'by'].includes(reading.at(at)) &&
      ['the', 'a', 'my'].includes(reading.at(at + 1)) &&
      reading.at(at + 2) === 'metronome';
    if (isMetronome || (reading.at(at) === 'to' && reading.at(at + 1) === 'the' && reading.at(at + 2) === 'minute'))
      return at + 3;
    if (reading.at(at) !== 'per') return undefined;
  }
  const isPer = ['per', 'a', '/', 'each', 'every', '-', 'to', 'in'].includes(reading.at(index));
  if (!isPer) return undefined;
  let minute = index + 1;
  while (['per', '-', 'the', 'a', 'every'].includes(reading.at(minute)) && minute < index + 4) minute++;
  return /^(min|mins|minute)$/.test(reading.at(minute)) ? minute + 1 : undefined;
}

const NAMES = new Set(['tempo', 'bpm', 'tbpm', 'metronome', 'pulse', 'mm', 'speed', 'clip', 'pace', 'rate']);
const BETWEEN = new Set(
  `) reads stands marks marking number figure would @ of is : = at around about approximately near nearly roughly ~ a the marked marking ( exactly set to steady
  mark reading read says said shows showed beats circa ca approx just sits hovers in on " ” range between from class rate runs stays holds keeps went going
  estimated centre center must should be this song piece track`.split(/\s+/),
);

/** "Tempo as in the edit: 82": what the sentence begins with is named. */
function isNamedFirst(reading: Reading, end: number): boolean {
  for (let at = end; at > end - 9 && at >= 0 && !reading.has(at, ROLE.edge); at--)
    if (reading.isFirstOfSentence(at))
      return reading.at(at) === 'tempo' && /^(?:as|about|like|near)$/.test(reading.at(at + 1));
  return false;
}

/** Whether the words before a number say that it is a tempo, and of which note. */
function namesTempo(reading: Reading, at: number): { readonly quarters: number } | undefined {
  const isCounted = ['=', '≈', ':', 'equals', 'at'].includes(reading.at(at - 1)) || NOTES.has(reading.at(at - 1));
  if (isCounted) {
    const isDotted = [reading.at(at - 2), reading.at(at - 3), reading.at(at - 4)].includes('dotted');
    for (const back of [1, 2, 3]) {
      if (back === 3 && reading.at(at - 2) !== 'note') break;
      const quarters = NOTES.get(reading.at(at - back));
      if (quarters === undefined || (back > 1 && reading.at(at - 1) === 'at')) continue;
      // "♪" and "♩" stand alone, "quarter" is a word with other uses.
      if (back === 1 && /^\p{L}/u.test(reading.at(at - 1))) continue;
      return { quarters: isDotted ? quarters * 1.5 : quarters };
    }
  }
  if (reading.at(at - 1) === ':' && isNamedFirst(reading, at - 2)) return { quarters: 1 };
  for (let index = at - 1; index >= Math.max(0, at - 6); index--) {
    const text = reading.at(index);
    if (NAMES.has(text)) return { quarters: 1 };
    if (text === 'minute' && reading.at(index - 1) === 'per') return { quarters: 1 };
    // "M.M. 96".
    if (
      text === 'm' &&
      (reading.at(index - 1) === 'm' || (reading.at(index - 1) === '.' && reading.at(index - 2) === 'm'))
    )
      return { quarters: 1 };
    if (text === '.' && index === at - 1 && reading.at(index - 1) === 'm') continue;
    // "the crotchet is marked at 96".
    const quarters = ['is', 'at'].includes(reading.at(at - 1)) ? NOTES.get(text) : undefined;
    if (quarters !== undefined && index < at - 1) return { quarters };
    if (text === 'beats' && [':', '='].includes(reading.at(index + 1))) return { quarters: 1 };
    const isJoint = (text === '-' && reading.touchesNext(index)) || (text === ',' && reading.isItem(at, at + 1));
    if (!isJoint && !BETWEEN.has(text) && !reading.is(index, WORD_KIND.tempoWord)) break;
  }
  return undefined;
}

import type { TempoWord } from './claim.ts';
import type { Reading } from './reading.ts';

/** Counts of beats a minute that music has. */
const [SLOWEST, FASTEST] = [20, 400];
const UNITS = new Set(['bpm', 'b.p.m', 'mm']);
const TO = new Set(['-', '–', '—', 'to', 'and', '/']);
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
  for (let at = 0; at < reading.words.length; at++) {
    const first = bpmAt(reading, at);
    if (first === undefined || reading.isTaken(at)) continue;
    const rangeEnd = TO.has(reading.at(at + 1)) ? bpmAt(reading, at + 2) : undefined;
    const isRange =
      rangeEnd !== undefined && rangeEnd > first && (reading.at(at + 1) !== 'and' || reading.at(at - 1) === 'between');
    const last = isRange ? at + 2 : at;
    const unitEnd = unitAfter(reading, last + 1);
    const named = namesTempo(reading, at);
    if (unitEnd === undefined && named === undefined) continue;
    if (unitEnd === undefined && ['/', '%', ':'].includes(reading.at(last + 1))) continue;
    const beat = named?.quarters ?? 1;
    reading.add(
      { kind: 'tempo', min: first * beat, max: (isRange ? rangeEnd : first) * beat },
      at,
      unitEnd ?? last + 1,
    );
    at = (unitEnd ?? last + 1) - 1;
  }
}

function bpmAt(reading: Reading, at: number): number | undefined {
  const text = reading.at(at);
  const digits = /^(\d{2,3}(?:\.\d+)?)(bpm)?$/.exec(text);
  const value = Number(digits?.[1]);
  return digits !== null && value >= SLOWEST && value <= FASTEST ? value : undefined;
}

/** The end of "bpm", "beats per minute", "beats a minute", "beats/min". */
function unitAfter(reading: Reading, at: number): number | undefined {
  let index = reading.at(at) === '-' ? at + 1 : at;
  if (UNITS.has(reading.at(index))) return index + 1;
  if (['quarter', 'crotchet'].includes(reading.at(index))) index++;
  if (reading.at(index) === 'notes' || reading.at(index) === 'note') index++;
  if (['beats', 'beat'].includes(reading.at(index)) || ['quarter', 'crotchet'].includes(reading.at(index - 2))) {
    const per = ['beats', 'beat'].includes(reading.at(index)) ? index + 1 : index;
    const isPer = ['per', 'a', '/', 'each', 'every', '-'].includes(reading.at(per));
    if (isPer && /^(min|mins|minute)$/.test(reading.at(per + 1))) return per + 2;
    if (isPer && reading.at(per + 1) === 'per' && reading.at(per + 3) === 'minute') return per + 4;
    if (isPer && reading.at(per) === '-' && reading.at(per + 1) === 'per') return per + 4;
  }
  return undefined;
}

/** Whether the words before a number say that it is a tempo, and of which note. */
function namesTempo(reading: Reading, at: number): { readonly quarters: number } | undefined {
  let index = at - 1;
  if (['=', '≈', ':'].includes(reading.at(index))) {
    const isDotted = [reading.at(index - 1), reading.at(index - 2), reading.at(index - 3)].includes('dotted');
    for (const back of [1, 2]) {
      const quarters = NOTES.get(reading.at(index - back));
      if (quarters !== undefined) return { quarters: isDotted ? quarters * 1.5 : quarters };
    }
  }
  for (; index >= Math.max(0, at - 4); index--) {
    const text = reading.at(index);
    if (text === 'tempo' || text === 'bpm') return { quarters: 1 };
    if (
      ![
        'of',
        'is',
        ':',
        '=',
        'at',
        'around',
        'about',
        'approximately',
        'near',
        'roughly',
        '~',
        'a',
        'the',
        'marked',
        'marking',
        '(',
        'exactly',
      ].includes(text)
    )
      break;
  }
  return undefined;
}

const WORDS: ReadonlyMap<string, TempoWord> = new Map([
  ['grave', 'very_slow'],
  ['larghissimo', 'very_slow'],
  ['largo', 'very_slow'],
  ['lento', 'slow'],
  ['larghetto', 'slow'],
  ['adagio', 'slow'],
  ['adagietto', 'slow'],
  ['andante', 'moderate'],
  ['andantino', 'moderate'],
  ['moderato', 'moderate'],
  ['allegretto', 'moderate'],
  ['allegro', 'fast'],
  ['vivace', 'fast'],
  ['presto', 'very_fast'],
  ['prestissimo', 'very_fast'],
  ['slow', 'slow'],
  ['moderate', 'moderate'],
  ['medium', 'moderate'],
  ['fast', 'fast'],
  ['quick', 'fast'],
  ['uptempo', 'fast'],
  ['midtempo', 'moderate'],
  ['brisk', 'fast'],
  ['rapid', 'fast'],
  ['slowly', 'slow'],
  ['quickly', 'fast'],
  ['briskly', 'fast'],
  ['leisurely', 'slow'],
  ['unhurried', 'slow'],
]);
/** "fast" and "slow" alone say how a piece goes only beside one of these, or before the piece itself. */
const PACE = new Set(['tempo', 'pace', 'paced', 'speed', 'beat', 'groove', 'tempos', 'bpm']);
const PIECES = new Set(
  'piece song track ballad waltz march composition tune music melody instrumental arrangement pop rock jazz blues dance polka folk number work sonata ballade lullaby hymn study etude prelude nocturne solo piano guitar one and rock electronic techno house classical ambient'.split(
    ' ',
  ),
);
const NOT_OF_THE_WHOLE = new Set(
  'build builds building burn burning fade fades attack release decay down up arpeggio arpeggios runs run passages passage notes note scales scale rise motion harmonic chords chord trill picking fingerpicking vibrato strumming figures figure'.split(
    ' ',
  ),
);
/** Words that are tempo only where "tempo", "pace" or "speed" stands beside them. */
const ONLY_WITH_PACE = new Set(['moderate', 'medium', 'rapid', 'quick', 'leisurely']);
/** Adverbs, where they say how the piece goes. */
const ADVERBS = new Set(['slowly', 'quickly', 'briskly']);
const GOES = new Set([
  'moves',
  'moving',
  'plays',
  'play',
  'playing',
  'played',
  'goes',
  'flows',
  'it',
  'unfolds',
  'proceeds',
  'runs',
]);
/** Before a word that ends its clause. */
const SAYS = new Set([
  'is',
  'are',
  'was',
  'be',
  'very',
  'quite',
  'and',
  'tempo',
  'stays',
  'remains',
  'but',
  'piano',
  'playing',
  'it',
  'feels',
  'keep',
  'make',
]);
/** Sonatas have movements called so; and "grave" and "largo" are plain words in places. */
const ITALIAN = new Set(
  'grave larghissimo largo lento larghetto adagio adagietto andante andantino moderato allegretto allegro vivace presto prestissimo'.split(
    ' ',
  ),
);

/** Reads words for the tempo: "a slow waltz", "fast-paced", "Allegro", "at a moderate tempo". */
export function readTempoWords(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    const word = wordAt(reading, at);
    if (word === undefined || reading.isTaken(at)) continue;
    const { from, to } = word;
    if (!isOfTempo(reading, at, to)) continue;
    reading.add({ kind: 'tempo_word', word: word.word }, from, to);
    at = to - 1;
  }
}

function wordAt(
  reading: Reading,
  at: number,
): { readonly word: TempoWord; readonly from: number; readonly to: number } | undefined {
  const text = reading.at(at);
  if ((text === 'mid' || text === 'up') && ['tempo', '-'].includes(reading.at(at + 1))) {
    const to = reading.at(at + 1) === '-' ? at + 3 : at + 2;
    if (reading.at(to - 1) !== 'tempo') return undefined;
    return { word: text === 'mid' ? 'moderate' : 'fast', from: at, to };
  }
  const word = WORDS.get(text);
  if (word === undefined) return undefined;
  const before = reading.at(at - 1);
  if (before === 'very' || before === 'extremely') {
    const stronger = word === 'slow' ? 'very_slow' : word === 'fast' ? 'very_fast' : word;
    return { word: stronger, from: at - 1, to: at + 1 };
  }
  // "moderately fast", "fairly slow", "not too fast": somewhere between.
  if (['moderately', 'fairly', 'rather', 'too', 'relatively', 'medium', 'mid'].includes(before)) return undefined;
  return { word, from: at, to: at + 1 };
}

function isOfTempo(reading: Reading, at: number, to: number): boolean {
  const text = reading.at(at);
  if (text === 'mid' || text === 'up' || text === 'uptempo' || text === 'midtempo') return true;
  const next = reading.at(to) === '-' ? reading.at(to + 1) : reading.at(to);
  if (NOT_OF_THE_WHOLE.has(next) || next === 'movement') return false;
  if (ADVERBS.has(text)) return GOES.has(reading.at(at - 1)) || next === 'paced';
  const before = reading.at(at - 1);
  const isTagged =
    ['', ',', '/', '|', ';', ':', '.'].includes(before) && ['', ',', '/', '|', ';', '.', '('].includes(next);
  if (isTagged) return true;
  if (next === '' && reading.words.length > to) return false;
  if (ITALIAN.has(text))
    return reading.raw(at) !== text || PACE.has(next) || ['', ',', '.', '(', 'tempo'].includes(next);
  if (['a', 'an', 'the'].includes(before)) return PACE.has(next) || namesPieceSoon(reading, to);
  if (PACE.has(next) || PACE.has(reading.at(to + 1))) return true;
  if (hasPaceBefore(reading, at)) return true;
  if (ONLY_WITH_PACE.has(text)) return PIECES.has(next);
  if (['', ',', '.', ';', '(', '/', '|'].includes(next)) return SAYS.has(before);
  return PIECES.has(next) || PIECES.has(reading.at(to + 1));
}

/** "a slow, tender piano piece", but not "a slow, floating lead". */
function namesPieceSoon(reading: Reading, from: number): boolean {
  for (let index = from; index < from + 5; index++) {
    const text = reading.at(index);
    if (PIECES.has(text)) return true;
    if (['.', ';', '', 'with', 'over', 'that', 'which'].includes(text) || NOT_OF_THE_WHOLE.has(text)) return false;
  }
  return false;
}

/** "the tempo is slow", "at a pace that is fast". */
function hasPaceBefore(reading: Reading, at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 4); index--) {
    const text = reading.at(index);
    if (text === '.' || text === ',' || text === ';') return false;
    if (PACE.has(text)) return true;
  }
  return false;
}

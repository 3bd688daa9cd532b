import { INSTRUMENTS_BY_WORD, type LexiconEntry } from './instrument-lexicon.ts';
import type { Reading } from './reading.ts';
import { WORD_KIND } from './word-kind.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

const PLAYS = wordSet('plays performs carries leads delivers presents improvises takes');

/** The word after an instrument that makes it something else: "piano roll", "bass line", "string-like", "organ point". */
const NOT_THE_INSTRUMENT = wordSet(`
  like ish roll rolls inspired esque tuner forte dynamics dynamic clef register frequencies frequency point pedal
  version covers type flavored flavoured style styled lines line notes note pattern patterns motion hand riff drop theory
  tone tones teacher lesson lessons student concerto player's vibes vibe feel feeling mood influence influences influenced friendly
  lovers lover fans players tutorial karaoke recital competition shop school exam bar bench`);
/** Of these, what still leaves the instrument where it is no vague word: "guitar riff", "a drum pattern", "piano lines". */
const STILL_THE_INSTRUMENT = wordSet(
  'lines line pattern patterns riff roll rolls notes note motion style styled type version tone tones',
);
const ROLLS = wordSet('roll rolls');
/** Words that make a vague one an instrument. */
const PLAYING = wordSet(
  'two three four section guitar solo drums piano guitars drum or nor no without synth strings electric acoustic plays playing player and , & with plus slap muted',
);
const LOUDNESS = wordSet('mezzo forte fortissimo pianissimo subito dynamics crescendo');
const ALONE_BEFORE = wordSet('solo unaccompanied only just solely purely exclusively lone solitary');
const ALONE_AFTER = wordSet('solo alone only unaccompanied');
/** "a piano solo over drums", "with a guitar solo": a passage, where others play too. */
const NOT_ALONE = wordSet('over with above featuring section break in near passage passages sections and');

export function beginsInstrument(text: string): boolean {
  return text === 'drumless' || INSTRUMENTS_BY_WORD.has(text);
}

/** Reads instruments: "solo piano", "acoustic guitar", "no drums", "only strings". */
export function readInstruments(reading: Reading): void {
  for (let at = 0; at < reading.words.length; at++) {
    if (!reading.is(at, WORD_KIND.instrument) || reading.isTaken(at)) continue;
    const entry = entryAt(reading, at);
    if (entry === undefined) continue;
    const end = at + entry.words.length;
    if (isSomethingElse(reading, entry, at, end)) {
      at = end - 1;
      continue;
    }
    const from = aloneBefore(reading, at) ?? at;
    const alone = from < at || isAloneAfter(reading, end);
    const suffix = alone && from === at && reading.at(end) === 'solo' ? 1 : 0;
    reading.add({ kind: 'instrument', name: entry.name, programs: entry.programs, alone }, from, end + suffix);
    at = end + suffix - 1;
  }
  endAloneOfLists(reading);
}

/** "drumless", and the longest name at a place. */
function entryAt(reading: Reading, at: number): LexiconEntry | undefined {
  if (reading.at(at) === 'drumless') {
    const drums = INSTRUMENTS_BY_WORD.get('drums')?.[0];
    if (drums !== undefined) {
      reading.add({ kind: 'instrument', name: drums.name, programs: drums.programs, alone: false }, at, at + 1, {
        negated: true,
      });
    }
    return undefined;
  }
  return INSTRUMENTS_BY_WORD.get(reading.at(at))?.find(({ words }) =>
    words.every((word, index) => reading.at(at + index) === word),
  );
}

/** "a lone pianist plays", "played by a guitarist", "hats off to the pianist"; others may be anybody. */
function isPlaying(reading: Reading, at: number, end: number): boolean {
  const before = reading.has(at - 1, ROLE.quality) ? at - 2 : at - 1;
  if (['the', 'our'].includes(reading.at(before)) && !/^\p{Lu}/u.test(reading.raw(end)))
    return !reading.isBreak(before) || (reading.has(end, ROLE.finite) && /[^a]s$/.test(reading.at(end)));
  if (!['a', 'an', 'one'].includes(reading.at(before))) return false;
  if (reading.at(before - 1) === 'by') return reading.has(before - 2, ROLE.played);
  if (!reading.isBreak(before)) return false;
  return PLAYS.has(reading.at(end)) || (ALONE_BEFORE.has(reading.at(at - 1)) && /[^s]s$/.test(reading.at(end)));
}

/** Of an instrument's own item: "drums: none", "piano=yes". */
function isValue(reading: Reading, at: number): boolean {
  if (!VALUES.has(reading.at(at))) return false;
  const next = reading.at(at + 1);
  return reading.isBreak(at + 1) || next === ',' || next === 'so' || ['=', ':'].includes(reading.at(at + 2));
}

const VALUES = wordSet('none no nope never absent off false 0 not n zero out without nil yes true on 1 present y');

function isSomethingElse(
  reading: Reading,
  { isVague, isPlayer, isShort, words }: LexiconEntry,
  at: number,
  end: number,
): boolean {
  // "Percussion: no percussion", "Piano: Martha": the name of an item.
  const isNamed =
    [':', '='].includes(reading.at(end)) &&
    reading.at(end + 1) !== ':' &&
    !/^(?:and|&|no|or)$/.test(reading.at(at - 1));
  if (isNamed && !isValue(reading, end + 1)) return true;
  if (isPlayer === true && !isPlaying(reading, at, end)) return true;
  if (isShort === true) return !isItem(reading, at, end);
  const after = wordAfter(reading, end);
  const before = reading.at(at - 1) === '-' ? reading.at(at - 2) : reading.at(at - 1);
  const name = words[0] ?? '';
  if (reading.isElsewhere(at)) return true;
  // "Drum roll please".
  if (name === 'drum' && after === 'roll' && reading.isBreak(at)) return true;
  // "more of a flute than anything", "sounds like a harp".
  if (reading.at(at - 2) === 'of' && reading.at(at - 3) === 'more') return true;
  if (after === 'less' || after === 'free') return true;
  if (after === 'player' || after === 'players')
    return !PLAYS.has(reading.at(end + 1)) && reading.at(end + 1) !== 'play';
  if (
    NOT_THE_INSTRUMENT.has(after) &&
    (isVague || !STILL_THE_INSTRUMENT.has(after) || (name === 'piano' && ROLLS.has(after)))
  )
    return true;
  if (
    name === 'piano' &&
    (LOUDNESS.has(before) || LOUDNESS.has(after) || (before === 'to' && reading.at(at - 2) === 'forte'))
  )
    return true;
  if (name === 'piano' && after === 'to' && reading.at(end + 1) === 'forte') return true;
  if (
    ['piano', 'string', 'guitar'].includes(name) &&
    ['trio', 'quartet', 'quintet'].includes(after) &&
    name === 'piano'
  )
    return false;
  if (isVague && !PLAYING.has(before) && !PLAYING.has(after)) return true;
  // "no strings attached".
  if (name === 'strings' && after === 'attached') return true;
  // "synth-pop", "piano rock", "drum and bass": the words of a genre.
  if (['pop', 'wave', 'rock', 'house', 'metal', 'punk'].includes(after)) return true;
  if (
    name === 'drum' &&
    after === 'and' &&
    reading.at(end + 1) === 'bass' &&
    !['guitar', 'line'].includes(reading.at(end + 2))
  )
    return true;
  if (words.length === 1 && name === 'bass' && before === 'and' && reading.at(at - 2) === 'drum') return true;
  return name === 'bass' && after === '-';
}

/** Whether it is all of an item, or the first of a value: "pno, str., ob.", "instr: cl". */
function isItem(reading: Reading, at: number, end: number): boolean {
  const isEdge = (mark: number, start: number): boolean =>
    /^(?:,|and|&|\+)$/.test(reading.at(mark)) || reading.isBreak(start);
  return (isEdge(at - 1, at) || ALONE_BEFORE.has(reading.at(at - 1))) && isEdge(end, end);
}

/** The word after a name, or the last of those that hyphens join to it: "bass-drum-like". */
function wordAfter(reading: Reading, end: number): string {
  let at = end;
  while (reading.at(at) === '-' && reading.at(at + 1) !== '' && at < end + 6) at += 2;
  return at === end ? reading.at(end) : reading.at(at - 1);
}

const SMALL = wordSet('a the for - acoustic of by on one');

function aloneBefore(reading: Reading, at: number): number | undefined {
  let index = at - 1;
  while (index >= Math.max(0, at - 3) && SMALL.has(reading.at(index))) index--;
  if (!ALONE_BEFORE.has(reading.at(index))) return undefined;
  if (['not', 'guitar', 'drum'].includes(reading.at(index - 1)) && reading.at(index - 1) === 'not') return undefined;
  // "a guitar solo for piano" is nobody's phrase; "violin solo, piano" is a list.
  return reading.at(index) === 'just' && reading.at(index + 1) === 'a' ? undefined : index;
}

function isAloneAfter(reading: Reading, end: number): boolean {
  if (!ALONE_AFTER.has(reading.at(end))) return false;
  const next = reading.at(end + 1);
  const before = reading.words.slice(Math.max(0, end - 5), end).map(({ text }) => text);
  if (
    before.some((word) => ['with', 'features', 'featuring', 'followed', 'includes', 'has'].includes(word)) &&
    reading.at(end) === 'solo'
  )
    return false;
  return !NOT_ALONE.has(next);
}

/** "only piano and strings", "solo violin with piano accompaniment": nobody there is alone. */
function endAloneOfLists(reading: Reading): void {
  const instruments = reading.claims.filter((claim) => claim.kind === 'instrument' && !claim.negated);
  if (instruments.length < 2) return;
  const names = new Set(instruments.map((claim) => (claim.kind === 'instrument' ? claim.programs.join() : '')));
  if (names.size < 2) return;
  for (const [index, claim] of reading.claims.entries()) {
    if (claim.kind === 'instrument' && claim.alone && !claim.negated)
      reading.claims[index] = { ...claim, alone: false };
  }
}

import type { Reading } from './reading.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** After these "with" is no company: "does away with", "compared with". */
const NO_COMPANY = wordSet(
  'dispense dispenses dispensing dispensed away nothing anything familiar compare compared confuse confused fine do does done along part up cluttered compatible',
);

/** What "for" may follow: "scored for", "a piece for", "just for". */
const FOR = wordSet(
  'just only calls call asks ask written scored arranged composed made intended conceived set meant music notated transcribed',
);

/** What "to" may follow: "the tune is given to the piano". */
const TO = wordSet(
  'given assigned belongs limited confined restricted reduced down left entrusted handed over set passes switches',
);

/** What "from" may follow. */
const FROM = wordSet(
  'melody line lines notes chords sound sounds comes coming come support help accompaniment comping strains tones lead color colour',
);

/** "suitable for", "available for". */
const SUITS =
  /(?:able|ible|ideal|perfect|great|good|popular|easy|hard|useful|written-out|also|best|better|tutorial|lessons?)$/;

const ADVICE = wordSet('use put play layer pair try mix blend sing loop record dub combine');

const isIt = (text: string): boolean => text === 'it' || text === 'this' || text === 'them';

const COMPANY = wordSet(`
  with featuring including plus over under above below beneath behind against around through between beside underneath atop
  alongside into onto`);

const PRAISES = wordSet('off kudos bravo props thanks applause respect cheers credit listen listening stayed');

const SOMEBODY = wordSet('i you we they he she');

export function isSurePreposition(reading: Reading, at: number, text: string, before: string): boolean {
  if (text === 'for' && reading.isTaken(at - 1)) return true;
  const isFirst = at === 0 || reading.isBreak(at) || before === ',' || before === 'and' || before === 'but';
  if ((text === 'to' || text === 'for') && PRAISES.has(before)) return true;
  // "use it under a flute solo".
  if (COMPANY.has(text)) return !NO_COMPANY.has(before) && !(isIt(before) && ADVICE.has(reading.at(at - 2)));
  switch (text) {
    case 'for':
      if (isFirst || FOR.has(before) || reading.has(at - 1, ROLE.music | ROLE.instrument | ROLE.played | ROLE.be))
        return true;
      if (['something', 'one', 'anything'].includes(before)) return true;
      return !SUITS.test(before) && !hasVerbBefore(reading, at);
    case 'on':
    case 'by':
    case 'via':
      return (
        isFirst ||
        before === 'heard' ||
        reading.has(at - 1, ROLE.played | ROLE.music | ROLE.instrument | ROLE.sounds | ROLE.adverb) ||
        isDone(before)
      );
    case 'of':
      return reading.has(at - 1, ROLE.amount) || reading.isTaken(at - 1);
    case 'to':
      return TO.has(before);
    case 'from':
      return FROM.has(before);
    case 'in':
      // "then bring in piano".
      if (before === 'bring' || before === 'brings') return true;
      return reading.has(at + 1, ROLE.determiner) && !isFirst;
    default:
      return false;
  }
}

/** "rendered on", "penned for", but not "inspired by". */
function isDone(text: string): boolean {
  return text.endsWith('ed') && !['inspired', 'based', 'suited', 'needed', 'asked', 'loved', 'reminded'].includes(text);
}

function hasVerbBefore(reading: Reading, at: number): boolean {
  for (let index = at - 1; !reading.isBreak(index + 1); index--)
    if (reading.has(index, ROLE.finite) || SOMEBODY.has(reading.at(index))) return true;
  return false;
}

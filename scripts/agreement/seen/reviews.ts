import { styleOf } from './grammar.ts';

export const REVIEWS = styleOf('reviews', [
  'I put this on expecting another {composer} imitation and got a~ {mood} {genre} gem in {key} instead.[ {^only}, ' +
    'and it never feels thin.][ At {tempo} it breathes.] {rating}.',
  "A minor quibble: the ending is abrupt. Otherwise, {justMinutes} of {mood} {lead} writing[ in {key}], and I'd take " +
    'it over {work} any day.',
  'My old {other} teacher would have loved this one. The tempo is {pacePlain}[, about {bpmUpper} by my count], the ' +
    'mood is {mood}, and <the {lead} does all the talking|the key, {key}, suits it>.',
  '"{title}" gets under your skin fast. It is a~ {minuteAdj} {genre} miniature[ in {key}][ for {instr}], and ' +
    '{artist} has a sharp ear for {mood} harmony. {rating}.',
  'Where {work} broods, this smiles. It stays in {meterTime}[ and in {key}], and the {lead} almost sounds like a~ ' +
    '{other}. A major step forward, if you ask me.',
  'Not for everyone, but {instr} in {key} gets me every time.[ It lasts {clock}; I had it on repeat for two hours.] ' +
    'Wait for the turn at {stamp}.',
  'Compared with {work}, this is the more {mood} piece. {^key}[, {bpmUpper}], and a melody your grandmother would ' +
    'hum.[ And {noDrums}, thank heavens.]',
  "I'm a sucker for a good {waltz}, and this {mood} one[, in {key},] delivers[ on nothing but {instr}]. The middle " +
    'section falls flat, though. {rating}.',
  'Honestly? The {paced} {genre} thing has been done to death since the {era} revival, but here the {lead} makes it ' +
    '{mood} again.[ All {minutes} of it.][ {^key}, of course.]',
  'A friend said it reminded him of {composer}; I hear more of a~ {other} than anything. Still: {solo}, {key}, ' +
    '[{italian}, ]and a heart as big as a house.',
  'Lovely. {^mood}, {mood2}, and over in {duration}.[ You rarely hear {key} handled so well.][ The {meter} feel is ' +
    'spot on.] Would pair well with {scene}.',
  'Three listens in, I still cannot decide if it is {mood} or just {mood2}. What I can say: it is in {key}, it goes ' +
    'at {tempoAbout}[, and it is played on {instr}]. {rating}.',
  'The key moment comes at {stamp}, when everything drops away but the {lead}.[ It is a~ {paced} piece.] ' +
    '<All in {key}|In {meterTime} throughout>, it has the long lines of {composer}.',
  "{artist} plays it {paceAdverb}, which surprised me: I'd expected {work}. {^key}[, {meter}], {mood} as anything.",
  "Bought the sheet music the same day. {^only}, {bpmUpper}[, {key}], nothing my hands can't manage... I think. " +
    'Reminds me of {scene} in 1987.',
]);

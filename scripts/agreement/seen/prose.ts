import { styleOf } from './grammar.ts';

export const PROSE = styleOf('prose', [
  'A~ {mood} {genre} piece that features {instr}[, set in {key}][ with a~ {pace} tempo]. It evokes {scene} and would ' +
    'suit {scene2}.[ The time signature is {meter}.]',
  'This {mood2} {genre} composition unfolds in {key}, its harmony built on {chords}. <At {tempo}, it feels|It feels> ' +
    '{mood} from the first bar to the last.[ It runs for about {minutes}.]',
  'A~ {paced} {genre} tune with a~ {mood}, {mood2} atmosphere. {^lead} carries the melody[, in {meterTime}]' +
    '[, and the whole piece stays in {key}].',
  '{^solo} in {key}, {mood} and {mood2}.[ The tempo sits at {tempoAbout}.] The chord progression of {chords} recurs ' +
    'throughout, giving the piece a~ {era} flavour.',
  'Set in {meterTime} and the key of {key}, this {mood} work recalls {composer} in its quieter moments.[ The {pace} ' +
    'tempo of {tempo} leaves room for every phrase.]',
  'An evocative, {mood} {waltz} for {instr}[ in {key}]. The music has the air of {scene}[ and lasts around {minutes}].',
  'The {mood} melody of this {genre} song, rendered on {instr}, moves {paceAdverb} over a bed of {chords}. A~ ' +
    '{mood2} mood prevails[ over its {minuteAdj} span][, and {key} is the home key].',
  'Over the course of {justMinutes}, this {era} miniature moves from {mood} to {mood2}.[ It is scored for {instr}.]' +
    '[ It keeps to {tempo}.][ Everything happens in {key}.]',
  'A~ {minuteAdj} {genre} piece, {mood} in character, with {instr} <in the lead|at the front>.[ It is in {key}, with ' +
    'a~ {meter} time signature.] Ideal for {scene2}.',
  'Warmth and restraint define this {genre} instrumental. It stays in {key} and moves at a~ {pace} tempo, around ' +
    '{bpmUpper}[, with {meterSpoken} giving it a clear frame].',
  'The {lead} sings like a~ {other} in this {mood} piece, which is set in {key}[ at {tempo}]. There is a~ {mood2}, ' +
    'almost {era} quality to the harmony.',
  'This is a~ {mood} piece of {genre} music. Marked {italian}, it opens quietly on {instr}, swells in the middle and ' +
    'fades away.[ The key is {key}.][ The total length is {duration}.]',
  '{^mood} and {mood2}, the song lingers in {key} with {noDrums} to disturb it.[ Its pulse of {beats} is steady.] It ' +
    'might accompany {scene}.',
  'Imagine {scene}: this {genre} piece paints it with {only}.[ It is in {key}.][ The tempo is {pacePlain}.]',
]);

import { styleOf } from './grammar.ts';

export const TAGS = styleOf('tags', [
  '{instrComma}, {keyLower}, {bpm}[, {meter}], {mood}, {genre}',
  '{genre}, {mood}, {mood2}, {paceTag}, {instrComma}[, {clock}]',
  '{bpm}, {keyShort}[, {meter}][, {durationShort}]',
  '{solo}, {mood}, {paceTag}[, {keyLower}], background music',
  'key of {keyShort}, {bpm}, {genre}, instrumental[, {noDrums}]',
  '{mood}, {genre}, {composer} style, {keyLower}[, {waltz}], {instrComma}',
  'midi, {genre}, {lead}, {meter}[, {paceTag}], {mood2}, royalty free',
  '{mood}; {mood2}; {keyLower}; {paceTag}[; {durationShort}]; loopable',
  '#{genre} #{mood} {keyShort} {bpm}[ {meter}]',
  '{only}, {italian}[, {keyLower}], {mood}, {era}',
  '{durationShort}, {instrComma}[, {bpm}], study, sleep, focus',
  '{genre} / {keyShort} / {bpm}[ / {instrComma}] / {mood}',
  '{meter} time, {keyLower}[, {noDrums}], {mood}, vintage',
  'lo-fi, {mood}, {bpm}, {paceTag}[, {keyShort}], sounds like a~ {other}, demo v2',
  '{waltz}, {lead}[, {bpm}], {mood}, {era}, dance hall',
  'tempo: {bpm}, key: {keyShort}[, sig: {meter}][, len: {clock}], mood: {mood}',
]);

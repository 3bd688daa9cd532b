import { styleOf } from './grammar.ts';

export const PROMPTS = styleOf('prompts', [
  'make me a~ {mood} {lead} piece in {keyLower}[, {bpm}][, {noDrums}]',
  'Write something {mood} for {instr}, {paceTag}[, around {minutes}]. think {composer}',
  'something like {work} but more {mood}[, {bpm}], in {keyShort}[, {instr} please]',
  'i need a~ {minuteAdj} {genre} track for {scene2}[, {only}], {paceTag}',
  'Compose a {waltz}[ in {key}], {instr}, {mood} vibes, no clichés',
  '{solo}, {mood}, {bpm}. make it sound like {scene}',
  'Generate a~ {genre} tune at {tempo} in {meter}[, key of {keyShort}]. Keep it {mood}.',
  'need: {keyShort}, {bpm}[, {meter}]. mood = {mood}. should loop well',
  'can you do {instr} playing {paceAdverb}[ in {keyLower}], kinda {mood}, for {scene2}?',
  '{genre} but {mood2}... {noDrums}[, {keyLower}], {bpm}',
  'Give me {minutes} of {mood} {genre} on {instr}[ in {key}]. Chords like {chords}.',
  "don't overthink it: {instr}, {meterTime}[, {paceTag}], {mood}, a bit {composer}",
  'background music for {scene2}, {paceTag}, {instr}, {clock} long[, {keyShort}]',
  'play it {paceAdverb}, in {keyLower}[, {only}]. i want to feel {mood}',
  'hey, {mood} {lead} thing, {bpm} or so, {meter}[, ends after {duration}]',
  'Theme for the villain. {^italian}[, {key}][, {noDrums}]. {^mood} at first, then {mood2}.',
]);

import { styleOf } from './grammar.ts';

export const TEMPLATES = styleOf('templates', [
  'This piece is in {key}[ and has a tempo of {tempo}][. The time signature is {meter}][. It is led by {lead}].',
  'Key: {keySign}. Tempo: {bpmUpper}.[ Time signature: {meter}.][ Instruments: {instrComma}.]',
  'A~ {mood} {genre} track[ with a {pacePlain} tempo] in the key of {key}[, performed on {instr}].',
  'The music is played on {instr} at {tempo}[. It lasts {duration}][. It is written in {meterTime}].',
  'Title: "{title}" / Artist: {artist} / <Key: {keySign}|Tempo: {bpmExact}>[ / Length: {clock}][ / Meter: {meter}]',
  '"{title}" by {artist} is a~ {mood} piece in {key}[ with {meter} meter][. Its duration is {duration}].',
  'The track features {instr}. The tempo is {pacePlain}[, at {bpmUpper}][, and the key is {key}].',
  'Duration: {clock}; tempo: {bpmExact}[; key: {keySign}][; meter: {meter}].',
  'Generated description: {mood}, {mood2}. The tonality is {key}[; the pulse is {beats}][; there are {noDrums}].',
  'This MIDI file contains {instr}[ and runs for {duration}][. The global tempo is {bpmUpper}][. It is in {key}].',
  'Style: {genre}. Mood: {mood}. Instrumentation: {only}.[ Tempo marking: {italian}.][ Key: {keySign}.]',
  'The song has {meter} as its time signature and {key} as its key[, with an overall length of {seconds}].',
  'A~ {minuteAdj} {genre} composition in {meterTime}[, <at {tempo}|in {key}>]. Mood tags are {mood} and {mood2}.',
  'With a tempo of {bpmExact} and a length of {clock}, the composition evokes {scene}.[ The key is {key}.]',
  'Detected chords: {chords}. Detected key: {keySign}.[ Detected meter: {meter}.][ Detected tempo: {quarter}.]',
]);

import type { Stated } from '../style.ts';
import { clock, durationBeforeNoun, exactDuration, roundDuration } from './facts/duration-spelling.ts';
import { camelotCode, keyInProse, keyInShort } from './facts/key-spelling.ts';
import { meterInProse } from './facts/meter-spelling.ts';
import { numberInWords } from './facts/number-in-words.ts';
import { tempoWords } from './facts/tempo-words.ts';
import { pick } from './pick.ts';
import type { Slot } from './slot.ts';

const units = ['BPM', 'bpm', 'bpm', 'beats per minute'];
const hedges = ['around', 'about', 'roughly', 'approximately', 'circa', 'something like', 'somewhere around'];

/**
 * Key, tempo, meter and duration. The names in small letters state what they say; those with a capital are bare text,
 * to stand in words that state it.
 */
export const factSlots: Readonly<Record<string, Slot>> = {
  key: stating('key', keyInProse),
  Key: keyInProse,
  KeyShort: keyInShort,
  KeyJoined: ({ tonic, mode }) => `${tonic.replace('#', 'sharp').replace(/b$/, 'flat')}${mode}`,
  /** A major key by its tonic alone, as in "the key of G". */
  TonicOfMajor: ({ tonic, mode }) => (mode === 'major' ? tonic : undefined),
  Tonic: ({ tonic }) => tonic,
  Mode: ({ mode }) => mode,
  Camelot: (piece) => camelotCode(piece),

  bpm: stating('tempo', ({ bpm }, random) => `${Math.round(bpm)} ${pick(units, random)}`),
  'bpm in words': stating('tempo', ({ bpm }) => `${numberInWords(Math.round(bpm))} beats per minute`),
  'bpm about': stating('tempo', ({ bpm }, random) => {
    const number = random() < 0.4 ? Math.round(bpm) : Math.round(bpm / 5) * 5;
    return Math.abs(number - bpm) > 2 ? undefined : `${pick(hedges, random)} ${number} ${pick(units, random)}`;
  }),
  'bpm range': stating('tempo', ({ bpm }, random) => {
    const low = Math.round(bpm) - 1 - Math.floor(random() * 3);
    const high = Math.round(bpm) + 1 + Math.floor(random() * 3);
    const range = pick([`between ${low} and ${high}`, `${low}-${high}`, `${low} to ${high}`, `${low}–${high}`], random);
    return `${range} ${pick(['BPM', 'bpm'], random)}`;
  }),
  Bpm: ({ bpm }) => String(Math.round(bpm)),
  /** For signs that name the note: in compound meters people differ over which note the beat is. */
  BpmOfQuarter: ({ bpm, meter }) => (meter.endsWith('/4') ? String(Math.round(bpm)) : undefined),

  pace: stating('tempo_word', (piece, random) => pick(tempoWords(piece, 'adjective'), random)),
  /** Before or after the word "tempo". */
  'pace of': stating('tempo_word', (piece, random) => pick(tempoWords(piece, 'of tempo'), random)),
  'pace joined': stating('tempo_word', (piece, random) =>
    pick(tempoWords(piece, 'adjective'), random)?.replace(/[ -]/g, ''),
  ),
  italian: stating('tempo_word', (piece, random) => pick(tempoWords(piece, 'italian'), random)),
  'italian small': stating('tempo_word', (piece, random) => pick(tempoWords(piece, 'italian'), random)?.toLowerCase()),
  adverb: stating('tempo_word', (piece, random) => pick(tempoWords(piece, 'adverb'), random)),

  meter: stating('meter', ({ meter }, random) => meterInProse(meter, random)),
  'meter bare': stating('meter', ({ meter }) => meter),
  Meter: ({ meter }) => meter,
  MeterJoined: ({ meter }, random) => meter.replace('/', pick(['-', '_', ''], random) ?? ''),

  long: stating('duration', ({ seconds }, random) =>
    random() < 0.5
      ? exactDuration(seconds, random)
      : (roundDuration(seconds, random) ?? exactDuration(seconds, random)),
  ),
  'long about': stating('duration', ({ seconds }, random) => roundDuration(seconds, random)),
  'long exactly': stating('duration', ({ seconds }, random) => exactDuration(seconds, random)),
  'long before noun': stating('duration', ({ seconds }, random) => durationBeforeNoun(seconds, random)),
  clock: stating('duration', ({ seconds }) => clock(seconds)),
  Clock: ({ seconds }) => clock(seconds),
  Seconds: ({ seconds }) => String(Math.round(seconds)),
  Compact: ({ seconds }) => {
    const whole = Math.round(seconds);
    return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m${String(whole % 60).padStart(2, '0')}s`;
  },
};

function stating(states: Stated['kind'], text: (...of: Parameters<Slot>) => string | undefined): Slot {
  return (piece, random, said) => {
    const words = text(piece, random, said);
    return words === undefined ? undefined : [{ text: words, states }];
  };
}

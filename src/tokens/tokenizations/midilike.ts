import { BeatTicks } from '../decode/beat-ticks.ts';
import { midiLikeDecoder } from '../decode/plain-decoder.ts';
import type { TokenMeaning } from '../decode/token-meanings.ts';
import {
  CONTROL,
  KEY_SIGNATURE,
  KINDS,
  NOTE_OFF,
  PEDAL,
  PITCH_BEND,
  TEMPO,
  TIME_SIGNATURE,
} from '../encode/event-table.ts';
import { additionalBlocks, tokenBlocks } from '../token-blocks.ts';
import { timeShiftEncoder } from './time-shifts.ts';
import { type MidiTokTokenization, usualCut } from './tokenization.ts';

/** MIDI-Like (Oore et al., "This Time with Feeling", 2018): the beginnings and the ends of notes, as in MIDI. */
export const midiLike: MidiTokTokenization = {
  settle: (options) => options,
  columns: (config, values) => [
    tokenBlocks(config, values, [
      'noteOn',
      'noteOff',
      'velocity',
      'pedalDuration',
      'timeShift',
      ...additionalBlocks(true),
    ]),
  ],
  encoder: timeShiftEncoder,
  decoder: (config) =>
    midiLikeDecoder(config, new BeatTicks(config), longestDuration(config.additional_params.max_duration)),
  cutBefore: usualCut,
  hasNoteOffs: () => true,
  // Only then does MidiTok mind what comes first at a tick.
  ranksAtTick: (config) => (config.use_chords ? RANKS : undefined),
};

/** What is common, the ends of notes, effects; then chords and notes. */
const RANKS = new Uint8Array(KINDS).fill(5);
RANKS[TIME_SIGNATURE] = 0;
RANKS[TEMPO] = 0;
RANKS[KEY_SIGNATURE] = 0;
RANKS[NOTE_OFF] = 1;
RANKS[PEDAL] = 2;
RANKS[PITCH_BEND] = 3;
RANKS[CONTROL] = 4;

/** `[2, 0, 8]` or `2.0.8`: so long are notes that nothing ends. */
function longestDuration(value: unknown): TokenMeaning | undefined {
  if (value === undefined || value === null) return undefined;
  const numbers = (Array.isArray(value) ? value : String(value).split('.')).map(Number);
  return { type: 'Duration', value: numbers.join('.'), numbers };
}

import { messagesOf } from '../../../midi/file-messages.ts';
import type { Score } from '../../../midi/score.ts';
import { ARRIVAL, DRUMS, PITCHES, STEPS_PER_SECOND } from './amt-ids.ts';
import { MessageClock, roundHalfEven } from './message-clock.ts';

const NOTE_ON = 0x90;
const PROGRAM_CHANGE = 0xc0;
const DRUM_CHANNEL = 9;
const UNKNOWN = -1;

/** Notes of a key that have begun, the oldest first. */
interface OpenNotes {
  readonly notes: number[];
  readonly seconds: number[];
  /** How many of them have ended. */
  ended: number;
}

/**
 * The events of a score: time, duration, note, in the order in which notes begin (anticipation's `midi_to_compound` and
 * `compound_to_events`). Notes are told apart by the program that their channel has when they begin, and when they end.
 */
export function encodeArrivals(score: Score): number[] {
  const { tick, status, first, second } = messagesOf(score);
  const clock = new MessageClock(score);
  const programs = new Uint8Array(16);
  const open = new Map<number, OpenNotes>();
  const ids: number[] = [];
  const durations: number[] = [];
  for (let message = 0; message < tick.length; message += 1) {
    clock.advance(tick[message] as number);
    const state = status[message] as number;
    const channel = state & 0x0f;
    const kind = state & 0xf0;
    if (kind === PROGRAM_CHANGE) programs[channel] = first[message] as number;
    if (kind === 0 || kind > NOTE_ON) continue;
    const instrument = channel === DRUM_CHANNEL ? DRUMS : (programs[channel] as number);
    const note = instrument * PITCHES + (first[message] as number);
    const key = note * 16 + channel;
    if (kind === NOTE_ON && (second[message] as number) > 0) {
      const notes = open.get(key) ?? { notes: [], seconds: [], ended: 0 };
      open.set(key, notes);
      notes.notes.push(durations.length);
      notes.seconds.push(clock.seconds);
      durations.push(UNKNOWN);
      ids.push(roundHalfEven(STEPS_PER_SECOND * clock.seconds), 0, ARRIVAL.note + note);
      continue;
    }
    const notes = open.get(key);
    const ended = notes?.notes[notes.ended];
    if (notes === undefined || ended === undefined) continue;
    const length = clock.seconds - (notes.seconds[notes.ended] as number);
    durations[ended] = roundHalfEven(STEPS_PER_SECOND * length);
    notes.ended += 1;
  }
  for (const [note, duration] of durations.entries()) {
    const known = duration === UNKNOWN ? ARRIVAL.unknownDuration : Math.min(duration, ARRIVAL.durations - 1);
    ids[3 * note + 1] = ARRIVAL.duration + known;
  }
  return ids;
}

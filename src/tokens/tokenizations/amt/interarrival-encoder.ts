import { messagesOf } from '../../../midi/file-messages.ts';
import type { Score } from '../../../midi/score.ts';
import { DRUMS, INTERARRIVAL, PITCHES, STEPS_PER_SECOND } from './amt-ids.ts';
import { MessageClock, roundHalfEven } from './message-clock.ts';

const NOTE_ON = 0x90;
const PROGRAM_CHANGE = 0xc0;
const DRUM_CHANNEL = 9;

/** Beginnings and ends of notes, and the steps between them (anticipation's `midi_to_interarrival`). */
export function encodeInterarrivals(score: Score): number[] {
  const { tick, status, first, second } = messagesOf(score);
  const clock = new MessageClock(score);
  const programs = new Uint8Array(16);
  const ids: number[] = [];
  let seconds = 0;
  for (let message = 0; message < tick.length; message += 1) {
    seconds += clock.advance(tick[message] as number);
    const state = status[message] as number;
    const channel = state & 0x0f;
    const kind = state & 0xf0;
    if (kind === PROGRAM_CHANGE) programs[channel] = first[message] as number;
    if (kind === 0 || kind > NOTE_ON) continue;
    const steps = Math.min(roundHalfEven(STEPS_PER_SECOND * seconds), INTERARRIVAL.times - 1);
    if (steps > 0) ids.push(steps);
    const instrument = channel === DRUM_CHANNEL ? DRUMS : (programs[channel] as number);
    const begins = kind === NOTE_ON && (second[message] as number) > 0;
    ids.push((begins ? INTERARRIVAL.start : INTERARRIVAL.end) + instrument * PITCHES + (first[message] as number));
    seconds = 0;
  }
  return ids;
}

import type { Score } from '../../../midi/score.ts';
import { ARRIVAL } from './amt-ids.ts';
import { StepsScore } from './steps-score.ts';

/** Velocities are in no id; this is what anticipation plays. */
const VELOCITY = 72;
const WIDTH = 3;

/**
 * The score of events, as anticipation's `events_to_compound` understands them: rests are passed over, what is given beforehand sounds,
 * too, and after separators the next piece begins where the one before ends. A line of training data may have its first id.
 */
export function decodeArrivals(ids: ArrayLike<number>): Score {
  const score = new StepsScore();
  const begins = ids[0] === ARRIVAL.autoregress || ids[0] === ARRIVAL.anticipate ? 1 : 0;
  let offset = 0;
  let end = 0;
  for (let at = begins; at + WIDTH <= ids.length; at += WIDTH) {
    const third = ids[at + 2] ?? 0;
    if (third === ARRIVAL.separator) {
      offset += end;
      end = 0;
      continue;
    }
    const isGiven = third >= ARRIVAL.control;
    const [time, duration, note] = [ids[at] ?? 0, ids[at + 1] ?? 0, third].map((id) =>
      isGiven ? id - ARRIVAL.control : id,
    );
    const event = { time: time ?? 0, duration: (duration ?? 0) - ARRIVAL.duration, note: (note ?? 0) - ARRIVAL.note };
    if (!isWithin(event.duration, ARRIVAL.durations) || !isWithin(event.note, ARRIVAL.notes) || event.time < 0)
      continue;
    score.addNote(offset + event.time, event.duration, event.note, VELOCITY);
    end = Math.max(end, event.time + event.duration);
  }
  return score.build();
}

function isWithin(value: number, count: number): boolean {
  return value >= 0 && value < count;
}

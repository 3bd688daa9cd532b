import type { Score } from '../../../midi/score.ts';
import { INTERARRIVAL } from './amt-ids.ts';
import { StepsScore } from './steps-score.ts';

/** Velocities are in no id; this is what anticipation plays. */
const VELOCITY = 96;

/** A note that has begun, in the order of beginnings. */
interface Note {
  readonly onset: number;
  readonly note: number;
  end: number | undefined;
}

/** The score of beginnings and ends; the oldest note of its pitch ends first, and with the last id what nothing has ended. */
export function decodeInterarrivals(ids: ArrayLike<number>): Score {
  const notes: Note[] = [];
  const open = new Map<number, Note[]>();
  let now = 0;
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] ?? 0;
    if (id < INTERARRIVAL.start) now += id;
    else if (id < INTERARRIVAL.end) {
      const note: Note = { onset: now, note: id - INTERARRIVAL.start, end: undefined };
      notes.push(note);
      open.set(note.note, [...(open.get(note.note) ?? []), note]);
    } else if (id < INTERARRIVAL.separator) {
      const oldest = open.get(id - INTERARRIVAL.end)?.shift();
      if (oldest !== undefined) oldest.end = now;
    }
  }
  const score = new StepsScore();
  for (const { onset, note, end = now } of notes) score.addNote(onset, end - onset, note, VELOCITY);
  return score.build();
}

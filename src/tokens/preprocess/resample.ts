import type { Notes } from '../../midi/score.ts';
import type { NoteList } from './note-list.ts';

/** A tick on the tokenizer's grid: rounded, a half away from zero (ticks are not negative). `scale` 1 changes nothing. */
export function resampleTick(tick: number, scale: number): number {
  return Math.round(tick * scale);
}

/** A duration on the tokenizer's grid: rounded by itself and at least one tick, but unchanged where the grids are equal. */
export function resampleDuration(duration: number, scale: number): number {
  return scale === 1 ? duration : Math.max(1, Math.round(duration * scale));
}

/** Appends the notes of a track, resampled. */
export function appendResampled(list: NoteList, notes: Notes, scale: number): void {
  const count = notes.onset.length;
  list.reserve(count);
  const { onset, duration, length } = list;
  for (let index = 0; index < count; index += 1) {
    onset[length + index] = Math.round((notes.onset[index] ?? 0) * scale);
  }
  for (let index = 0; index < count; index += 1) {
    duration[length + index] = resampleDuration(notes.duration[index] ?? 0, scale);
  }
  list.pitch.set(notes.pitch, length);
  list.velocity.set(notes.velocity, length);
  list.length += count;
}

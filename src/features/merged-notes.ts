import type { Score, Track } from '../midi/score.ts';
import { WorkSpace } from '../midi/work-space.ts';

/** Stands for a drum kit where a program number is asked for, as in MidiCaps (General MIDI programs end at 127). */
export const DRUMS = 128;

/** The notes of all tracks in order of onset. Arrays of equal length. */
export interface MergedNotes {
  readonly count: number;
  /** Ticks. */
  readonly onset: Float64Array;
  /** Ticks, onset plus duration. */
  readonly end: Float64Array;
  readonly pitch: Uint8Array;
  readonly velocity: Uint8Array;
  /** 0 to 127, or `DRUMS`. */
  readonly program: Uint8Array;
}

/**
 * All notes of a score as one list, in order of onset, as each track is; notes of one onset in the order of the tracks.
 * Linear in the notes, times the logarithm of the number of tracks.
 *
 * @param memory - For the arrays, which then hold as long as the score that was decoded into it.
 */
export function mergeNotes({ tracks }: Pick<Score, 'tracks'>, memory = new WorkSpace()): MergedNotes {
  let lists = tracks.filter((track) => track.notes.onset.length > 0).map((track) => notesOf(track, memory));
  while (lists.length > 1) {
    const merged: MergedNotes[] = [];
    for (let index = 0; index < lists.length; index += 2) {
      const [first, second] = [lists[index], lists[index + 1]];
      if (first !== undefined) merged.push(second === undefined ? first : mergeTwo(first, second, memory));
    }
    lists = merged;
  }
  return lists[0] ?? emptyList(0, memory);
}

/** The notes of one track; what need not be computed is the score's own. */
function notesOf({ notes, isDrum, program }: Track, memory: WorkSpace): MergedNotes {
  const { onset, duration, pitch, velocity } = notes;
  const count = onset.length;
  const end = memory.float64(count);
  for (let i = 0; i < count; i++) end[i] = (onset[i] as number) + (duration[i] as number);
  return { count, onset, end, pitch, velocity, program: memory.uint8(count).fill(isDrum ? DRUMS : program) };
}

function mergeTwo(a: MergedNotes, b: MergedNotes, memory: WorkSpace): MergedNotes {
  const merged = emptyList(a.count + b.count, memory);
  let fromA = 0;
  let fromB = 0;
  while (fromA < a.count && fromB < b.count) {
    if ((a.onset[fromA] as number) <= (b.onset[fromB] as number)) {
      copyNote(a, fromA, merged, fromA + fromB);
      fromA += 1;
    } else {
      copyNote(b, fromB, merged, fromA + fromB);
      fromB += 1;
    }
  }
  for (; fromA < a.count; fromA++) copyNote(a, fromA, merged, fromA + fromB);
  for (; fromB < b.count; fromB++) copyNote(b, fromB, merged, fromA + fromB);
  return merged;
}

function copyNote(source: MergedNotes, from: number, target: MergedNotes, to: number): void {
  target.onset[to] = source.onset[from] as number;
  target.end[to] = source.end[from] as number;
  target.pitch[to] = source.pitch[from] as number;
  target.velocity[to] = source.velocity[from] as number;
  target.program[to] = source.program[from] as number;
}

function emptyList(count: number, memory: WorkSpace): MergedNotes {
  return {
    count,
    onset: memory.float64(count),
    end: memory.float64(count),
    pitch: memory.uint8(count),
    velocity: memory.uint8(count),
    program: memory.uint8(count),
  };
}

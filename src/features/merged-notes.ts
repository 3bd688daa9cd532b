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
 * All notes of a score as one list: linear in the notes, times the logarithm of the number of tracks at worst. Each
 * track is in order of onset; notes of one onset may come in any order of tracks.
 *
 * @param memory - For the arrays, which then hold as long as the score that was decoded into it.
 */
export function mergeNotes({ tracks }: Pick<Score, 'tracks'>, memory?: WorkSpace): MergedNotes {
  const sources = tracks.filter((track) => track.notes.onset.length > 0);
  const count = sources.reduce((sum, track) => sum + track.notes.onset.length, 0);
  const merged = emptyList(count, memory ?? new WorkSpace());
  /** The first note of each source that is not yet taken, and its onset. */
  const next = new Int32Array(sources.length);
  const heads = Float64Array.from(sources, (track) => track.notes.onset[0] ?? 0);
  /** Sources with notes left, as a binary heap by `heads`. */
  const heap = Int32Array.from(sources.keys());
  let size = sources.length;
  for (let i = size >> 1; i >= 0; i--) siftDown(heap, size, i, heads);
  let written = 0;
  while (size > 0) {
    const source = heap[0] ?? 0;
    const track = sources[source];
    if (track === undefined) break;
    const from = next[source] ?? 0;
    const to = copyRun(track, from, secondHead(heap, size, heads), merged, written);
    written += to - from;
    next[source] = to;
    if (to < track.notes.onset.length) heads[source] = track.notes.onset[to] ?? 0;
    else heap[0] = heap[--size] ?? 0;
    siftDown(heap, size, 0, heads);
  }
  return merged;
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

/** Copies the notes of a track from `from` on, as long as none begins after `until`; returns the first one left. */
function copyRun(
  { notes, isDrum, program }: Track,
  from: number,
  until: number,
  target: MergedNotes,
  at: number,
): number {
  const { length } = notes.onset;
  const instrument = isDrum ? DRUMS : program;
  let to = at;
  let i = from;
  for (; i < length; i++) {
    const onset = notes.onset[i] ?? 0;
    if (onset > until) break;
    target.onset[to] = onset;
    target.end[to] = onset + (notes.duration[i] ?? 0);
    target.pitch[to] = notes.pitch[i] ?? 0;
    target.velocity[to] = notes.velocity[i] ?? 0;
    target.program[to] = instrument;
    to += 1;
  }
  return i;
}

/** The earliest next onset of the sources but the first of the heap. */
function secondHead(heap: Int32Array, size: number, heads: Float64Array): number {
  const left = size > 1 ? (heads[heap[1] ?? 0] ?? 0) : Number.POSITIVE_INFINITY;
  const right = size > 2 ? (heads[heap[2] ?? 0] ?? 0) : Number.POSITIVE_INFINITY;
  return left < right ? left : right;
}

function siftDown(heap: Int32Array, size: number, from: number, heads: Float64Array): void {
  const moved = heap[from] ?? 0;
  const head = heads[moved] ?? 0;
  let slot = from;
  for (let child = 2 * slot + 1; child < size; child = 2 * slot + 1) {
    if (child + 1 < size && (heads[heap[child + 1] ?? 0] ?? 0) < (heads[heap[child] ?? 0] ?? 0)) child += 1;
    const other = heap[child] ?? 0;
    if (head <= (heads[other] ?? 0)) break;
    heap[slot] = other;
    slot = child;
  }
  heap[slot] = moved;
}

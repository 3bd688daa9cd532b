import type { Score, Track } from '../midi/score.ts';
import { WorkSpace } from '../midi/work-space.ts';
import { MergeColumns } from './merge-columns.ts';
import { sortedOrder } from './sorted-order.ts';

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

/** Onsets below this are sorted by two digits. */
const MAX_RADIX_TICKS = 2 ** 31;

const columns = new MergeColumns();
/** How many notes have each digit, then where the next of them goes. */
const places = { low: new Uint32Array(2 ** 16), high: new Uint32Array(2 ** 16) };

/**
 * All notes of a score as one list, in order of onset, as each track is; notes of one onset in the order of the tracks.
 * Linear in the notes: their onsets are whole numbers, which a radix sort puts in order, however many tracks there are.
 *
 * @param memory - For the arrays, which then hold as long as the score that was decoded into it.
 */
export function mergeNotes({ tracks }: Pick<Score, 'tracks'>, memory = new WorkSpace()): MergedNotes {
  const played = tracks.filter((track) => track.notes.onset.length > 0);
  const [first, second] = played;
  if (first !== undefined && second === undefined) return notesOf(first, memory);
  const count = collect(played);
  const latest = latestOnset(count);
  if (latest < MAX_RADIX_TICKS) sortByDigits(count, latest);
  else sortByMerging(count);
  followPlaces(count);
  return copyOfSorted(count, memory);
}

/** The notes of one track; what need not be computed is the score's own. */
function notesOf({ notes, isDrum, program }: Track, memory: WorkSpace): MergedNotes {
  const { onset, duration, pitch, velocity } = notes;
  const count = onset.length;
  const end = memory.float64(count);
  for (let i = 0; i < count; i++) end[i] = (onset[i] as number) + (duration[i] as number);
  return { count, onset, end, pitch, velocity, program: memory.uint8(count).fill(isDrum ? DRUMS : program) };
}

/** Takes the notes of one track after the other, and returns how many these are. */
function collect(tracks: readonly Track[]): number {
  columns.reserve(tracks.reduce((sum, { notes }) => sum + notes.onset.length, 0));
  let count = 0;
  for (const { notes, isDrum, program } of tracks) {
    columns.onset.set(notes.onset, count);
    columns.duration.set(notes.duration, count);
    columns.pitch.set(notes.pitch, count);
    columns.velocity.set(notes.velocity, count);
    const end = count + notes.onset.length;
    columns.program.fill(isDrum ? DRUMS : program, count, end);
    count = end;
  }
  return count;
}

function latestOnset(count: number): number {
  const { onset } = columns;
  let latest = 0;
  for (let i = 0; i < count; i++) if ((onset[i] as number) > latest) latest = onset[i] as number;
  return latest;
}

/** A radix sort: by the lower half of the bits of the onsets, then by the upper half. */
function sortByDigits(count: number, latest: number): void {
  const bits = 32 - Math.clz32(latest);
  const lowBits = (bits + 1) >> 1;
  countDigits(count, lowBits);
  sortByLowDigit(count, 2 ** lowBits - 1);
  sortByHighDigit(count, lowBits);
}

function countDigits(count: number, lowBits: number): void {
  const { onset } = columns;
  const { low, high } = places;
  const mask = 2 ** lowBits - 1;
  low.fill(0, 0, mask + 1);
  high.fill(0, 0, mask + 1);
  for (let i = 0; i < count; i++) {
    const tick = (onset[i] as number) | 0;
    const lowDigit = tick & mask;
    const highDigit = tick >> lowBits;
    low[lowDigit] = (low[lowDigit] as number) + 1;
    high[highDigit] = (high[highDigit] as number) + 1;
  }
  let lowPlace = 0;
  let highPlace = 0;
  for (let digit = 0; digit <= mask; digit++) {
    const lows = low[digit] as number;
    const highs = high[digit] as number;
    low[digit] = lowPlace;
    high[digit] = highPlace;
    lowPlace = (lowPlace + lows) | 0;
    highPlace = (highPlace + highs) | 0;
  }
}

function sortByLowDigit(count: number, mask: number): void {
  const { onset, halfSortedOnset, halfSortedOrder } = columns;
  const { low } = places;
  for (let i = 0; i < count; i++) {
    const tick = (onset[i] as number) | 0;
    const digit = tick & mask;
    const place = low[digit] as number;
    low[digit] = place + 1;
    halfSortedOnset[place] = tick;
    halfSortedOrder[place] = i;
  }
}

function sortByHighDigit(count: number, lowBits: number): void {
  const { halfSortedOnset, halfSortedOrder, place } = columns;
  const { high } = places;
  for (let i = 0; i < count; i++) {
    const digit = (halfSortedOnset[i] as number) >> lowBits;
    const to = high[digit] as number;
    high[digit] = to + 1;
    place[halfSortedOrder[i] as number] = to;
  }
}

/** Puts each note into its place. */
function followPlaces(count: number): void {
  const { onset, duration, pitch, velocity, program, place } = columns;
  const { sortedOnset, sortedEnd, sortedPitch, sortedVelocity, sortedProgram } = columns;
  for (let note = 0; note < count; note++) {
    const to = place[note] as number;
    const tick = onset[note] as number;
    sortedOnset[to] = tick;
    sortedEnd[to] = tick + (duration[note] as number);
    sortedPitch[to] = pitch[note] as number;
    sortedVelocity[to] = velocity[note] as number;
    sortedProgram[to] = program[note] as number;
  }
}

/** Onsets that no file has, as the reader takes no such ticks. */
function sortByMerging(count: number): void {
  const notes = Uint32Array.from({ length: count }, (_, note) => note);
  for (const [place, note] of sortedOrder(notes, columns.onset).entries()) columns.place[note] = place;
}

function copyOfSorted(count: number, memory: WorkSpace): MergedNotes {
  const merged = {
    count,
    onset: memory.float64(count),
    end: memory.float64(count),
    pitch: memory.uint8(count),
    velocity: memory.uint8(count),
    program: memory.uint8(count),
  };
  merged.onset.set(columns.sortedOnset.subarray(0, count));
  merged.end.set(columns.sortedEnd.subarray(0, count));
  merged.pitch.set(columns.sortedPitch.subarray(0, count));
  merged.velocity.set(columns.sortedVelocity.subarray(0, count));
  merged.program.set(columns.sortedProgram.subarray(0, count));
  return merged;
}

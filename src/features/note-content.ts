import type { Score } from '../midi/score.ts';
import { type MergedNotes, mergeNotes } from './merged-notes.ts';
import { sortedOrder } from './sorted-order.ts';

/** First bytes of the form: a change of it must change every hash. */
const FORM = [0x6e, 0x63, 1];
/** Bytes of the LEB128 of a number below 2^53. */
const MAX_VARINT = 8;

/**
 * The notes of a score as canonical bytes, to be hashed: equal for two scores exactly where their notes are equal in
 * onset, duration (both in quarters, as exact fractions), pitch, velocity and program (all drum kits being one), as
 * multisets. So the ticks per quarter, the order and number of tracks, channels, names, tempos, meters and controls
 * make no difference.
 *
 * Form: three bytes of version, then as unsigned LEB128 the number of notes and the ticks per quarter in lowest terms
 * (divided, like all ticks, by the greatest common divisor of them all), then per note, in order of onset, program,
 * pitch, velocity, duration: onset minus the onset before and duration as LEB128, pitch, velocity, program as bytes.
 */
export function noteContentBytes(
  score: Pick<Score, 'tracks' | 'ticksPerQuarter'>,
  notes: MergedNotes = mergeNotes(score),
): Uint8Array {
  const divisor = commonDivisor(notes, score.ticksPerQuarter);
  const order = canonicalOrder(notes);
  const writer = new ByteWriter(FORM.length + 2 * MAX_VARINT + notes.count * (2 * MAX_VARINT + 3));
  for (const byte of FORM) writer.byte(byte);
  writer.varint(notes.count);
  writer.varint(notes.count === 0 ? 1 : score.ticksPerQuarter / divisor);
  let previous = 0;
  for (let i = 0; i < order.length; i++) {
    const note = order[i] ?? 0;
    const onset = notes.onset[note] ?? 0;
    writer.varint((onset - previous) / divisor);
    writer.varint(((notes.end[note] ?? 0) - onset) / divisor);
    writer.byte(notes.pitch[note] ?? 0);
    writer.byte(notes.velocity[note] ?? 0);
    writer.byte(notes.program[note] ?? 0);
    previous = onset;
  }
  return writer.bytes();
}

/** Greatest common divisor of the ticks per quarter and of all onsets and durations. */
function commonDivisor(notes: MergedNotes, ticksPerQuarter: number): number {
  let divisor = ticksPerQuarter;
  for (let i = 0; i < notes.count && divisor > 1; i++) {
    divisor = gcd(divisor, notes.onset[i] ?? 0);
    divisor = gcd(divisor, notes.end[i] ?? 0);
  }
  return divisor;
}

function gcd(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** The notes in order of onset, program, pitch, velocity, duration. Those of one onset are already together. */
function canonicalOrder(notes: MergedNotes): Uint32Array {
  const { count, onset } = notes;
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  for (let start = 0; start < count; ) {
    const tick = onset[start] ?? 0;
    let stop = start + 1;
    while (stop < count && (onset[stop] ?? 0) === tick) stop += 1;
    if (stop - start > LARGE_CHORD) mergeSort(order, start, stop, notes);
    else if (stop - start > 1) insertionSort(order, start, stop, notes);
    start = stop;
  }
  return order;
}

/** Up to this many notes of one onset an insertion sort is faster than merging. */
const LARGE_CHORD = 24;

function insertionSort(order: Uint32Array, start: number, stop: number, notes: MergedNotes): void {
  for (let i = start + 1; i < stop; i++) {
    const note = order[i] ?? 0;
    let slot = i;
    for (; slot > start; slot--) {
      const other = order[slot - 1] ?? 0;
      if (!precedes(notes, note, other)) break;
      order[slot] = other;
    }
    order[slot] = note;
  }
}

/** By duration, then, as sorting is stable, by the rest. */
function mergeSort(order: Uint32Array, start: number, stop: number, notes: MergedNotes): void {
  const keys = Float64Array.from({ length: stop - start }, (_, i) => sortKey(notes, start + i));
  const byEnd = sortedOrder(Uint32Array.from(keys.keys()), notes.end.subarray(start, stop));
  order.set(
    sortedOrder(byEnd, keys).map((i) => start + i),
    start,
  );
}

/** Whether note a stands before note b of the same onset. */
function precedes(notes: MergedNotes, a: number, b: number): boolean {
  const difference = sortKey(notes, a) - sortKey(notes, b);
  return difference === 0 ? (notes.end[a] ?? 0) < (notes.end[b] ?? 0) : difference < 0;
}

/** Program, pitch and velocity of a note as one number. */
function sortKey({ program, pitch, velocity }: MergedNotes, note: number): number {
  return ((program[note] ?? 0) << 14) | ((pitch[note] ?? 0) << 7) | (velocity[note] ?? 0);
}

class ByteWriter {
  private readonly buffer: Uint8Array;
  private length = 0;

  constructor(capacity: number) {
    this.buffer = new Uint8Array(capacity);
  }

  byte(value: number): void {
    this.buffer[this.length] = value;
    this.length += 1;
  }

  /** Unsigned LEB128 of a whole number below 2^53: up to eight bytes. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80000000) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    let low = rest | 0;
    while (low >= 128) {
      this.byte((low & 127) | 128);
      low >>>= 7;
    }
    this.byte(low);
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }
}

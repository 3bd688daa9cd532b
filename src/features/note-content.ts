import type { Score } from '../midi/score.ts';
import { type MergedNotes, mergeNotes } from './merged-notes.ts';
import { sortedOrder } from './sorted-order.ts';

/** First bytes of the form: a change of it must change every hash. */
const FORM = [0x6e, 0x63, 1];

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
export function noteContentBytes(score: Pick<Score, 'tracks' | 'ticksPerQuarter'>): Uint8Array {
  const notes = mergeNotes(score);
  const divisor = commonDivisor(notes, score.ticksPerQuarter);
  const writer = new ByteWriter(FORM.length + 16 + notes.count * 8);
  for (const byte of FORM) writer.byte(byte);
  writer.varint(notes.count);
  writer.varint(notes.count === 0 ? 1 : score.ticksPerQuarter / divisor);
  let previous = 0;
  for (const note of canonicalOrder(notes)) {
    const onset = Math.round(notes.onset[note] ?? 0);
    writer.varint((onset - previous) / divisor);
    writer.varint((Math.round(notes.end[note] ?? 0) - onset) / divisor);
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
    divisor = gcd(divisor, Math.round(notes.onset[i] ?? 0));
    divisor = gcd(divisor, Math.round(notes.end[i] ?? 0));
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
  const { count, onset, end } = notes;
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    keys[i] = ((notes.program[i] ?? 0) << 14) | ((notes.pitch[i] ?? 0) << 7) | (notes.velocity[i] ?? 0);
  }
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  for (let start = 0; start < count; ) {
    let stop = start + 1;
    while (stop < count && onset[stop] === onset[start]) stop += 1;
    if (stop - start > LARGE_CHORD) order.set(sortedOrder(sortedOrder(order.slice(start, stop), end), keys), start);
    else if (stop - start > 1) insertionSort(order, start, stop, keys, end);
    start = stop;
  }
  return order;
}

/** Up to this many notes of one onset an insertion sort is faster than merging. */
const LARGE_CHORD = 24;

function insertionSort(order: Uint32Array, start: number, stop: number, keys: Float64Array, ends: Float64Array): void {
  for (let i = start + 1; i < stop; i++) {
    const note = order[i] ?? 0;
    const key = keys[note] ?? 0;
    const end = ends[note] ?? 0;
    let slot = i;
    for (; slot > start; slot--) {
      const other = order[slot - 1] ?? 0;
      const difference = key - (keys[other] ?? 0);
      if (difference > 0 || (difference === 0 && end >= (ends[other] ?? 0))) break;
      order[slot] = other;
    }
    order[slot] = note;
  }
}

class ByteWriter {
  private buffer: Uint8Array;
  private length = 0;

  constructor(capacity: number) {
    this.buffer = new Uint8Array(capacity);
  }

  byte(value: number): void {
    if (this.length === this.buffer.length) this.grow();
    this.buffer[this.length] = value;
    this.length += 1;
  }

  /** Unsigned LEB128 of a whole number up to 2^53. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  private grow(): void {
    const larger = new Uint8Array(this.buffer.length * 2);
    larger.set(this.buffer);
    this.buffer = larger;
  }
}

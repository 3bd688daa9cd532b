import type { Score } from '../midi/score.ts';
import { WorkSpace } from '../midi/work-space.ts';
import { type MergedNotes, mergeNotes } from './merged-notes.ts';
import { scratch } from './scratch.ts';
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
 *
 * @param memory - For the bytes, which then hold as long as the score that was decoded into it.
 */
export function noteContentBytes(
  score: Pick<Score, 'tracks' | 'ticksPerQuarter'>,
  notes: MergedNotes = mergeNotes(score),
  memory = new WorkSpace(),
): Uint8Array {
  scratch.reset();
  const divisor = commonDivisor(notes, score.ticksPerQuarter);
  const { count, onset, end } = notes;
  const keys = sortKeys(notes);
  const order = canonicalOrder(notes, keys);
  const bytes = memory.uint8(FORM.length + 2 * MAX_VARINT + count * (2 * MAX_VARINT + 3));
  bytes.set(FORM);
  let at = writeVarint(bytes, FORM.length, count);
  at = writeVarint(bytes, at, count === 0 ? 1 : score.ticksPerQuarter / divisor);
  let previous = 0;
  for (let i = 0; i < count; i++) {
    const note = order[i] as number;
    const tick = onset[note] as number;
    at = writeVarint(bytes, at, (tick - previous) / divisor);
    at = writeVarint(bytes, at, ((end[note] as number) - tick) / divisor);
    const key = keys[note] as number;
    bytes[at] = (key >> 7) & 127;
    bytes[at + 1] = key & 127;
    bytes[at + 2] = key >> 14;
    at += 3;
    previous = tick;
  }
  return bytes.subarray(0, at);
}

/** Greatest common divisor of the ticks per quarter and of all onsets and durations. */
function commonDivisor({ count, onset, end }: MergedNotes, ticksPerQuarter: number): number {
  let divisor = ticksPerQuarter;
  for (let i = 0; i < count && divisor > 1; i++) {
    divisor = gcd(divisor, onset[i] as number);
    divisor = gcd(divisor, end[i] as number);
  }
  return divisor;
}

/** Of whole numbers, `a` below 2^31. */
function gcd(a: number, b: number): number {
  let divisor = a | 0;
  // The remainder of 32 bit integers takes a tenth of the time of that of doubles.
  let rest = b < 2 ** 31 ? (b | 0) % divisor : b % divisor;
  while (rest !== 0) [divisor, rest] = [rest, divisor % rest];
  return divisor;
}

/** Program, pitch and velocity of each note as one number. */
function sortKeys({ count, program, pitch, velocity }: MergedNotes): Int32Array {
  const keys = scratch.int32(count);
  for (let i = 0; i < count; i++) {
    keys[i] = ((program[i] as number) << 14) | ((pitch[i] as number) << 7) | (velocity[i] as number);
  }
  return keys;
}

/** The notes in order of onset, program, pitch, velocity, duration. Those of one onset are already together. */
function canonicalOrder({ count, onset, end }: MergedNotes, keys: Int32Array): Uint32Array {
  const order = scratch.uint32(count);
  for (let i = 0; i < count; i++) order[i] = i;
  for (let start = 0; start < count; ) {
    const tick = onset[start] as number;
    let stop = start + 1;
    while (stop < count && onset[stop] === tick) stop += 1;
    if (stop - start > LARGE_CHORD) mergeSort(order, start, stop, keys, end);
    else if (stop - start > 1) insertionSort(order, start, stop, keys, end);
    start = stop;
  }
  return order;
}

/** Up to this many notes of one onset an insertion sort is faster than merging. */
const LARGE_CHORD = 24;

function insertionSort(order: Uint32Array, start: number, stop: number, keys: Int32Array, end: Float64Array): void {
  for (let note = start + 1; note < stop; note++) {
    const key = keys[note] as number;
    let slot = note;
    for (; slot > start; slot--) {
      const other = order[slot - 1] as number;
      const otherKey = keys[other] as number;
      if (otherKey < key || (otherKey === key && (end[other] as number) <= (end[note] as number))) break;
      order[slot] = other;
    }
    order[slot] = note;
  }
}

/** By duration, then, as sorting is stable, by the rest. */
function mergeSort(order: Uint32Array, start: number, stop: number, keys: Int32Array, end: Float64Array): void {
  const places = Uint32Array.from({ length: stop - start }, (_, i) => i);
  const byEnd = sortedOrder(places, end.subarray(start, stop));
  const sorted = sortedOrder(byEnd, Float64Array.from(keys.subarray(start, stop)));
  for (let i = 0; i < sorted.length; i++) order[start + i] = start + (sorted[i] as number);
}

/** Writes a whole number below 2^53 as unsigned LEB128, up to eight bytes, and returns where they end. */
function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  if (value < 1 << 14) {
    // Whether it takes one byte or two is a coin toss in music, so both are written and no branch depends on it.
    const low = value | 0;
    const takesTwo = (127 - low) >>> 31;
    bytes[at] = (low & 127) | (takesTwo << 7);
    bytes[at + 1] = low >>> 7;
    return at + 1 + takesTwo;
  }
  let next = at;
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[next++] = (rest % 128) | 128;
  bytes[next++] = rest;
  return next;
}

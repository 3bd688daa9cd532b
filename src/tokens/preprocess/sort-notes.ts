import type { TickSorter } from '../tick-sorter.ts';
import { type NoteList, pitchOf, toneOf, velocityOf } from './note-list.ts';

/** By which fields notes at the same onset are ordered. */
export type NoteOrder = 'duration, pitch, velocity' | 'pitch, duration, velocity';

/** A note that insertion moves further than this has its group sorted otherwise: insertion is quadratic. */
const FARTHEST_INSERTION = 24;

/**
 * Sorts notes by onset, then by the fields that `order` names. What orders notes at one onset is packed into one number
 * from which the note can be read back: 14 bits for pitch and velocity, and a duration below 2^31.
 */
export class NoteSorter {
  readonly #sorter: TickSorter;
  #onsets = new Int32Array(0);
  #keys = new Float64Array(0);

  constructor(sorter: TickSorter) {
    this.#sorter = sorter;
  }

  /** Sorts the notes from `from` on. */
  sort(notes: NoteList, from: number, order: NoteOrder): void {
    const count = notes.length - from;
    if (this.#keys.length < count) {
      this.#keys = new Float64Array(count * 2);
      this.#onsets = new Int32Array(count * 2);
    }
    const [pack, unpack] =
      order === 'duration, pitch, velocity' ? [packByDuration, unpackByDuration] : [packByPitch, unpackByPitch];
    pack(notes, this.#sorter.order(notes.onset, from, notes.length), count, this.#onsets, this.#keys);
    sortGroups(this.#onsets, this.#keys, count);
    notes.onset.set(this.#onsets.subarray(0, count), from);
    unpack(notes, from, count, this.#keys);
  }
}

function packByDuration(
  { onset, duration, tone }: NoteList,
  sorted: Int32Array,
  count: number,
  onsets: Int32Array,
  keys: Float64Array,
): void {
  for (let place = 0; place < count; place += 1) {
    const index = sorted[place] ?? 0;
    onsets[place] = onset[index] ?? 0;
    keys[place] = (duration[index] ?? 0) * 2 ** 14 + (tone[index] ?? 0);
  }
}

function unpackByDuration({ duration, tone }: NoteList, from: number, count: number, keys: Float64Array): void {
  for (let place = 0; place < count; place += 1) {
    const key = keys[place] ?? 0;
    const outer = Math.floor(key * 2 ** -14);
    duration[from + place] = outer;
    tone[from + place] = key - outer * 2 ** 14;
  }
}

function packByPitch(
  { onset, duration, tone }: NoteList,
  sorted: Int32Array,
  count: number,
  onsets: Int32Array,
  keys: Float64Array,
): void {
  for (let place = 0; place < count; place += 1) {
    const index = sorted[place] ?? 0;
    const toneHere = tone[index] ?? 0;
    onsets[place] = onset[index] ?? 0;
    keys[place] = pitchOf(toneHere) * 2 ** 38 + (duration[index] ?? 0) * 2 ** 7 + velocityOf(toneHere);
  }
}

function unpackByPitch({ duration, tone }: NoteList, from: number, count: number, keys: Float64Array): void {
  for (let place = 0; place < count; place += 1) {
    const key = keys[place] ?? 0;
    const outer = Math.floor(key * 2 ** -38);
    const rest = key - outer * 2 ** 38;
    const inner = Math.floor(rest * 2 ** -7);
    duration[from + place] = inner;
    tone[from + place] = toneOf(outer, rest - inner * 2 ** 7);
  }
}

/** Sorts the keys of notes at the same onset: by insertion, as groups are small, but for those that are not. */
function sortGroups(onsets: Int32Array, keys: Float64Array, count: number): void {
  for (let next = 1; next < count; next += 1) {
    const onset = onsets[next] ?? 0;
    const key = keys[next] ?? 0;
    let place = next;
    while (place > 0 && onsets[place - 1] === onset && (keys[place - 1] ?? 0) > key) {
      keys[place] = keys[place - 1] ?? 0;
      place -= 1;
    }
    keys[place] = key;
    if (next - place > FARTHEST_INSERTION) next = sortLargeGroup(onsets, keys, count, next);
  }
}

/** Sorts the whole group that `member` is in; returns its last index. */
function sortLargeGroup(onsets: Int32Array, keys: Float64Array, count: number, member: number): number {
  let start = member;
  while (onsets[start - 1] === onsets[member]) start -= 1;
  let end = member + 1;
  while (end < count && onsets[end] === onsets[member]) end += 1;
  keys.subarray(start, end).sort();
  return end - 1;
}

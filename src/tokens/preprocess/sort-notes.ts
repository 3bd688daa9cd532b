import type { TickSorter } from '../tick-sorter.ts';
import type { NoteList } from './note-list.ts';

/** By which fields notes at the same onset are ordered. */
export type NoteOrder = 'duration, pitch, velocity' | 'pitch, duration, velocity';

/** Groups up to this size are sorted by insertion, which is fastest there and quadratic elsewhere. */
const SMALL_GROUP = 24;

/** Sorts notes by onset, then by the fields that `order` names. The fields fit one double (14 bits and a duration below 2^31). */
export class NoteSorter {
  readonly #sorter: TickSorter;
  #onsets = new Int32Array(0);
  #keys = new Float64Array(0);

  constructor(sorter: TickSorter) {
    this.#sorter = sorter;
  }

  sort(notes: NoteList, from: number, order: NoteOrder): void {
    const count = notes.length - from;
    if (this.#keys.length < count) {
      this.#keys = new Float64Array(count);
      this.#onsets = new Int32Array(count);
    }
    this.#pack(notes, from, order);
    this.#sortGroups(count);
    this.#unpack(notes, from, order);
  }

  #pack(notes: NoteList, from: number, order: NoteOrder): void {
    const { onset, duration, pitch, velocity } = notes;
    const [durationUnit, pitchUnit] = unitsOf(order);
    const sorted = this.#sorter.order(onset, from, notes.length);
    const count = notes.length - from;
    for (let place = 0; place < count; place += 1) {
      const index = sorted[place] ?? 0;
      this.#onsets[place] = onset[index] ?? 0;
      this.#keys[place] =
        (duration[index] ?? 0) * durationUnit + (pitch[index] ?? 0) * pitchUnit + (velocity[index] ?? 0);
    }
  }

  #sortGroups(count: number): void {
    const onsets = this.#onsets;
    const keys = this.#keys;
    let start = 0;
    for (let place = 1; place <= count; place += 1) {
      if (place < count && onsets[place] === onsets[start]) continue;
      if (place - start > SMALL_GROUP) keys.subarray(start, place).sort();
      else if (place - start > 1) insertionSort(keys, start, place);
      start = place;
    }
  }

  #unpack({ onset, duration, pitch, velocity, length }: NoteList, from: number, order: NoteOrder): void {
    const [durationUnit, pitchUnit] = unitsOf(order);
    const outerUnit = Math.max(durationUnit, pitchUnit);
    const innerUnit = Math.min(durationUnit, pitchUnit);
    for (let index = from; index < length; index += 1) {
      const key = this.#keys[index - from] ?? 0;
      const outer = Math.floor(key / outerUnit);
      const rest = key - outer * outerUnit;
      const inner = Math.floor(rest / innerUnit);
      onset[index] = this.#onsets[index - from] ?? 0;
      velocity[index] = rest - inner * innerUnit;
      duration[index] = durationUnit > pitchUnit ? outer : inner;
      pitch[index] = durationUnit > pitchUnit ? inner : outer;
    }
  }
}

/** By how much the duration and the pitch count in a key; the velocity, below 128, counts once. */
function unitsOf(order: NoteOrder): readonly [number, number] {
  return order === 'duration, pitch, velocity' ? [2 ** 14, 2 ** 7] : [2 ** 7, 2 ** 38];
}

function insertionSort(keys: Float64Array, from: number, to: number): void {
  for (let next = from + 1; next < to; next += 1) {
    const key = keys[next] ?? 0;
    let place = next;
    while (place > from && (keys[place - 1] ?? 0) > key) {
      keys[place] = keys[place - 1] ?? 0;
      place -= 1;
    }
    keys[place] = key;
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NoteList, toneOf } from '../../src/tokens/preprocess/note-list.ts';
import { type NoteOrder, NoteSorter } from '../../src/tokens/preprocess/sort-notes.ts';
import { TickSorter } from '../../src/tokens/tick-sorter.ts';

/** Ticks that collide, and ticks of every size. */
const tick = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 0, max: 2 ** 31 - 1 }),
);

describe('ordering by tick', () => {
  it('is what a stable sort gives, whatever the ticks and however many', () => {
    const sorter = new TickSorter();
    const lists = fc.oneof(
      fc.array(tick, { maxLength: 60 }),
      fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 1100, maxLength: 1300 }),
    );
    fc.assert(
      fc.property(lists, fc.integer({ min: 0, max: 3 }), (ticks, before) => {
        const all = Int32Array.from([...ticks.slice(0, before), ...ticks]);
        const from = Math.min(before, ticks.length);
        const indices = ticks.map((_, index) => from + index);
        const expected = indices.toSorted((a, b) => (all[a] ?? 0) - (all[b] ?? 0));
        expect([...sorter.order(all, from, all.length).subarray(0, ticks.length)]).toEqual(expected);
      }),
    );
  });
});

interface Note {
  readonly onset: number;
  readonly duration: number;
  readonly pitch: number;
  readonly velocity: number;
}

const FIELDS: Readonly<Record<NoteOrder, readonly (keyof Note)[]>> = {
  'duration, pitch, velocity': ['onset', 'duration', 'pitch', 'velocity'],
  'pitch, duration, velocity': ['onset', 'pitch', 'duration', 'velocity'],
};

describe.each(Object.keys(FIELDS).filter(isOrder))('sorting notes by onset, %s', (order) => {
  const fields = FIELDS[order];

  it('gives the notes in that order, longest durations included', () => {
    const note = fc.record({
      onset: fc.integer({ min: 0, max: 30 }),
      duration: tick,
      pitch: fc.integer({ min: 0, max: 127 }),
      velocity: fc.integer({ min: 0, max: 127 }),
    });
    fc.assert(
      fc.property(fc.array(note, { maxLength: 200 }), (notes) => {
        expect(sorted(notes, order)).toEqual(notes.toSorted((a, b) => compare(a, b, fields)));
      }),
    );
  });

  it('does not take quadratic time for half a million notes at one onset, in reverse order', () => {
    const notes = Array.from({ length: 500_000 }, (_, index) => ({
      onset: 7,
      duration: 500_000 - index,
      pitch: 127 - (index % 128),
      velocity: 64,
    }));
    const start = performance.now();
    const result = sorted(notes, order);
    // Insertion would take minutes.
    expect(performance.now() - start).toBeLessThan(5000);
    expect(result[0]?.[fields[1] ?? 'pitch']).toBe(fields[1] === 'pitch' ? 0 : 1);
  });
});

function sorted(notes: readonly Note[], order: NoteOrder): readonly Note[] {
  const list = new NoteList();
  list.reserve(notes.length);
  for (const [index, { onset, duration, pitch, velocity }] of notes.entries()) {
    list.onset[index] = onset;
    list.duration[index] = duration;
    list.tone[index] = toneOf(pitch, velocity);
  }
  list.length = notes.length;
  new NoteSorter(new TickSorter()).sort(list, 0, order);
  return notes.map((_, index) => ({
    onset: list.onset[index] ?? 0,
    duration: list.duration[index] ?? 0,
    pitch: (list.tone[index] ?? 0) >> 7,
    velocity: (list.tone[index] ?? 0) & 127,
  }));
}

function compare(a: Note, b: Note, fields: readonly (keyof Note)[]): number {
  for (const field of fields) if (a[field] !== b[field]) return a[field] - b[field];
  return 0;
}

function isOrder(name: string): name is NoteOrder {
  return name in FIELDS;
}

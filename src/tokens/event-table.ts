import { NO_TOKEN } from './token-ids.ts';

/** What an event is. All but notes, note-offs and the two global kinds are `OTHER`: their tokens say the rest. */
export const NOTE = 0;
export const NOTE_OFF = 1;
export const TIME_SIGNATURE = 2;
export const TEMPO = 3;
export const CHORD = 4;
export const OTHER = 5;
export type EventKind =
  | typeof NOTE
  | typeof NOTE_OFF
  | typeof TIME_SIGNATURE
  | typeof TEMPO
  | typeof CHORD
  | typeof OTHER;

/** In place of the tick up to which an event sounds: it does not hold off a rest. */
export const NO_REACH = -1;

/**
 * Events of one stream with the ids that say them, in the order in which MidiTok lists them; sorted by tick (and by
 * nothing else) they make the stream. Arrays are reused; entries from `length` on are garbage.
 */
export class EventTable {
  length = 0;
  tick = new Int32Array(0);
  kind = new Uint8Array(0);
  /** The tick up to which the event sounds; rests count from the latest of these. */
  reach = new Int32Array(0);
  /** Id of the Program token before the event, or `NO_TOKEN`. */
  program = new Uint16Array(0);
  /** Up to three ids, then `NO_TOKEN`. Notes: pitch, velocity, duration. */
  first = new Uint16Array(0);
  second = new Uint16Array(0);
  third = new Uint16Array(0);

  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.tick.length) return;
    const capacity = Math.max(1024, needed, this.tick.length * 2);
    const { tick, kind, reach, program, first, second, third } = this;
    this.tick = new Int32Array(capacity);
    this.kind = new Uint8Array(capacity);
    this.reach = new Int32Array(capacity);
    this.program = new Uint16Array(capacity);
    this.first = new Uint16Array(capacity);
    this.second = new Uint16Array(capacity);
    this.third = new Uint16Array(capacity);
    this.tick.set(tick);
    this.kind.set(kind);
    this.reach.set(reach);
    this.program.set(program);
    this.first.set(first);
    this.second.set(second);
    this.third.set(third);
  }

  /** Appends an event; there must be room for it. */
  add(
    kind: EventKind,
    tick: number,
    reach: number,
    program: number,
    first: number,
    second: number = NO_TOKEN,
    third: number = NO_TOKEN,
  ): void {
    const row = this.length;
    this.kind[row] = kind;
    this.tick[row] = tick;
    this.reach[row] = reach;
    this.program[row] = program;
    this.first[row] = first;
    this.second[row] = second;
    this.third[row] = third;
    this.length = row + 1;
  }
}

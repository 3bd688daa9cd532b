import { NO_TOKEN } from '../vocabulary.ts';

/** What an event is, as far as a tokenization treats it in a way of its own. */
export const NOTE = 0;
/** A note said as the interval to the one before. */
export const INTERVAL = 1;
export const NOTE_OFF = 2;
export const TIME_SIGNATURE = 3;
export const TEMPO = 4;
export const KEY_SIGNATURE = 5;
export const PEDAL = 6;
export const PITCH_BEND = 7;
export const CONTROL = 8;
export const CHORD = 9;
export const KINDS = 10;

/**
 * Events of one stream in the order in which MidiTok lists them; sorted by tick they make the stream. An event is up to four
 * tokens: Program, then what it says. Arrays are reused; rows from `length` on are garbage.
 */
export class EventTable {
  length = 0;
  tick = new Int32Array(0);
  kind = new Uint8Array(0);
  /** Silence, which Rest tokens say, does not begin before this tick; 0 for events that do not matter to it. */
  until = new Int32Array(0);
  /** Id of the Program token, or `NO_TOKEN`. */
  program = new Uint16Array(0);
  /** Ids of what is said: of a note pitch, velocity and duration. */
  first = new Uint16Array(0);
  second = new Uint16Array(0);
  third = new Uint16Array(0);

  /** Makes room for `count` more rows; arrays taken before are stale afterwards. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.tick.length) return;
    const capacity = Math.max(1024, needed, this.tick.length * 2);
    const { tick, kind, until, program, first, second, third } = this;
    this.tick = new Int32Array(capacity);
    this.kind = new Uint8Array(capacity);
    this.until = new Int32Array(capacity);
    this.program = new Uint16Array(capacity);
    this.first = new Uint16Array(capacity);
    this.second = new Uint16Array(capacity);
    this.third = new Uint16Array(capacity);
    this.tick.set(tick);
    this.kind.set(kind);
    this.until.set(until);
    this.program.set(program);
    this.first.set(first);
    this.second.set(second);
    this.third.set(third);
  }

  /** Appends an event that holds off silence until `until`; there must be room for it. */
  add(kind: number, tick: number, until: number, program: number, first: number, second = NO_TOKEN): void {
    const row = this.length;
    this.kind[row] = kind;
    this.tick[row] = tick;
    this.until[row] = until;
    this.program[row] = program;
    this.first[row] = first;
    this.second[row] = second;
    this.third[row] = NO_TOKEN;
    this.length = row + 1;
  }
}

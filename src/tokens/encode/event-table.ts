import { NO_TOKEN } from '../token-ids.ts';

/** What an event is; the two kinds of notes and of note-offs differ in the pitch tokens that say them. */
export const NOTE = 0;
export const DRUM_NOTE = 1;
export const NOTE_OFF = 2;
export const DRUM_NOTE_OFF = 3;
export const TIME_SIGNATURE = 4;
export const TEMPO = 5;
/** Pedals, pitch bends and chords, which no tokenization treats in a way of its own. */
export const OTHER = 6;
export type EventKind =
  | typeof NOTE
  | typeof DRUM_NOTE
  | typeof NOTE_OFF
  | typeof DRUM_NOTE_OFF
  | typeof TIME_SIGNATURE
  | typeof TEMPO
  | typeof OTHER;

/**
 * Events of one stream in the order in which MidiTok lists them; sorted by tick (and by nothing else) they make the
 * stream. Arrays are reused; rows from `length` on are garbage.
 */
export class EventTable {
  length = 0;
  tick = new Int32Array(0);
  kind = new Uint8Array(0);
  /** Id of the Program token before the event, or `NO_TOKEN`. */
  program = new Uint16Array(0);
  /** Notes and note-offs: the tone (see `toneOf`). All others: the id. */
  value = new Uint16Array(0);
  /** Of notes; 0 of all others. */
  duration = new Int32Array(0);

  /** Makes room for `count` more rows; arrays taken before are stale afterwards. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.tick.length) return;
    const capacity = Math.max(1024, needed, this.tick.length * 2);
    const { tick, kind, program, value, duration } = this;
    this.tick = new Int32Array(capacity);
    this.kind = new Uint8Array(capacity);
    this.program = new Uint16Array(capacity);
    this.value = new Uint16Array(capacity);
    this.duration = new Int32Array(capacity);
    this.tick.set(tick);
    this.kind.set(kind);
    this.program.set(program);
    this.value.set(value);
    this.duration.set(duration);
  }

  /** Appends an event; there must be room for it. */
  add(kind: EventKind, tick: number, value: number, program: number = NO_TOKEN, duration = 0): void {
    const row = this.length;
    this.kind[row] = kind;
    this.tick[row] = tick;
    this.value[row] = value;
    this.program[row] = program;
    this.duration[row] = duration;
    this.length = row + 1;
  }
}

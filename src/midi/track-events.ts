import { TrackGroups } from './track-groups.ts';

/** Columns with more entries than this are let go after use, so that one large file does not stay in memory. */
const KEPT_ENTRIES = 1 << 17;
const SMALLEST_CAPACITY = 1 << 12;

const NO_NOTES: readonly number[] = [];

/** Tag of an entry of `ControlColumns`: its group, plus this bit for a pitch bend. */
export const BEND_FLAG = 1 << 15;

/**
 * Notes in the order of their note-ons, 24 bytes each. They count from 1, so that 0 can mean none. Note-offs match first
 * in first out per channel and pitch; `duration` of an open note is -1. The reader keeps the counts.
 */
export class NoteColumns {
  count = 0;
  /** Notes without a note-off. */
  openCount = 0;
  /** Tick of the last note-off that ended a note. */
  lastEnd = 0;
  onset = new Float64Array(0);
  duration = new Float64Array(0);
  pitch = new Uint8Array(0);
  velocity = new Uint8Array(0);
  group = new Uint16Array(0);
  /** The next open note of the same key, of all open notes but the last of their key. */
  private next = new Int32Array(0);
  /** Per key, `channel * 128 + pitch`: the first and the last open note. */
  private readonly firstOpen = new Int32Array(16 * 128);
  private readonly lastOpen = new Int32Array(16 * 128);

  /** Empties the columns and makes room for `entries`. Untouched pages of a large column cost no memory. */
  reset(entries: number): void {
    if (this.openCount > 0) this.firstOpen.fill(0);
    this.count = 0;
    this.openCount = 0;
    this.lastEnd = 0;
    if (entries >= this.onset.length) this.allocate(Math.max(SMALLEST_CAPACITY, entries + 1));
  }

  /** Puts a note at index `note` (>= 1) and leaves it open. */
  open(note: number, key: number, velocity: number, tick: number, group: number): void {
    this.onset[note] = tick;
    this.duration[note] = -1;
    this.pitch[note] = key & 0x7f;
    this.velocity[note] = velocity;
    this.group[note] = group;
    if (this.firstOpen[key] === 0) this.firstOpen[key] = note;
    else this.next[this.lastOpen[key] as number] = note;
    this.lastOpen[key] = note;
  }

  /** Ends the oldest open note of that key; false where there is none. */
  close(key: number, tick: number): boolean {
    const note = this.firstOpen[key] as number;
    if (note === 0) return false;
    this.firstOpen[key] = note === this.lastOpen[key] ? 0 : (this.next[note] as number);
    this.duration[note] = tick - (this.onset[note] as number);
    return true;
  }

  /** Ends all open notes of a channel and returns their pitches. */
  closeChannel(channel: number, tick: number): readonly number[] {
    const pitches: number[] = [];
    for (let pitch = 0; pitch < 128; pitch++) while (this.close((channel << 7) | pitch, tick)) pitches.push(pitch);
    this.openCount -= pitches.length;
    if (pitches.length > 0) this.lastEnd = tick;
    return pitches;
  }

  /**
   * Ends what is still open: a note with the last note-off of its key after it (first in first out has given that to
   * an earlier note), else at `tick`. Returns the notes.
   */
  closeRest(tick: number, channels: Uint8Array): readonly number[] {
    if (this.openCount === 0) return NO_NOTES;
    const lastOff = new Float64Array(16 * 128);
    const open: number[] = [];
    for (let note = 1; note <= this.count; note++) {
      const duration = this.duration[note] as number;
      const key = this.keyOf(note, channels);
      if (duration < 0) open.push(note);
      else lastOff[key] = Math.max(lastOff[key] as number, (this.onset[note] as number) + duration);
    }
    for (const note of open) {
      const onset = this.onset[note] as number;
      const off = lastOff[this.keyOf(note, channels)] as number;
      const end = off > onset ? off : tick;
      this.duration[note] = end - onset;
      this.lastEnd = Math.max(this.lastEnd, end);
    }
    this.firstOpen.fill(0);
    this.openCount = 0;
    return open;
  }

  /** `channel * 128 + pitch` of a note. */
  keyOf(note: number, channels: Uint8Array): number {
    return ((channels[this.group[note] as number] as number) << 7) | (this.pitch[note] as number);
  }

  release(): void {
    this.firstOpen.fill(0);
    if (this.onset.length > KEPT_ENTRIES) this.allocate(0);
  }

  private allocate(capacity: number): void {
    this.onset = new Float64Array(capacity);
    this.duration = new Float64Array(capacity);
    this.pitch = new Uint8Array(capacity);
    this.velocity = new Uint8Array(capacity);
    this.group = new Uint16Array(capacity);
    this.next = new Int32Array(capacity);
  }
}

/**
 * Controls and pitch bends in file order, 12 bytes each, counted from 0. A bend has its low 7 bits in `first`, the others
 * in `second`.
 */
export class ControlColumns {
  count = 0;
  tick = new Float64Array(0);
  first = new Uint8Array(0);
  second = new Uint8Array(0);
  tag = new Uint16Array(0);
  private maxEntries = 0;

  /** Empties the columns, which will get at most `maxEntries`. */
  reset(maxEntries: number): void {
    this.count = 0;
    this.maxEntries = maxEntries;
  }

  /** Makes room for one more entry and returns its index; the caller fills it. */
  add(): number {
    if (this.count === this.tick.length) this.grow();
    return this.count++;
  }

  release(): void {
    if (this.tick.length > KEPT_ENTRIES) this.resize(0);
  }

  /** Doubles up to `KEPT_ENTRIES`, then takes all that can still be needed, so that a large track is copied once. */
  private grow(): void {
    const doubled = Math.max(SMALLEST_CAPACITY, 2 * this.tick.length);
    this.resize(doubled <= KEPT_ENTRIES ? doubled : Math.max(this.maxEntries, this.count + 1));
  }

  private resize(capacity: number): void {
    this.tick = resized(this.tick, new Float64Array(capacity));
    this.first = resized(this.first, new Uint8Array(capacity));
    this.second = resized(this.second, new Uint8Array(capacity));
    this.tag = resized(this.tag, new Uint16Array(capacity));
  }
}

/** The events of one MIDI track while it is read; used again for the next track and file. */
export class TrackEvents {
  readonly notes = new NoteColumns();
  readonly controls = new ControlColumns();
  readonly groups = new TrackGroups();

  /** Empties everything, for a track of at most `maxEntries` notes, controls and bends. */
  reset(maxEntries: number): void {
    this.notes.reset(maxEntries);
    this.controls.reset(maxEntries);
    this.groups.reset();
  }

  release(): void {
    this.notes.release();
    this.controls.release();
    this.groups.reset();
  }
}

function resized<T extends Float64Array | Uint8Array | Uint16Array>(from: T, to: T): T {
  to.set(from.subarray(0, to.length));
  return to;
}

import type { MetaEvents } from './meta-events.ts';
import { MidiRefusal } from './refusal.ts';
import type { RepairLog } from './repairs.ts';
import { BEND_FLAG, type TrackEvents } from './track-events.ts';
import { readVlq } from './vlq.ts';

const NOTE_ON = 0x90;
const AFTERTOUCH = 0xa0;
const CONTROL = 0xb0;
const PROGRAM_CHANGE = 0xc0;
const CHANNEL_AFTERTOUCH = 0xd0;
const PITCH_BEND = 0xe0;
const SYSEX = 0xf0;
const META = 0xff;
const END_OF_TRACK = 0x2f;
/** Data bytes of F0 to FE; -1 for undefined ones, F0 has its own length. */
const SYSTEM_DATA_BYTES = [0, 1, 2, 1, -1, -1, 0, 0, 0, -1, 0, 0, 0, -1, 0];
/** The smallest event that is stored: delta time and two data bytes under running status. */
const SMALLEST_EVENT_BYTES = 3;
/** The largest that `readNotesAndControls` reads: two bytes of delta time, status and two data bytes. */
const LARGEST_FAST_EVENT_BYTES = 5;

/**
 * Reads MIDI tracks, each in one pass. The rules are symusic's (../shared/MIDITOK.md 1.3 to 1.6): notes pair first in
 * first out per channel and pitch whatever the program, meta events keep the running status, system messages replace it.
 * What symusic refuses is mended and counted.
 *
 * Most events are notes and controls: `readNotesAndControls` reads runs of them with all state in locals, which is what
 * makes the reader fast, and leaves whatever is anything else or malformed to `readEvent`, which knows all the rules.
 */
export class TrackReader {
  private readonly bytes: Uint8Array;
  private readonly events: TrackEvents;
  private readonly meta: MetaEvents;
  private readonly repairs: RepairLog;

  private position = 0;
  private end = 0;
  private tick = 0;
  private eventCount = 0;
  /** Whether the track had an event that passes its end, and an end-of-track. */
  private isCut = false;
  private sawEnd = false;
  /** Running status, 0 for none. */
  private status = 0;
  /** Bytes after the status byte of the last system message. */
  private systemLength = 0;

  constructor(bytes: Uint8Array, events: TrackEvents, meta: MetaEvents, repairs: RepairLog) {
    this.bytes = bytes;
    this.events = events;
    this.meta = meta;
    this.repairs = repairs;
  }

  /** Reads the track from `start` to `end` and returns its number of events. */
  read(start: number, end: number): number {
    this.meta.trackName = '';
    this.events.reset(Math.floor((end - start) / SMALLEST_EVENT_BYTES));
    this.position = start;
    this.end = end;
    this.tick = 0;
    this.eventCount = 0;
    this.status = 0;
    this.isCut = false;
    this.sawEnd = false;
    while (this.position < this.end) {
      this.readNotesAndControls();
      if (this.position < this.end) this.readEvent();
    }
    if (this.isCut) this.repairs.add('truncated_event');
    if (!this.sawEnd) this.repairs.add('missing_end_of_track');
    return this.eventCount;
  }

  /**
   * Reads notes and controls up to the next event that is anything else, malformed or cut off, far from the one before, or
   * needs more than a store in the columns. It calls nothing and keeps its numbers in registers (`| 0` tells V8 that they are integers): so what
   * it loads from objects is loaded and checked once, not for every event.
   */
  private readNotesAndControls(): void {
    const { bytes, end } = this;
    const { notes, controls, groups } = this.events;
    const currentGroup = groups.current;
    let position = this.position | 0;
    let status = this.status | 0;
    let count = notes.count | 0;
    let openCount = notes.openCount | 0;
    let controlCount = controls.count | 0;
    let eventCount = 0;
    let { tick } = this;
    let { lastEnd } = notes;
    const lastStart = end - LARGEST_FAST_EVENT_BYTES;
    const room = controls.tick.length;
    while (position <= lastStart) {
      let at = position;
      let delta = bytes[at] as number;
      at = (at + 1) | 0;
      if (delta >= 0x80) {
        const low = bytes[at] as number;
        if (low >= 0x80) break;
        at = (at + 1) | 0;
        delta = ((delta & 0x7f) << 7) | low;
      }
      let first = bytes[at] as number;
      at = (at + 1) | 0;
      if (first >= 0x80) {
        if (first >= PROGRAM_CHANGE) break;
        status = first;
        first = bytes[at] as number;
        at = (at + 1) | 0;
      } else if (status === 0 || status >= PROGRAM_CHANGE) {
        break;
      }
      const second = bytes[at] as number;
      if ((first | second) > 127) break;
      const channel = status & 0x0f;
      if (status >= AFTERTOUCH) {
        if (status >= CONTROL) {
          const group = currentGroup[channel] as number;
          if (group < 0 || controlCount >= room) break;
          controls.tick[controlCount] = tick + delta;
          controls.first[controlCount] = first;
          controls.second[controlCount] = second;
          controls.tag[controlCount] = group;
          controlCount = (controlCount + 1) | 0;
        }
        tick += delta;
      } else if (second > 0 && status >= NOTE_ON) {
        const group = currentGroup[channel] as number;
        if (group < 0) break;
        tick += delta;
        count = (count + 1) | 0;
        openCount = (openCount + 1) | 0;
        notes.open(count, (channel << 7) | first, second, tick, group);
      } else {
        tick += delta;
        if (notes.close((channel << 7) | first, tick)) {
          openCount = (openCount - 1) | 0;
          lastEnd = tick;
        }
      }
      position = (at + 1) | 0;
      eventCount = (eventCount + 1) | 0;
    }
    this.position = position;
    this.tick = tick;
    this.status = status;
    this.eventCount += eventCount;
    notes.count = count;
    notes.openCount = openCount;
    notes.lastEnd = lastEnd;
    controls.count = controlCount;
  }

  /** Reads one event of any kind, by all the rules. */
  private readEvent(): void {
    const delta = readVlq(this.bytes, this.position, this.end);
    this.position += delta & 7;
    if (delta === 0 || this.position === this.end) {
      this.cut();
      return;
    }
    this.tick += delta >> 3;
    this.eventCount += 1;
    const byte = this.bytes[this.position] as number;
    if (byte >= 0x80) this.position += 1;
    if (byte === META) {
      this.readMeta();
    } else {
      if (byte >= 0x80) this.status = byte;
      if (this.status >= SYSEX) this.skipSystemMessage(byte >= 0x80);
      else this.readMessage();
    }
  }

  /** Reads a meta event from its type. */
  private readMeta(): void {
    const { bytes, position } = this;
    if (!this.skip(1) || !this.skipBlock()) return;
    if (bytes[position] === END_OF_TRACK) {
      this.sawEnd = true;
      this.position = this.end;
    } else {
      this.meta.read(bytes, position, this.position, this.tick);
    }
  }

  /** Reads a channel message from its first data byte. Aftertouch is skipped, it is in no score. */
  private readMessage(): void {
    const { bytes, position, status } = this;
    if (status === 0) throw noRunningStatus(position);
    const kind = status & 0xf0;
    if (!this.skip(kind === PROGRAM_CHANGE || kind === CHANNEL_AFTERTOUCH ? 1 : 2)) return;
    const channel = status & 0x0f;
    const first = bytes[position] as number;
    const second = bytes[position + 1] as number;
    if (kind === CONTROL) this.store(channel, this.clamp(first), this.clamp(second), 0);
    else if (kind === PITCH_BEND) this.bend(channel, first, second);
    else if (kind === PROGRAM_CHANGE) this.events.groups.changeProgram(channel, this.clamp(first));
    else if (kind <= NOTE_ON) this.note(channel, this.clamp(first), this.clamp(second));
  }

  /** Skips a system message; under running status (`isNew` is false) it is as long as the last one. */
  private skipSystemMessage(isNew: boolean): void {
    const { position, status } = this;
    if (!isNew) {
      this.skip(this.systemLength);
    } else if (status === SYSEX) {
      this.skipBlock();
      this.systemLength = this.position - position;
    } else {
      const dataBytes = SYSTEM_DATA_BYTES[status - SYSEX] ?? 0;
      if (dataBytes < 0) this.repairs.add('undefined_status');
      this.systemLength = Math.max(0, dataBytes);
      this.skip(this.systemLength);
    }
  }

  private note(channel: number, pitch: number, velocity: number): void {
    const { notes, groups } = this.events;
    const key = (channel << 7) | pitch;
    if (velocity > 0 && this.status >= NOTE_ON) {
      const group = groups.current[channel] as number;
      notes.count += 1;
      notes.openCount += 1;
      notes.open(notes.count, key, velocity, this.tick, group < 0 ? groups.create(channel) : group);
    } else if (notes.close(key, this.tick)) {
      notes.openCount -= 1;
      notes.lastEnd = this.tick;
    }
  }

  private bend(channel: number, low: number, high: number): void {
    const isInRange = (low | (high << 7)) < 0x4000;
    const value = isInRange ? low | (high << 7) : this.clamp(low) | (this.clamp(high) << 7);
    this.store(channel, value & 0x7f, value >> 7, BEND_FLAG);
  }

  private store(channel: number, first: number, second: number, flag: number): void {
    const { controls, groups } = this.events;
    const group = groups.current[channel] as number;
    const entry = controls.add();
    controls.tick[entry] = this.tick;
    controls.first[entry] = first;
    controls.second[entry] = second;
    controls.tag[entry] = (group < 0 ? groups.createUnclaimed(channel) : group) | flag;
  }

  private clamp(byte: number): number {
    if (byte < 0x80) return byte;
    this.repairs.add('data_byte_clamped');
    return 127;
  }

  /** Moves past `length` bytes; false, and the track ends, where they are not there. */
  private skip(length: number): boolean {
    this.position += length;
    if (this.position <= this.end) return true;
    this.cut();
    return false;
  }

  /** Moves past a length and as many bytes. */
  private skipBlock(): boolean {
    const length = readVlq(this.bytes, this.position, this.end);
    if (length !== 0) return this.skip((length & 7) + (length >> 3));
    this.cut();
    return false;
  }

  private cut(): void {
    this.isCut = true;
    this.position = this.end;
  }
}

function noRunningStatus(position: number): MidiRefusal {
  return new MidiRefusal('midi_no_running_status', `data byte without a status at byte ${position}`);
}

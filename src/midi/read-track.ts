import type { MetaEvents } from './meta-events.ts';
import { MidiRefusal } from './refusal.ts';
import type { RepairLog } from './repairs.ts';
import { BEND_FLAG, type TrackEvents } from './track-events.ts';
import { readVlq } from './vlq.ts';

const META = 0xff;
const SYSEX = 0xf0;
const NOTE_ON = 0x90;
const END_OF_TRACK = 0x2f;
const SUSTAIN_PEDAL = 64;
/** Data bytes of F0 to FE; -1 for undefined ones, F0 has its own length. */
const SYSTEM_DATA_BYTES = [0, 1, 2, 1, -1, -1, 0, 0, 0, -1, 0, 0, 0, -1, 0];
/** The smallest event that is stored: delta time and two data bytes under running status. */
const SMALLEST_EVENT_BYTES = 3;

/**
 * Reads MIDI tracks, each in one pass. The rules are symusic's (../shared/MIDITOK.md 1.3 to 1.6): notes pair first in
 * first out per channel and pitch whatever the program, meta events keep the running status, system messages replace it.
 * What symusic refuses is mended and counted.
 */
export class TrackReader {
  private readonly bytes: Uint8Array;
  private readonly events: TrackEvents;
  private readonly meta: MetaEvents;
  private readonly repairs: RepairLog;

  /** Whether the track that is read had its end-of-track. */
  private sawEnd = false;
  /** Bytes after the status byte of the last system message. */
  private systemLength = 0;

  constructor(bytes: Uint8Array, events: TrackEvents, meta: MetaEvents, repairs: RepairLog) {
    this.bytes = bytes;
    this.events = events;
    this.meta = meta;
    this.repairs = repairs;
  }

  /**
   * Reads the track from `start` to `end` and returns its number of events. Most events are notes: they are read here,
   * with all state in locals, everything else in methods.
   */
  read(start: number, end: number): number {
    const { bytes } = this;
    const { notes, groups } = this.events;
    const currentGroup = groups.current;
    this.startTrack(end - start);
    let position = start;
    let tick = 0;
    let status = 0;
    let eventCount = 0;
    let noteCount = 0;
    let closedCount = 0;
    let lastNoteEnd = 0;
    while (position < end) {
      const deltaByte = bytes[position] as number;
      if (deltaByte < 0x80) {
        tick += deltaByte;
        position += 1;
      } else {
        const delta = readVlq(bytes, position, end);
        tick += delta >> 3;
        position += delta === 0 ? end : delta & 7;
      }
      eventCount += 1;
      const byte = position < end ? (bytes[position] as number) : 0;
      if (byte >= 0x80) {
        position += 1;
        if (byte === META) {
          position = this.metaEvent(position, end, tick);
          continue;
        }
        status = byte;
      }
      if ((status & 0xe0) !== 0x80) {
        position = this.otherMessage(status, byte >= 0x80, position, end, tick);
        continue;
      }
      if (position + 2 > end) {
        position = end + 1;
        break;
      }
      let pitch = bytes[position] as number;
      let velocity = bytes[position + 1] as number;
      position += 2;
      if ((pitch | velocity) > 127) {
        pitch = this.clamp(pitch);
        velocity = this.clamp(velocity);
      }
      const channel = status & 0x0f;
      const key = (channel << 7) | pitch;
      if (velocity > 0 && status >= NOTE_ON) {
        let group = currentGroup[channel] as number;
        if (group < 0) group = groups.create(channel);
        noteCount += 1;
        notes.open(noteCount, key, velocity, tick, group);
      } else if (notes.close(key, tick)) {
        closedCount += 1;
        lastNoteEnd = tick;
      }
    }
    notes.count = noteCount;
    notes.openCount = noteCount - closedCount;
    notes.lastEnd = lastNoteEnd;
    if (position > end) this.repairs.add('truncated_event');
    if (!this.sawEnd) this.repairs.add('missing_end_of_track');
    return eventCount;
  }

  private startTrack(sizeBytes: number): void {
    this.sawEnd = false;
    this.meta.trackName = '';
    this.events.reset(Math.floor(sizeBytes / SMALLEST_EVENT_BYTES));
    // symusic starts channels 1 to 15 with the pedal down since tick 0.
    pedalDownSince.fill(0);
    pedalDownSince[0] = -1;
  }

  /** Reads the meta event whose type is at `position`; returns the offset after it, `end` for the end of the track. */
  private metaEvent(position: number, end: number, tick: number): number {
    const next = this.afterBlock(position + 1, end);
    if (next > end) return next;
    if (this.bytes[position] === END_OF_TRACK) {
      this.sawEnd = true;
      return end;
    }
    this.meta.read(this.bytes, position, next, tick);
    return next;
  }

  /**
   * Reads any message but notes and meta events, from its first data byte; returns the offset after it, beyond `end` where
   * it does not fit. `isNew` is false under running status, which repeats a system message with the length it had.
   */
  private otherMessage(status: number, isNew: boolean, position: number, end: number, tick: number): number {
    if (status >= SYSEX) {
      if (isNew) this.systemLength = this.systemMessageLength(status, position, end);
      return position + this.systemLength;
    }
    if (status === 0 && position < end) throw noRunningStatus(position);
    const kind = status & 0xf0;
    const next = position + (kind === 0xc0 || kind === 0xd0 ? 1 : 2);
    if (next > end) return end + 1;
    const channel = status & 0x0f;
    const first = this.bytes[position] as number;
    const second = this.bytes[position + 1] as number;
    if (kind === 0xb0) this.control(channel, this.clamp(first), this.clamp(second), tick);
    else if (kind === 0xc0) this.events.groups.changeProgram(channel, this.clamp(first));
    else if (kind === 0xe0) this.bend(channel, first, second, tick);
    return next; // Aftertouch (A0, D0) is in no score.
  }

  /** Bytes after the status byte of a system message. */
  private systemMessageLength(status: number, position: number, end: number): number {
    if (status === SYSEX) return this.afterBlock(position, end) - position;
    const dataBytes = SYSTEM_DATA_BYTES[status - SYSEX] ?? 0;
    if (dataBytes < 0) this.repairs.add('undefined_status');
    return Math.max(0, dataBytes);
  }

  /** Offset after a block that starts with its length; beyond `end` where it does not fit. */
  private afterBlock(position: number, end: number): number {
    const length = readVlq(this.bytes, position, end);
    return length === 0 ? end + 1 : position + (length & 7) + (length >> 3);
  }

  private control(channel: number, number: number, value: number, tick: number): void {
    const { controls } = this.events;
    const entry = controls.add();
    controls.tick[entry] = tick;
    controls.first[entry] = number;
    controls.second[entry] = value;
    controls.tag[entry] = this.groupFor(channel);
    controls.pedalSince[entry] = -1;
    if (number !== SUSTAIN_PEDAL) return;
    const since = pedalDownSince[channel] as number;
    if (value < 64) {
      controls.pedalSince[entry] = since;
      pedalDownSince[channel] = -1;
    } else if (since < 0) {
      pedalDownSince[channel] = tick;
    }
  }

  private bend(channel: number, low: number, high: number, tick: number): void {
    const { controls } = this.events;
    const entry = controls.add();
    const isInRange = (low | (high << 7)) < 0x4000;
    const value = isInRange ? low | (high << 7) : this.clamp(low) | (this.clamp(high) << 7);
    controls.tick[entry] = tick;
    controls.first[entry] = value & 0x7f;
    controls.second[entry] = value >> 7;
    controls.tag[entry] = this.groupFor(channel) | BEND_FLAG;
    controls.pedalSince[entry] = -1;
  }

  /** The group that a control or bend goes to. */
  private groupFor(channel: number): number {
    const { groups } = this.events;
    const group = groups.current[channel] as number;
    return group < 0 ? groups.createUnclaimed(channel) : group;
  }

  private clamp(byte: number): number {
    if (byte < 0x80) return byte;
    this.repairs.add('data_byte_clamped');
    return 127;
  }
}

function noRunningStatus(position: number): MidiRefusal {
  return new MidiRefusal('midi_no_running_status', `data byte without a status at byte ${position}`);
}

/** Tick since which the pedal of a channel is down, -1 while it is up. */
const pedalDownSince = new Float64Array(16);

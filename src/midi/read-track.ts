import type { MetaEvents } from './meta-events.ts';
import { MidiRefusal } from './refusal.ts';
import type { RepairLog } from './repairs.ts';
import { BEND_FLAG, type TrackEvents } from './track-events.ts';
import { readVlq } from './vlq.ts';

const META = 0xff;
const SYSEX = 0xf0;
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

  constructor(bytes: Uint8Array, events: TrackEvents, meta: MetaEvents, repairs: RepairLog) {
    this.bytes = bytes;
    this.events = events;
    this.meta = meta;
    this.repairs = repairs;
  }

  /**
   * Reads the track from `start` to `end` and returns its number of events. Counters are locals, and what is rare is in
   * methods: kept in fields, they made this loop a quarter slower.
   */
  read(start: number, end: number): number {
    const { bytes } = this;
    const { notes, groups } = this.events;
    const currentGroup = groups.current;
    this.startTrack(end - start);
    let position = start;
    let tick = 0;
    let eventCount = 0;
    let noteCount = 0;
    let closedCount = 0;
    let lastNoteEnd = 0;
    let status = 0;
    let systemLength = 0;
    let isCut = false;
    let sawEnd = false;
    while (position < end) {
      let byte = bytes[position] as number;
      if (byte < 0x80) {
        tick += byte;
        position += 1;
      } else {
        const delta = readVlq(bytes, position, end);
        tick += delta >> 3;
        position += delta === 0 ? end : delta & 7;
      }
      if (position >= end) {
        isCut = true;
        break;
      }
      eventCount += 1;
      byte = bytes[position] as number;
      if (byte >= SYSEX) {
        const next = this.endOfSystemMessage(byte, position + 1, end);
        isCut = next > end;
        sawEnd = byte === META && bytes[position + 1] === END_OF_TRACK;
        if (isCut || sawEnd) break;
        if (byte === META) {
          this.meta.read(bytes, position + 1, next, tick);
        } else {
          status = byte;
          systemLength = next - position - 1;
        }
        position = next;
        continue;
      }
      if (byte >= 0x80) {
        status = byte;
        position += 1;
      } else if (status === 0) {
        throw new MidiRefusal('midi_no_running_status', `data byte ${byte} without a status at byte ${position}`);
      }
      const kind = status & 0xf0;
      const channel = status & 0x0f;
      const next = position + (kind <= 0xb0 || kind === 0xe0 ? 2 : kind === 0xf0 ? systemLength : 1);
      if (next > end) {
        isCut = true;
        break;
      }
      let first = bytes[position] as number;
      let second = bytes[position + 1] as number;
      position = next;
      if (kind > 0x90) {
        this.otherMessage(kind, channel, first, second, tick);
        continue;
      }
      if ((first | second) > 127) {
        first = this.clamp(first);
        second = this.clamp(second);
      }
      if (kind === 0x90 && second > 0) {
        let group = currentGroup[channel] as number;
        if (group < 0) group = groups.create(channel);
        noteCount += 1;
        notes.open(noteCount, (channel << 7) | first, second, tick, group);
      } else if (notes.close((channel << 7) | first, tick)) {
        closedCount += 1;
        lastNoteEnd = tick;
      }
    }
    notes.count = noteCount;
    notes.openCount = noteCount - closedCount;
    notes.lastEnd = lastNoteEnd;
    if (isCut) this.repairs.add('truncated_event');
    if (!sawEnd) this.repairs.add('missing_end_of_track');
    return eventCount;
  }

  private startTrack(sizeBytes: number): void {
    this.meta.trackName = '';
    this.events.reset(Math.floor(sizeBytes / SMALLEST_EVENT_BYTES));
    // symusic starts channels 1 to 15 with the pedal down since tick 0.
    pedalDownSince.fill(0);
    pedalDownSince[0] = -1;
  }

  /** Offset after a system message whose status byte is before `position`; beyond `end` where it does not fit. */
  private endOfSystemMessage(status: number, position: number, end: number): number {
    if (status === SYSEX || status === META) {
      const lengthAt = status === META ? position + 1 : position;
      const length = readVlq(this.bytes, lengthAt, end);
      return length === 0 ? end + 1 : lengthAt + (length & 7) + (length >> 3);
    }
    const dataBytes = SYSTEM_DATA_BYTES[status - SYSEX] ?? 0;
    if (dataBytes < 0) this.repairs.add('undefined_status');
    return position + Math.max(0, dataBytes);
  }

  /** Everything on a channel but notes; aftertouch is in no score. */
  private otherMessage(kind: number, channel: number, first: number, second: number, tick: number): void {
    if (kind === 0xb0) this.control(channel, this.clamp(first), this.clamp(second), tick);
    else if (kind === 0xc0) this.events.groups.changeProgram(channel, this.clamp(first));
    else if (kind === 0xe0) this.bend(channel, first, second, tick);
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

/** Tick since which the pedal of a channel is down, -1 while it is up. */
const pedalDownSince = new Float64Array(16);

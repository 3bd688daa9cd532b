import { BEND, CONTROL, type EventPool, GROUP_MASK, KIND_SHIFT } from './event-pool.ts';
import type { MetaEvents } from './meta-events.ts';
import { MidiRefusal } from './refusal.ts';
import type { RepairLog } from './repairs.ts';
import type { TrackGroups } from './track-groups.ts';
import { readVlq } from './vlq.ts';

const META = 0xff;
const SYSEX = 0xf0;
const END_OF_TRACK = 0x2f;
const SUSTAIN_PEDAL = 64;
/** Data bytes of F1 to FE; -1 for undefined ones. */
const SYSTEM_DATA_BYTES = [0, 1, 2, 1, -1, -1, 0, 0, 0, -1, 0, 0, 0, -1, 0];

/**
 * Reads the events of MIDI tracks, in one pass, into `pool`, `groups` and `meta`. The rules are symusic's
 * (../shared/MIDITOK.md 1.3 to 1.6): notes pair first in first out per channel and pitch whatever the program, meta
 * events keep the running status, system messages replace it. What symusic refuses is mended and counted.
 */
export class TrackReader {
  private readonly bytes: Uint8Array;
  private readonly pool: EventPool;
  private readonly groups: TrackGroups;
  private readonly meta: MetaEvents;
  private readonly repairs: RepairLog;

  /** Number of entries in the pool. */
  private stored = 0;
  /** Per (channel, pitch): the first and the last open note, 0 for none. */
  private readonly firstOpen = new Int32Array(16 * 128);
  private readonly lastOpen = new Int32Array(16 * 128);
  /** Tick since which the pedal of a channel is down, -1 while it is up. */
  private readonly pedalDownSince = new Float64Array(16);

  constructor(bytes: Uint8Array, pool: EventPool, groups: TrackGroups, meta: MetaEvents, repairs: RepairLog) {
    this.bytes = bytes;
    this.pool = pool;
    this.groups = groups;
    this.meta = meta;
    this.repairs = repairs;
  }

  /** Entries 1 to `storedEvents` of the pool are the last track's. */
  get storedEvents(): number {
    return this.stored;
  }

  /** Reads the track from `start` to `end` and returns its number of events; more than `maxEvents` are refused. */
  read(start: number, end: number, maxEvents: number): number {
    const { bytes } = this;
    this.startTrack(Math.min(maxEvents, Math.floor((end - start) / 3)));
    let position = start;
    let tick = 0;
    let events = 0;
    let status = 0;
    /** Bytes after the status byte of the last system message: what running status repeats. */
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
      if (++events > maxEvents) throw new MidiRefusal('midi_limit_events', 'more events than the limit allows');

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
      } else if (status >= SYSEX) {
        position += systemLength;
        isCut = position > end;
        if (isCut) break;
        continue;
      }
      const size = (status & 0xe0) === 0xc0 ? 1 : 2;
      isCut = position + size > end;
      if (isCut) break;
      this.channelMessage(status, bytes[position] as number, bytes[position + 1] as number, tick);
      position += size;
    }
    if (isCut) this.repairs.add('truncated_event');
    if (!sawEnd) this.repairs.add('missing_end_of_track');
    return events;
  }

  private startTrack(maxStored: number): void {
    this.pool.reserve(maxStored + 1);
    this.stored = 0;
    this.firstOpen.fill(0);
    // symusic starts channels 1 to 15 with the pedal down since tick 0.
    this.pedalDownSince.fill(0);
    this.pedalDownSince[0] = -1;
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

  private channelMessage(status: number, first: number, second: number, tick: number): void {
    const channel = status & 0x0f;
    switch (status >> 4) {
      case 0x9:
        if (second > 0) this.noteOn(channel, this.data(first), this.data(second), tick);
        else this.noteOff(channel, this.data(first), tick);
        break;
      case 0x8:
        this.data(second);
        this.noteOff(channel, this.data(first), tick);
        break;
      case 0xb:
        this.control(channel, this.data(first), this.data(second), tick);
        break;
      case 0xc:
        this.groups.changeProgram(channel, this.data(first));
        break;
      case 0xe:
        this.bend(channel, first, second, tick);
        break;
      default: // Aftertouch is in no score.
    }
  }

  private data(byte: number): number {
    if (byte < 0x80) return byte;
    this.repairs.add('data_byte_clamped');
    return 127;
  }

  private noteOn(channel: number, pitch: number, velocity: number, tick: number): void {
    const { groups, pool } = this;
    let group = groups.current[channel] as number;
    if (group < 0) group = groups.create(channel);
    const note = ++this.stored;
    pool.tick[note] = tick;
    pool.extra[note] = -1;
    pool.first[note] = pitch;
    pool.second[note] = velocity;
    pool.tag[note] = group;
    const key = (channel << 7) | pitch;
    if (this.firstOpen[key] === 0) this.firstOpen[key] = note;
    else pool.extra[this.lastOpen[key] as number] = -1 - note;
    this.lastOpen[key] = note;
  }

  private noteOff(channel: number, pitch: number, tick: number): void {
    const { groups, pool } = this;
    const key = (channel << 7) | pitch;
    const note = this.firstOpen[key] as number;
    if (note === 0) return;
    this.firstOpen[key] = -1 - (pool.extra[note] as number);
    pool.extra[note] = tick - (pool.tick[note] as number);
    groups.lastTick[(pool.tag[note] as number) & GROUP_MASK] = tick;
  }

  private control(channel: number, number: number, value: number, tick: number): void {
    let pedalDownSince = -1;
    if (number === SUSTAIN_PEDAL) {
      const downSince = this.pedalDownSince[channel] as number;
      if (value < 64) {
        pedalDownSince = downSince;
        this.pedalDownSince[channel] = -1;
      } else if (downSince < 0) {
        this.pedalDownSince[channel] = tick;
      }
    }
    this.store(CONTROL, channel, number, value, tick, pedalDownSince);
  }

  private bend(channel: number, low: number, high: number, tick: number): void {
    let value = low | (high << 7);
    if (value > 0x3fff) value = this.data(low) | (this.data(high) << 7);
    this.store(BEND, channel, value & 0x7f, value >> 7, tick, 0);
  }

  private store(kind: number, channel: number, first: number, second: number, tick: number, extra: number): void {
    const { groups, pool } = this;
    let group = groups.current[channel] as number;
    if (group < 0) group = groups.createUnclaimed(channel);
    const entry = ++this.stored;
    pool.tick[entry] = tick;
    pool.extra[entry] = extra;
    pool.first[entry] = first;
    pool.second[entry] = second;
    pool.tag[entry] = group | (kind << KIND_SHIFT);
    groups.lastTick[group] = tick;
  }
}

import type { MetaEvents } from './meta-events.ts';
import { MidiRefusal } from './refusal.ts';
import type { RepairLog } from './repairs.ts';
import { BEND_FLAG, type TrackEvents } from './track-events.ts';
import type { Arrival, TrackPlan } from './track-plan.ts';
import type { TrackTrace } from './track-trace.ts';
import { LONGEST_VLQ, readVlq, vlqBytes } from './vlq.ts';

const NOTE_OFF = 0x80;
const NOTE_ON = 0x90;
const AFTERTOUCH = 0xa0;
const CONTROL = 0xb0;
const PROGRAM_CHANGE = 0xc0;
const CHANNEL_AFTERTOUCH = 0xd0;
const PITCH_BEND = 0xe0;
const SYSEX = 0xf0;
const END_OF_SYSEX = 0xf7;
const META = 0xff;
const END_OF_TRACK = 0x2f;
/** Channel mode messages: all sound off, reset all controllers, local control, then all notes off and its four kin. */
const ALL_SOUND_OFF = 120;
const ALL_NOTES_OFF = 123;
/** Data bytes of F1 to FE; -1 for undefined ones. F0 and F7 have a length of their own. */
const SYSTEM_DATA_BYTES = [-1, 1, 2, 1, -1, -1, 0, 0, 0, -1, 0, 0, 0, -1, 0];
/** The smallest event that is stored: delta time and two data bytes under running status. */
const SMALLEST_EVENT_BYTES = 3;
/** The largest that `readNotesAndControls` reads: two bytes of delta time, status and two data bytes. */
const LARGEST_FAST_EVENT_BYTES = 5;
const NOTHING: readonly number[] = [];

/**
 * Reads MIDI tracks, each in one pass. The rules are the standard's and, where it is silent, symusic's (docs/midi.md): notes
 * pair first in first out per channel and pitch whatever the program, meta events keep the running status. What is wrong is
 * mended and counted.
 *
 * Most events are notes and controls: `readNotesAndControls` reads runs of them with all state in locals, which is what
 * makes the reader fast, and leaves whatever is anything else or malformed to `readEvent`, which knows all the rules.
 */
export class TrackReader {
  private readonly bytes: Uint8Array;
  private readonly events: TrackEvents;
  private readonly meta: MetaEvents;
  private readonly repairs: RepairLog;
  private readonly isF7Bare: boolean;
  private trace: TrackTrace | undefined;

  /** Where reading stopped: after the end-of-track, else the end of the track. */
  position = 0;
  /** Tick of the end-of-track or else of the last event. */
  tick = 0;
  sawEnd = false;
  private end = 0;
  private startTick = 0;
  private eventCount = 0;
  /** First byte of the event, that is of its delta time, which reaches past the end of its track. */
  private cutAt = -1;
  /** Running status, 0 for none. */
  private status = 0;
  /** The running status before a system message, which that has ended. */
  private statusBefore = 0;
  /** First byte of the event that is being read. */
  private eventStart = 0;
  /** What a traced event is to be written as, if not as it is. */
  private instead: readonly number[] | undefined;
  private arrivals: readonly Arrival[] = [];
  private arrived = 0;
  /** Channels, as bits, whose program another track has changed and no note has used. */
  private foreignPrograms = 0;
  private readonly foreignProgram = new Uint8Array(16);

  /** @param isF7Bare - whether `F7` is one byte and not a packet with a length: where the standard's reading fails. */
  constructor(bytes: Uint8Array, events: TrackEvents, meta: MetaEvents, repairs: RepairLog, isF7Bare: boolean) {
    this.bytes = bytes;
    this.events = events;
    this.meta = meta;
    this.repairs = repairs;
    this.isF7Bare = isF7Bare;
  }

  /** Reads a track and returns its number of events. All of its notes are ended. */
  read({ start, end, startTick, arrivals }: TrackPlan, trace?: TrackTrace): number {
    this.trace = trace;
    this.meta.beginTrack();
    this.events.reset(Math.floor((end - start) / SMALLEST_EVENT_BYTES) + arrivals.length);
    this.position = start;
    this.end = end;
    this.tick = this.startTick = startTick;
    this.eventCount = 0;
    this.status = this.statusBefore = 0;
    this.cutAt = -1;
    this.sawEnd = false;
    this.arrivals = arrivals;
    this.arrived = 0;
    this.foreignPrograms = 0;
    const isPlain = arrivals.length === 0 && this.trace === undefined;
    while (this.position < this.end) {
      if (isPlain) this.readNotesAndControls();
      if (this.position < this.end) this.readEvent();
    }
    if (this.arrived < arrivals.length) this.arriveUntil(Number.POSITIVE_INFINITY);
    if (this.cutAt >= 0) this.repairs.add('truncated_event', this.cutAt);
    if (!this.sawEnd) this.repairs.add('missing_end_of_track', end);
    if (this.events.notes.openCount > 0) this.endNotes();
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
          if (group < 0 || controlCount >= room || first >= ALL_SOUND_OFF) break;
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
    this.eventStart = this.position;
    const delta = this.readQuantity();
    if (delta < 0 || this.position === this.end) {
      this.cut();
      return;
    }
    this.eventCount += 1;
    if (this.arrived < this.arrivals.length) this.arriveUntil(this.tick + delta);
    this.tick += delta;
    this.instead = undefined;
    const start = this.position;
    const byte = this.bytes[start] as number;
    if (byte >= 0x80) this.position += 1;
    if (byte === META) this.readMeta();
    else if (byte >= SYSEX) this.readSystemMessage(byte);
    else this.readMessage(byte);
    if (this.trace === undefined || this.cutAt >= 0) return;
    const { eventStart, tick, position, status, instead } = this;
    this.trace.event({ deltaStart: eventStart, start, end: position, tick, delta, status, instead });
  }

  /** Reads a meta event from its type. */
  private readMeta(): void {
    const { position } = this;
    if (!this.skip(1) || !this.skipBlock()) return;
    if (this.bytes[position] === END_OF_TRACK) {
      this.sawEnd = true;
      this.end = this.position;
    } else {
      this.instead = this.meta.read(this.bytes, position, this.position, this.tick);
    }
  }

  /** Reads a channel message, which begins with its status or with a data byte. Aftertouch is skipped, it is in no score. */
  private readMessage(byte: number): void {
    if (byte >= 0x80) this.status = byte;
    else if (this.status === 0) this.resumeStatus();
    const { bytes, position, status } = this;
    const kind = status & 0xf0;
    const length = kind === PROGRAM_CHANGE || kind === CHANNEL_AFTERTOUCH ? 1 : 2;
    if (!this.skip(length)) return;
    const channel = status & 0x0f;
    const first = bytes[position] as number;
    const second = length === 2 ? (bytes[position + 1] as number) : 0;
    if (kind === CONTROL) this.control(channel, this.clamp(first), this.clamp(second));
    else if (kind === PITCH_BEND) this.bend(channel, first, second);
    else if (kind === PROGRAM_CHANGE) this.changeProgram(channel, this.clamp(first));
    else if (kind <= NOTE_ON) this.note(channel, this.clamp(first), this.clamp(second));
    if ((first | second) > 127) {
      this.instead ??= [status, ...[first, second].slice(0, length).map((data) => Math.min(data, 127))];
    }
  }

  /** The standard lets a system message end the running status; writers that do not know it go on, and players follow. */
  private resumeStatus(): void {
    if (this.statusBefore === 0) throw noRunningStatus(this.position);
    this.status = this.statusBefore;
    this.repairs.add('running_status_resumed', this.position);
  }

  /** Skips a system message and ends the running status. */
  private readSystemMessage(byte: number): void {
    if (this.status > 0) this.statusBefore = this.status;
    this.status = 0;
    if (byte === SYSEX) {
      this.skipSysex();
    } else if (byte === END_OF_SYSEX) {
      if (this.isF7Bare) this.instead = NOTHING;
      else this.skipBlock();
      this.repairs.add(this.isF7Bare ? 'bare_f7' : 'f7_packet', this.eventStart);
    } else {
      const dataBytes = SYSTEM_DATA_BYTES[byte - SYSEX] ?? 0;
      if (dataBytes >= 0) this.skip(dataBytes);
      else {
        this.repairs.add('undefined_status', this.eventStart);
        this.instead = NOTHING;
      }
    }
  }

  /**
   * Skips a system exclusive message. An F7 ends it, so one in its middle, with another end, shows that its length was left
   * out; and so may one that would pass the end of the track.
   */
  private skipSysex(): void {
    const { bytes, position, end } = this;
    const length = readVlq(bytes, position, end);
    const next = position + (length & 7) + (length >> 3);
    const isWhole = length !== 0 && next <= end;
    if (isWhole && (length >> 3 === 0 || bytes[next - 1] === END_OF_SYSEX)) {
      this.position = next;
      return;
    }
    let last = position;
    while (last < end && (bytes[last] as number) < 0x80) last += 1;
    const isRaw = bytes[last] === END_OF_SYSEX && last < end && last > position && last < (isWhole ? next - 1 : end);
    if (!isRaw) {
      this.skipBlock();
      return;
    }
    this.position = last + 1;
    this.repairs.add('sysex_without_length', this.eventStart);
    const data = bytes.subarray(position, last + 1);
    this.instead = this.trace && [SYSEX, ...vlqBytes(data.length), ...data];
  }

  private note(channel: number, pitch: number, velocity: number): void {
    const { notes, groups } = this.events;
    const key = (channel << 7) | pitch;
    if (velocity > 0 && this.status >= NOTE_ON) {
      if (this.foreignPrograms & (1 << channel)) this.takeForeignProgram(channel);
      const group = groups.current[channel] as number;
      notes.count += 1;
      notes.openCount += 1;
      notes.open(notes.count, key, velocity, this.tick, group < 0 ? groups.create(channel) : group);
    } else if (notes.close(key, this.tick)) {
      notes.openCount -= 1;
      notes.lastEnd = this.tick;
    }
  }

  /** Only a note makes the program of another track this one's: controls go on with the notes before. */
  private takeForeignProgram(channel: number): void {
    const { groups } = this.events;
    const program = this.foreignProgram[channel] as number;
    const { stated } = groups;
    groups.changeProgram(channel, program);
    groups.stated = stated;
    this.foreignPrograms &= ~(1 << channel);
    this.repairs.add('program_from_other_track', this.eventStart);
    this.trace?.insert(this.tick, [PROGRAM_CHANGE | channel, program]);
  }

  private changeProgram(channel: number, program: number): void {
    this.events.groups.changeProgram(channel, program);
    this.foreignPrograms &= ~(1 << channel);
  }

  private control(channel: number, number: number, value: number): void {
    if (number === ALL_SOUND_OFF || number >= ALL_NOTES_OFF) this.endChannel(channel, this.eventStart);
    this.store(channel, number, value, 0);
  }

  /** Ends the notes of a channel by a channel mode message. */
  private endChannel(channel: number, byte: number): void {
    const pitches = this.events.notes.closeChannel(channel, this.tick);
    this.repairs.add('note_ended_by_control', byte, pitches.length);
    for (const pitch of pitches) this.trace?.insert(this.tick, [NOTE_OFF | channel, pitch, 0]);
  }

  private bend(channel: number, low: number, high: number): void {
    const isInRange = (low | (high << 7)) < 0x4000;
    const value = isInRange ? low | (high << 7) : this.clamp(low) | (this.clamp(high) << 7);
    this.store(channel, value & 0x7f, value >> 7, BEND_FLAG);
    if ((low | high) > 127) this.instead = [PITCH_BEND | channel, value & 0x7f, value >> 7];
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

  /** Takes what other tracks say up to a tick, before what this track says there. */
  private arriveUntil(tick: number): void {
    const before = this.tick;
    for (; this.arrived < this.arrivals.length; this.arrived++) {
      const arrival = this.arrivals[this.arrived] as Arrival;
      if (arrival.tick + this.startTick > tick) break;
      this.tick = arrival.tick + this.startTick;
      if (this.arrive(arrival)) this.trace?.insert(this.tick, arrival.message);
    }
    this.tick = before;
  }

  /** Takes a message of another track; false where it changes nothing. */
  private arrive({ message, byte, isOnlyAnEnd }: Arrival): boolean {
    const { groups } = this.events;
    const [status = 0, first = 0, second = 0] = message;
    const channel = status & 0x0f;
    const kind = status & 0xf0;
    if (status === META) {
      this.meta.read(Uint8Array.from(message), 1, message.length, this.tick);
    } else if (kind === PROGRAM_CHANGE) {
      this.foreignProgram[channel] = first;
      const hadOther = (this.foreignPrograms & (1 << channel)) !== 0;
      if (groups.programOf(channel) !== first) {
        this.foreignPrograms |= 1 << channel;
        return false;
      }
      this.foreignPrograms &= ~(1 << channel);
      // It takes back what a third track said, which a mended file would otherwise leave in force.
      return hadOther;
    } else if (isOnlyAnEnd) {
      this.endChannel(channel, byte);
      return false;
    } else {
      if (kind === CONTROL) this.control(channel, first, second);
      else this.bend(channel, first, second);
      this.repairs.add('controls_from_other_track', byte);
    }
    return true;
  }

  /** Ends the notes that no note-off has ended. */
  private endNotes(): void {
    const { notes, groups } = this.events;
    const open = notes.closeRest(this.tick, groups.channel);
    this.repairs.add('unmatched_note_on', this.position, open.length);
    for (const note of open) {
      const end = (notes.onset[note] as number) + (notes.duration[note] as number);
      const key = notes.keyOf(note, groups.channel);
      this.trace?.insert(end, [NOTE_OFF | (key >> 7), key & 0x7f, 0]);
    }
  }

  private clamp(byte: number): number {
    if (byte < 0x80) return byte;
    this.repairs.add('data_byte_clamped', this.eventStart);
    return 127;
  }

  /** Moves past a variable-length quantity and returns it, -1 where the track ends in it. */
  private readQuantity(): number {
    const quantity = readVlq(this.bytes, this.position, this.end);
    if (quantity === 0) return -1;
    const length = quantity & 7;
    if (length > LONGEST_VLQ) this.repairs.add('long_quantity', this.position);
    this.position += length;
    return quantity >> 3;
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
    const length = this.readQuantity();
    if (length >= 0) return this.skip(length);
    this.cut();
    return false;
  }

  private cut(): void {
    this.cutAt = this.eventStart;
    this.position = this.end;
  }
}

function noRunningStatus(position: number): MidiRefusal {
  return new MidiRefusal('midi_no_running_status', `data byte without a status at byte ${position}`);
}

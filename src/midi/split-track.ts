import type { Track } from './score.ts';
import { BEND_FLAG, type ControlColumns, type NoteColumns, type TrackEvents } from './track-events.ts';

const DRUM_CHANNEL = 9;
const NO_LYRICS: Track['lyrics'] = Object.freeze([]);
const NO_DOUBLES = new Float64Array(0);
const NO_BYTES = new Uint8Array(0);
const NO_SHORTS = new Int16Array(0);

/** What one group has, so that its arrays are made once and in the right size. */
class GroupSize {
  notes = 0;
  openNotes = 0;
  controls = 0;
  pedals = 0;
  bends = 0;
}

/** The arrays of one score track, views of a single buffer, while they fill. */
class TrackArrays {
  noteCount = 0;
  controlCount = 0;
  pedalCount = 0;
  bendCount = 0;
  readonly notes: Track['notes'];
  readonly controls: Track['controls'];
  readonly pedals: Track['pedals'];
  readonly pitchBends: Track['pitchBends'];

  constructor({ notes, controls, pedals, bends }: GroupSize) {
    const carver = new BufferCarver(18 * notes + 10 * controls + 16 * pedals + 10 * bends);
    const onset = carver.doubles(notes);
    const duration = carver.doubles(notes);
    const controlTick = carver.doubles(controls);
    this.pedals = { onset: carver.doubles(pedals), duration: carver.doubles(pedals) };
    this.pitchBends = { tick: carver.doubles(bends), value: carver.shorts(bends) };
    this.notes = { onset, duration, pitch: carver.bytes(notes), velocity: carver.bytes(notes) };
    this.controls = { tick: controlTick, number: carver.bytes(controls), value: carver.bytes(controls) };
  }

  addNote(notes: NoteColumns, index: number): void {
    const { onset, duration, pitch, velocity } = this.notes;
    const note = this.noteCount++;
    onset[note] = notes.onset[index] as number;
    duration[note] = notes.duration[index] as number;
    pitch[note] = notes.pitch[index] as number;
    velocity[note] = notes.velocity[index] as number;
  }

  addAllNotes({ onset, duration, pitch, velocity, count }: NoteColumns): void {
    this.notes.onset.set(onset.subarray(1, count + 1));
    this.notes.duration.set(duration.subarray(1, count + 1));
    this.notes.pitch.set(pitch.subarray(1, count + 1));
    this.notes.velocity.set(velocity.subarray(1, count + 1));
  }

  addControl(columns: ControlColumns, index: number): void {
    const { tick, number, value } = this.controls;
    const control = this.controlCount++;
    const at = columns.tick[index] as number;
    tick[control] = at;
    number[control] = columns.first[index] as number;
    value[control] = columns.second[index] as number;
    const since = columns.pedalSince[index] as number;
    if (since < 0) return;
    const pedal = this.pedalCount++;
    this.pedals.onset[pedal] = since;
    this.pedals.duration[pedal] = at - since;
  }

  addBend(columns: ControlColumns, index: number): void {
    const bend = this.bendCount++;
    this.pitchBends.tick[bend] = columns.tick[index] as number;
    const value = (columns.first[index] as number) | ((columns.second[index] as number) << 7);
    this.pitchBends.value[bend] = value - 8192;
  }
}

/** Cuts one buffer into arrays, doubles first, then shorts, then bytes, so that all are aligned. */
class BufferCarver {
  private readonly buffer: ArrayBuffer;
  private offset = 0;

  constructor(byteLength: number) {
    this.buffer = new ArrayBuffer(byteLength);
  }

  doubles(length: number): Float64Array {
    return length === 0 ? NO_DOUBLES : new Float64Array(this.buffer, this.take(8 * length), length);
  }

  shorts(length: number): Int16Array {
    return length === 0 ? NO_SHORTS : new Int16Array(this.buffer, this.take(2 * length), length);
  }

  bytes(length: number): Uint8Array {
    return length === 0 ? NO_BYTES : new Uint8Array(this.buffer, this.take(length), length);
  }

  private take(byteLength: number): number {
    const start = this.offset;
    this.offset += byteLength;
    return start;
  }
}

/**
 * Distributes the events of one MIDI track over its (channel, program) groups and appends those to `tracks`, in linear
 * time. Notes that never got a note-off are left out; groups that no note-on or lyric claimed are left out, and so are
 * empty ones. Returns the last tick of any event.
 */
export function splitTrack(events: TrackEvents, midiTrack: number, name: string, tracks: Track[]): number {
  const { groups } = events;
  const sizes = measureGroups(events);
  const arrays = sizes.map((size) => new TrackArrays(size));
  fill(arrays, events);
  let endTick = 0;
  for (const group of groups.sorted()) {
    const size = sizes[group];
    const filled = arrays[group];
    const lyrics = groups.lyrics.get(group);
    if (size === undefined || filled === undefined) continue;
    if (size.notes + size.openNotes + size.controls + size.bends === 0 && lyrics === undefined) continue;
    endTick = Math.max(endTick, groups.lastTick[group] ?? 0);
    const channel = groups.channel[group] ?? 0;
    tracks.push({
      program: groups.program[group] ?? 0,
      channel,
      midiTrack,
      isDrum: channel === DRUM_CHANNEL,
      name,
      notes: filled.notes,
      controls: filled.controls,
      pitchBends: filled.pitchBends,
      pedals: filled.pedals,
      lyrics: lyrics ?? NO_LYRICS,
    });
  }
  return endTick;
}

function fill(arrays: readonly TrackArrays[], { notes, controls }: TrackEvents): void {
  if (arrays.length === 1 && notes.openCount === 0) {
    arrays[0]?.addAllNotes(notes);
  } else {
    for (let note = 1; note <= notes.count; note++) {
      if ((notes.duration[note] as number) >= 0) arrays[notes.group[note] as number]?.addNote(notes, note);
    }
  }
  for (let i = 0; i < controls.count; i++) {
    const tag = controls.tag[i] as number;
    if (tag >= BEND_FLAG) arrays[tag - BEND_FLAG]?.addBend(controls, i);
    else arrays[tag]?.addControl(controls, i);
  }
}

function measureGroups({ notes, controls, groups }: TrackEvents): GroupSize[] {
  const sizes = Array.from({ length: groups.count }, () => new GroupSize());
  const only = sizes[0];
  if (only !== undefined && sizes.length === 1) {
    only.notes = notes.count - notes.openCount;
    only.openNotes = notes.openCount;
  } else {
    for (let note = 1; note <= notes.count; note++) {
      const size = sizes[notes.group[note] as number];
      if (size === undefined) continue;
      if ((notes.duration[note] as number) >= 0) size.notes += 1;
      else size.openNotes += 1;
    }
  }
  for (let i = 0; i < controls.count; i++) {
    const tag = controls.tag[i] as number;
    const size = sizes[tag & ~BEND_FLAG];
    if (size === undefined) continue;
    if (tag >= BEND_FLAG) {
      size.bends += 1;
    } else {
      size.controls += 1;
      if ((controls.pedalSince[i] as number) >= 0) size.pedals += 1;
    }
  }
  return sizes;
}

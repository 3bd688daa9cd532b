import { PedalState } from './pedal-state.ts';
import type { Track } from './score.ts';
import { TrackArrays } from './track-arrays.ts';
import { BEND_FLAG, type ControlColumns, type NoteColumns, type TrackEvents } from './track-events.ts';
import type { WorkSpace } from './work-space.ts';

const DRUM_CHANNEL = 9;
const SUSTAIN_PEDAL = 64;
const NO_LYRICS: Track['lyrics'] = [];

/**
 * Distributes the events of one MIDI track over its (channel, program) groups and appends those to `tracks`, in linear
 * time. Groups that no note-on or lyric claimed are left out, and so are empty ones. Returns the last tick of any event.
 */
export function splitTrack(
  events: TrackEvents,
  { midiTrack, name }: { readonly midiTrack: number; readonly name: string },
  tracks: Track[],
  memory: WorkSpace,
): number {
  const { groups } = events;
  const arrays: TrackArrays[] = [];
  for (let group = 0; group < groups.count; group++) arrays.push(new TrackArrays());
  measure(arrays, events);
  for (const group of arrays) group.allocate(memory);
  fill(arrays, events);
  const sorted = groups.sorted();
  let endTick = events.notes.lastEnd;
  for (const group of sorted) {
    const { controls, pitchBends } = arrays[group] ?? NO_ARRAYS;
    const lyrics = groups.lyrics.get(group);
    endTick = Math.max(endTick, controls.tick.at(-1) ?? 0, pitchBends.tick.at(-1) ?? 0, lyrics?.at(-1)?.tick ?? 0);
  }
  for (const group of sorted) {
    const filled = arrays[group] ?? NO_ARRAYS;
    const lyrics = groups.lyrics.get(group);
    if (filled.isEmpty && lyrics === undefined) continue;
    const symusicPedals = filled.finishPedals(endTick);
    const channel = groups.channel[group] ?? 0;
    const program = groups.program[group] ?? 0;
    const isDrum = channel === DRUM_CHANNEL;
    const { notes, controls, pitchBends, pedals: own } = filled;
    const rest = lyrics ?? NO_LYRICS;
    // Two literals, because copying one into the other costs as much as all of this.
    tracks.push(
      symusicPedals === undefined
        ? { program, channel, midiTrack, isDrum, name, notes, controls, pitchBends, pedals: own, lyrics: rest }
        : {
            program,
            channel,
            midiTrack,
            isDrum,
            name,
            notes,
            controls,
            pitchBends,
            pedals: own,
            lyrics: rest,
            symusicPedals,
          },
    );
  }
  return endTick;
}

const NO_ARRAYS = new TrackArrays();

function measure(arrays: readonly TrackArrays[], { notes, controls, groups }: TrackEvents): void {
  const only = arrays.length === 1 ? arrays[0] : undefined;
  if (only !== undefined) only.noteCount = notes.count;
  else measureNotes(arrays, notes);
  pedals.reset();
  for (let i = 0; i < controls.count; i++) {
    const tag = controls.tag[i] as number;
    const target = arrays[tag & ~BEND_FLAG];
    if (target === undefined) continue;
    if (tag >= BEND_FLAG) {
      target.bendCount += 1;
    } else {
      target.controlCount += 1;
      if (controls.first[i] === SUSTAIN_PEDAL) measurePedal(target, controls, i, groups.channel[tag] as number);
    }
  }
  for (let channel = 0; channel < 16; channel++) {
    if ((pedals.downSince[channel] as number) >= 0) arrays[pedals.group[channel] as number]?.countPedalLeftDown();
  }
}

function measureNotes(arrays: readonly TrackArrays[], notes: NoteColumns): void {
  for (let note = 1; note <= notes.count; note++) {
    const target = arrays[notes.group[note] as number];
    if (target !== undefined) target.noteCount += 1;
  }
}

function measurePedal(
  target: TrackArrays,
  { tick, second, tag }: ControlColumns,
  index: number,
  channel: number,
): void {
  const value = second[index] as number;
  const since = pedals.apply(channel, value, tick[index] as number, tag[index] as number);
  if (since >= 0) target.pedalCount += 1;
  if (pedals.isTakenFromZero(channel, value) && since !== 0) target.takePedalFromZero(since, tick[index] as number);
}

function fill(arrays: readonly TrackArrays[], { notes, controls, groups }: TrackEvents): void {
  if (arrays.length === 1) arrays[0]?.addAllNotes(notes);
  else fillNotes(arrays, notes);
  pedals.reset();
  for (let i = 0; i < controls.count; i++) {
    const tag = controls.tag[i] as number;
    const target = arrays[tag & ~BEND_FLAG];
    if (target === undefined) continue;
    if (tag >= BEND_FLAG) {
      target.addBend(controls, i);
    } else {
      target.addControl(controls, i);
      if (controls.first[i] === SUSTAIN_PEDAL) fillPedal(target, controls, i, groups.channel[tag] as number);
    }
  }
  for (let channel = 0; channel < 16; channel++) {
    const since = pedals.downSince[channel] as number;
    if (since >= 0) arrays[pedals.group[channel] as number]?.addPedal(since, since);
  }
}

function fillNotes(arrays: readonly TrackArrays[], notes: NoteColumns): void {
  for (let note = 1; note <= notes.count; note++) arrays[notes.group[note] as number]?.addNote(notes, note);
}

/** A pedal belongs to the group of the control that ends it. */
function fillPedal(target: TrackArrays, { tick, second, tag }: ControlColumns, index: number, channel: number): void {
  const since = pedals.apply(channel, second[index] as number, tick[index] as number, tag[index] as number);
  if (since >= 0) target.addPedal(since, tick[index] as number);
}

const pedals = new PedalState();

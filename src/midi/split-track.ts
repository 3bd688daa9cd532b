import { PedalState } from './pedal-state.ts';
import type { Track } from './score.ts';
import { TrackArrays } from './track-arrays.ts';
import { BEND_FLAG, type ControlColumns, type NoteColumns, type TrackEvents } from './track-events.ts';
import type { TrackGroups } from './track-groups.ts';
import type { WorkSpace } from './work-space.ts';

const DRUM_CHANNEL = 9;
const SUSTAIN_PEDAL = 64;
const NO_LYRICS: Track['lyrics'] = [];

/**
 * Distributes the events of one MIDI track over its (channel, program) groups and appends those to `tracks`, in linear
 * time. Notes that never got a note-off are left out; groups that no note-on or lyric claimed are left out, and so are
 * empty ones. Returns the last tick of any event.
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
  let endTick = events.notes.lastEnd;
  for (const group of groups.sorted()) {
    const filled = arrays[group];
    const lyrics = groups.lyrics.get(group);
    if (filled === undefined || (filled.isEmpty && lyrics === undefined)) continue;
    const { controls, pitchBends } = filled;
    endTick = Math.max(endTick, controls.tick.at(-1) ?? 0, pitchBends.tick.at(-1) ?? 0, lyrics?.at(-1)?.tick ?? 0);
    const channel = groups.channel[group] ?? 0;
    tracks.push({
      program: groups.program[group] ?? 0,
      channel,
      midiTrack,
      isDrum: channel === DRUM_CHANNEL,
      name,
      notes: filled.notes,
      controls,
      pitchBends,
      pedals: filled.pedals,
      lyrics: lyrics ?? NO_LYRICS,
    });
  }
  return endTick;
}

function measure(arrays: readonly TrackArrays[], { notes, controls, groups }: TrackEvents): void {
  const only = arrays.length === 1 ? arrays[0] : undefined;
  if (only !== undefined) {
    only.noteCount = notes.count - notes.openCount;
    only.openNoteCount = notes.openCount;
  } else {
    measureNotes(arrays, notes);
  }
  pedals.reset();
  for (let i = 0; i < controls.count; i++) {
    const tag = controls.tag[i] as number;
    const target = arrays[tag & ~BEND_FLAG];
    if (target === undefined) continue;
    if (tag >= BEND_FLAG) {
      target.bendCount += 1;
    } else {
      target.controlCount += 1;
      if (controls.first[i] === SUSTAIN_PEDAL && pedalSince(controls, i, groups) >= 0) target.pedalCount += 1;
    }
  }
}

function measureNotes(arrays: readonly TrackArrays[], notes: NoteColumns): void {
  for (let note = 1; note <= notes.count; note++) {
    const target = arrays[notes.group[note] as number];
    if (target === undefined) continue;
    if ((notes.duration[note] as number) >= 0) target.noteCount += 1;
    else target.openNoteCount += 1;
  }
}

function fill(arrays: readonly TrackArrays[], { notes, controls, groups }: TrackEvents): void {
  if (arrays.length === 1 && notes.openCount === 0) arrays[0]?.addAllNotes(notes);
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
      const since = controls.first[i] === SUSTAIN_PEDAL ? pedalSince(controls, i, groups) : -1;
      if (since >= 0) target.addPedal(since, controls.tick[i] as number);
    }
  }
}

function fillNotes(arrays: readonly TrackArrays[], notes: NoteColumns): void {
  for (let note = 1; note <= notes.count; note++) {
    if ((notes.duration[note] as number) >= 0) arrays[notes.group[note] as number]?.addNote(notes, note);
  }
}

/** Onset of the pedal that a control of number 64 ends, -1 where it ends none. It belongs to that control's group. */
function pedalSince({ tick, second, tag }: ControlColumns, index: number, groups: TrackGroups): number {
  const channel = groups.channel[tag[index] as number] as number;
  return pedals.apply(channel, second[index] as number, tick[index] as number);
}

const pedals = new PedalState();

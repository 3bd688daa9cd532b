import { CONTROL, type EventPool, GROUP_MASK, KIND_SHIFT, NOTE } from './event-pool.ts';
import type { RepairLog } from './repairs.ts';
import type { Track } from './score.ts';
import type { TrackGroups } from './track-groups.ts';

const DRUM_CHANNEL = 9;
const NO_LYRICS: Track['lyrics'] = Object.freeze([]);

/** What one group has, so that its arrays are made once and in the right size. */
class GroupCounts {
  notes = 0;
  openNotes = 0;
  controls = 0;
  pedals = 0;
  bends = 0;
}

/** The arrays of one score track while they fill. */
class TrackArrays {
  noteCount = 0;
  controlCount = 0;
  pedalCount = 0;
  bendCount = 0;
  readonly notes: Track['notes'];
  readonly controls: Track['controls'];
  readonly pedals: Track['pedals'];
  readonly pitchBends: Track['pitchBends'];

  constructor({ notes, controls, pedals, bends }: GroupCounts) {
    this.notes = {
      onset: new Float64Array(notes),
      duration: new Float64Array(notes),
      pitch: new Uint8Array(notes),
      velocity: new Uint8Array(notes),
    };
    this.controls = {
      tick: new Float64Array(controls),
      number: new Uint8Array(controls),
      value: new Uint8Array(controls),
    };
    this.pedals = { onset: new Float64Array(pedals), duration: new Float64Array(pedals) };
    this.pitchBends = { tick: new Float64Array(bends), value: new Int16Array(bends) };
  }

  add(pool: EventPool, entry: number, kind: number): void {
    const tick = pool.tick[entry] as number;
    const extra = pool.extra[entry] as number;
    const first = pool.first[entry] as number;
    const second = pool.second[entry] as number;
    if (kind === NOTE) {
      if (extra < 0) return;
      const note = this.noteCount++;
      this.notes.onset[note] = tick;
      this.notes.duration[note] = extra;
      this.notes.pitch[note] = first;
      this.notes.velocity[note] = second;
    } else if (kind === CONTROL) {
      const control = this.controlCount++;
      this.controls.tick[control] = tick;
      this.controls.number[control] = first;
      this.controls.value[control] = second;
      if (extra < 0) return;
      const pedal = this.pedalCount++;
      this.pedals.onset[pedal] = extra;
      this.pedals.duration[pedal] = tick - extra;
    } else {
      const bend = this.bendCount++;
      this.pitchBends.tick[bend] = tick;
      this.pitchBends.value[bend] = (first | (second << 7)) - 8192;
    }
  }
}

export interface SplitTrack {
  readonly tracks: readonly Track[];
  readonly noteCount: number;
  readonly endTick: number;
}

/**
 * Distributes the entries of one MIDI track over its (channel, program) groups, in linear time. Notes that never got
 * a note-off are dropped and counted; so are groups that no note-on or lyric claimed, and empty ones.
 */
export function splitTrack(
  pool: EventPool,
  stored: number,
  groups: TrackGroups,
  midiTrack: number,
  name: string,
  repairs: RepairLog,
): SplitTrack {
  const counts = countGroups(pool, stored, groups.count);
  const arrays = counts.map((count) => new TrackArrays(count));
  for (let entry = 1; entry <= stored; entry++) {
    const tag = pool.tag[entry] as number;
    arrays[tag & GROUP_MASK]?.add(pool, entry, tag >> KIND_SHIFT);
  }
  const tracks: Track[] = [];
  let noteCount = 0;
  let endTick = 0;
  for (const group of groups.sorted()) {
    const count = counts[group];
    const filled = arrays[group];
    const lyrics = groups.lyrics.get(group);
    if (count === undefined || filled === undefined) continue;
    if (count.notes + count.openNotes + count.controls + count.bends === 0 && lyrics === undefined) continue;
    repairs.add('unmatched_note_on', count.openNotes);
    noteCount += count.notes;
    endTick = Math.max(endTick, groups.lastTick[group] ?? 0);
    const channel = groups.channel[group] ?? 0;
    const { notes, controls, pitchBends, pedals } = filled;
    tracks.push({
      program: groups.program[group] ?? 0,
      channel,
      midiTrack,
      isDrum: channel === DRUM_CHANNEL,
      name,
      notes,
      controls,
      pitchBends,
      pedals,
      lyrics: lyrics ?? NO_LYRICS,
    });
  }
  return { tracks, noteCount, endTick };
}

function countGroups(pool: EventPool, stored: number, groupCount: number): GroupCounts[] {
  const counts = Array.from({ length: groupCount }, () => new GroupCounts());
  for (let entry = 1; entry <= stored; entry++) {
    const tag = pool.tag[entry] as number;
    const count = counts[tag & GROUP_MASK];
    if (count === undefined) continue;
    const hasExtra = (pool.extra[entry] as number) >= 0;
    const kind = tag >> KIND_SHIFT;
    if (kind === NOTE) {
      if (hasExtra) count.notes += 1;
      else count.openNotes += 1;
    } else if (kind === CONTROL) {
      count.controls += 1;
      if (hasExtra) count.pedals += 1;
    } else {
      count.bends += 1;
    }
  }
  return counts;
}

import { roundHalfEven } from '../bins.ts';
import { pitchOf, velocityOf } from '../preprocess/note-list.ts';
import type { PreparedScore, PreparedTrack } from '../preprocess/prepared-score.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { NO_TOKEN } from '../vocabulary.ts';
import { type EventTable, INTERVAL, NOTE, NOTE_OFF } from './event-table.ts';

/** Appends the notes of a track: each as pitch, velocity and duration, or as pitch and velocity and its end by itself. */
export function listNotes(
  events: EventTable,
  score: PreparedScore,
  track: PreparedTrack,
  program: number,
  tables: TokenizerTables,
): void {
  const first = events.length;
  const hasDurations = tables.durationPrograms.has(track.group.program);
  if (tables.hasNoteOffs && hasDurations) listOnsAndOffs(events, score, track, program, tables);
  else listWhole(events, score, track, program, hasDurations, tables);
  if (tables.saysIntervals && !track.group.isDrum) sayIntervals(events, first, score, track, tables);
}

/** Notes whose duration, if it is said at all, is said with them. */
function listWhole(
  events: EventTable,
  { notes, beats }: PreparedScore,
  { from, to, group }: PreparedTrack,
  program: number,
  hasDurations: boolean,
  tables: TokenizerTables,
): void {
  const { ids, durationIds, fineGrid, mindsSilence } = tables;
  const start = events.length;
  const end = start + to - from;
  events.reserve(to - from);
  events.length = end;
  const { until, first, second, third } = events;
  const { onset, duration, tone } = notes;
  const pitchIds = group.isDrum ? ids.drumPitch : ids.pitch;
  const velocityIds = ids.velocity;
  events.kind.fill(NOTE, start, end);
  events.program.fill(program, start, end);
  events.tick.set(onset.subarray(from, to), start);
  for (let note = from, row = start; note < to; note += 1, row += 1) {
    const toneHere = tone[note] ?? 0;
    first[row] = pitchIds[pitchOf(toneHere)] ?? NO_TOKEN;
    second[row] = velocityIds[velocityOf(toneHere)] ?? NO_TOKEN;
  }
  for (let note = from, row = start; mindsSilence && note < to; note += 1, row += 1) {
    until[row] = (onset[note] ?? 0) + (duration[note] ?? 0);
  }
  if (!hasDurations) {
    third.fill(NO_TOKEN, start, end);
    return;
  }
  let note = from;
  let row = start;
  for (; fineGrid !== undefined && note < to; note += 1, row += 1) {
    third[row] = ids.duration[fineGrid.nearest(duration[note] ?? 0)] ?? NO_TOKEN;
  }
  for (const { end: sectionEnd, value } of beats) {
    if (note === to) return;
    const idAt = durationIds(value);
    for (; note < to && (onset[note] ?? 0) < sectionEnd; note += 1, row += 1) {
      third[row] = idAt[duration[note] ?? 0] ?? NO_TOKEN;
    }
  }
}

function listOnsAndOffs(
  events: EventTable,
  { notes }: PreparedScore,
  { from, to, group }: PreparedTrack,
  program: number,
  { ids, config }: TokenizerTables,
): void {
  const { onset, duration, tone } = notes;
  const [on, off] = group.isDrum ? [ids.drumPitch, ids.drumPitchOff] : [ids.pitch, ids.pitchOff];
  events.reserve((to - from) * 2);
  for (let index = from; index < to; index += 1) {
    const tick = onset[index] ?? 0;
    const end = tick + (duration[index] ?? 0);
    const toneHere = tone[index] ?? 0;
    const velocity = config.use_velocities ? (ids.velocity[velocityOf(toneHere)] ?? NO_TOKEN) : NO_TOKEN;
    events.add(NOTE, tick, end, program, on[pitchOf(toneHere)] ?? NO_TOKEN, velocity);
    // Only the Program token in front of it matters to silence.
    events.add(NOTE_OFF, end, program === NO_TOKEN ? 0 : end, program, off[pitchOf(toneHere)] ?? NO_TOKEN);
  }
}

/**
 * Says the pitches of notes as intervals where they are close enough: to the note before at the same tick, or to the last
 * note that began a tick, if that is not long ago.
 */
function sayIntervals(
  events: EventTable,
  first: number,
  { notes, beats }: PreparedScore,
  { from, to }: PreparedTrack,
  { config, ids }: TokenizerTables,
): void {
  const farthest = (section: number): number =>
    roundHalfEven((beats[section]?.value ?? 1) * config.pitch_intervals_max_time_dist);
  const largest = config.max_pitch_interval;
  let section = 0;
  let reach = farthest(0);
  let lastOnset = -reach - 1;
  let onsetPitch = -128;
  let chordPitch = -128;
  let row = first;
  for (let note = from; note < to; note += 1, row += 1) {
    while (events.kind[row] === NOTE_OFF) row += 1;
    const onset = notes.onset[note] ?? 0;
    const pitch = pitchOf(notes.tone[note] ?? 0);
    // One stretch at most for each note, as in MidiTok.
    if (onset >= (beats[section]?.end ?? Number.POSITIVE_INFINITY)) {
      section += 1;
      reach = farthest(section);
    }
    if (onset !== lastOnset) {
      if (onset - lastOnset <= reach && Math.abs(pitch - onsetPitch) <= largest) {
        events.kind[row] = INTERVAL;
        events.first[row] = ids.intervalInTime[pitch - onsetPitch + 127] ?? NO_TOKEN;
      }
      onsetPitch = pitch;
    } else if (Math.abs(pitch - chordPitch) <= largest) {
      events.first[row] = ids.intervalInChord[pitch - chordPitch + 127] ?? NO_TOKEN;
    } else {
      onsetPitch = pitch;
    }
    chordPitch = pitch;
    lastOnset = onset;
  }
}

import { findChords } from '../preprocess/find-chords.ts';
import { meterKey } from '../preprocess/meters.ts';
import type { NoteList } from '../preprocess/note-list.ts';
import type { PreparedScore, PreparedTrack } from '../preprocess/prepare-score.ts';
import { NO_TOKEN } from '../token-ids.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import {
  DRUM_NOTE,
  DRUM_NOTE_OFF,
  type EventTable,
  NOTE,
  NOTE_OFF,
  OTHER,
  TEMPO,
  TIME_SIGNATURE,
} from './event-table.ts';

/** Appends the events that belong to no track: all time signatures, then all tempos. */
export function listGlobalEvents(events: EventTable, { meters, tempos }: PreparedScore, tables: TokenizerTables): void {
  const { config, ids, meterIndex } = tables;
  if (config.use_time_signatures) {
    events.reserve(meters.tick.length);
    for (let index = 0; index < meters.tick.length; index += 1) {
      const meter = meterIndex.get(meterKey(meters.numerator[index] ?? 4, meters.denominator[index] ?? 4)) ?? 0;
      events.add(TIME_SIGNATURE, meters.tick[index] ?? 0, ids.timeSignature + meter);
    }
  }
  if (tempos !== undefined) {
    events.reserve(tempos.tick.length);
    for (let index = 0; index < tempos.tick.length; index += 1) {
      events.add(TEMPO, tempos.tick[index] ?? 0, ids.tempo + (tempos.bin[index] ?? 0));
    }
  }
}

/** Appends the events of a track: pedals, pitch bends, chords, then notes. */
export function listTrackEvents(
  events: EventTable,
  score: PreparedScore,
  track: PreparedTrack,
  tables: TokenizerTables,
): void {
  listPedals(events, track, tables);
  listPitchBends(events, track, tables);
  if (tables.config.use_chords && !track.group.isDrum) listChords(events, score, track, tables);
  const program = tables.ids.program[track.group.program + 1] ?? NO_TOKEN;
  if (tables.config.tokenization === 'MIDILike') listNoteOnsAndOffs(events, score.notes, track, program);
  else listNotes(events, score.notes, track, program);
}

function listPedals(events: EventTable, { group, pedals }: PreparedTrack, { ids }: TokenizerTables): void {
  events.reserve(pedals.onset.length * 2);
  const down = ids.pedal[group.program + 1] ?? NO_TOKEN;
  const up = ids.pedalOff[group.program + 1] ?? NO_TOKEN;
  pedals.onset.forEach((onset, index) => {
    events.add(OTHER, onset, down);
    events.add(OTHER, onset + (pedals.duration[index] ?? 0), up);
  });
}

function listPitchBends(events: EventTable, { group, pitchBends }: PreparedTrack, { ids }: TokenizerTables): void {
  events.reserve(pitchBends.tick.length);
  const program = ids.program[group.program + 1] ?? NO_TOKEN;
  pitchBends.tick.forEach((tick, index) => {
    events.add(OTHER, tick, ids.pitchBend + (pitchBends.bin[index] ?? 0), program);
  });
}

function listChords(events: EventTable, score: PreparedScore, track: PreparedTrack, tables: TokenizerTables): void {
  const program = tables.ids.program[track.group.program + 1] ?? NO_TOKEN;
  const chords = findChords(score.notes, track.from, track.to, score.beats, tables.config);
  events.reserve(chords.length);
  for (const { tick, quality } of chords) events.add(OTHER, tick, tables.ids.chord + quality, program);
}

function listNotes(events: EventTable, notes: NoteList, { from, to, group }: PreparedTrack, program: number): void {
  const row = events.length;
  const end = row + to - from;
  events.reserve(to - from);
  events.kind.fill(group.isDrum ? DRUM_NOTE : NOTE, row, end);
  events.program.fill(program, row, end);
  events.tick.set(notes.onset.subarray(from, to), row);
  events.value.set(notes.tone.subarray(from, to), row);
  events.duration.set(notes.duration.subarray(from, to), row);
  events.length = end;
}

function listNoteOnsAndOffs(
  events: EventTable,
  { onset, duration, tone }: NoteList,
  { from, to, group }: PreparedTrack,
  program: number,
): void {
  const [on, off] = group.isDrum ? ([DRUM_NOTE, DRUM_NOTE_OFF] as const) : ([NOTE, NOTE_OFF] as const);
  events.reserve((to - from) * 2);
  for (let index = from; index < to; index += 1) {
    const tick = onset[index] ?? 0;
    const span = duration[index] ?? 0;
    const toneHere = tone[index] ?? 0;
    events.add(on, tick, toneHere, program, span);
    events.add(off, tick + span, toneHere, program);
  }
}

import { CHORD, type EventTable, NO_REACH, NOTE, NOTE_OFF, OTHER, TEMPO, TIME_SIGNATURE } from './event-table.ts';
import { findChords } from './preprocess/find-chords.ts';
import { meterKey } from './preprocess/meters.ts';
import type { PreparedScore, PreparedTrack } from './preprocess/prepare-score.ts';
import { NO_TOKEN } from './token-ids.ts';
import type { TokenizerTables } from './tokenizer-tables.ts';

/** Appends the events that belong to no track: all time signatures, then all tempos. */
export function listGlobalEvents(events: EventTable, { meters, tempos }: PreparedScore, tables: TokenizerTables): void {
  const { config, ids, meterIndex } = tables;
  if (config.use_time_signatures) {
    events.reserve(meters.tick.length);
    meters.tick.forEach((tick, index) => {
      const meter = meterIndex.get(meterKey(meters.numerator[index] ?? 4, meters.denominator[index] ?? 4)) ?? 0;
      // In MIDI-Like a time signature does not hold off a rest, in the others it does.
      const reach = config.tokenization === 'MIDILike' ? NO_REACH : tick;
      events.add(TIME_SIGNATURE, tick, reach, NO_TOKEN, ids.timeSignature + meter);
    });
  }
  if (tempos !== undefined) {
    events.reserve(tempos.tick.length);
    tempos.tick.forEach((tick, index) => {
      events.add(TEMPO, tick, tick, NO_TOKEN, ids.tempo + (tempos.bin[index] ?? 0));
    });
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
  if (tables.config.tokenization === 'MIDILike') listNoteOnsAndOffs(events, score, track, tables);
  else listNotes(events, score, track, tables);
}

function listPedals(events: EventTable, { group, pedals }: PreparedTrack, { ids }: TokenizerTables): void {
  events.reserve(pedals.onset.length * 2);
  const down = ids.pedal[group.program + 1] ?? NO_TOKEN;
  const up = ids.pedalOff[group.program + 1] ?? NO_TOKEN;
  pedals.onset.forEach((onset, index) => {
    const end = onset + (pedals.duration[index] ?? 0);
    events.add(OTHER, onset, onset, NO_TOKEN, down);
    events.add(OTHER, end, end, NO_TOKEN, up);
  });
}

function listPitchBends(events: EventTable, { group, pitchBends }: PreparedTrack, { ids }: TokenizerTables): void {
  events.reserve(pitchBends.tick.length);
  const program = ids.program[group.program + 1] ?? NO_TOKEN;
  pitchBends.tick.forEach((tick, index) => {
    events.add(OTHER, tick, tick, program, ids.pitchBend + (pitchBends.bin[index] ?? 0));
  });
}

function listChords(events: EventTable, score: PreparedScore, track: PreparedTrack, tables: TokenizerTables): void {
  const program = tables.ids.program[track.group.program + 1] ?? NO_TOKEN;
  const chords = findChords(score.notes, track.from, track.to, score.beats, tables.config);
  events.reserve(chords.length);
  for (const { tick, quality } of chords) events.add(CHORD, tick, tick, program, tables.ids.chord + quality);
}

function listNotes(events: EventTable, score: PreparedScore, track: PreparedTrack, tables: TokenizerTables): void {
  const { ids } = tables;
  const { onset, duration, pitch, velocity } = score.notes;
  const program = ids.program[track.group.program + 1] ?? NO_TOKEN;
  const pitchId = track.group.isDrum ? ids.drumPitch : ids.pitch;
  let section = -1;
  let sectionStart = 0;
  let sectionEnd = 0;
  let nearest: Uint16Array = new Uint16Array(0);
  events.reserve(track.to - track.from);
  for (let index = track.from; index < track.to; index += 1) {
    const tick = onset[index] ?? 0;
    const span = duration[index] ?? 0;
    if (tick >= sectionEnd || tick < sectionStart) {
      section = score.beats.findIndex((beats) => beats.end > tick);
      sectionStart = score.beats[section - 1]?.end ?? 0;
      sectionEnd = score.beats[section]?.end ?? Number.POSITIVE_INFINITY;
      nearest = tables.durations(score.beats[section]?.value ?? score.ticksPerQuarter).nearest;
    }
    events.add(
      NOTE,
      tick,
      tick + span,
      program,
      pitchId + (pitch[index] ?? 0),
      ids.velocity + (velocity[index] ?? 0),
      ids.duration + (nearest[span] ?? 0),
    );
  }
}

function listNoteOnsAndOffs(
  events: EventTable,
  score: PreparedScore,
  track: PreparedTrack,
  { ids, config }: TokenizerTables,
): void {
  const { onset, duration, pitch, velocity } = score.notes;
  const program = ids.program[track.group.program + 1] ?? NO_TOKEN;
  const pitchOn = track.group.isDrum ? ids.drumPitch : ids.pitch;
  const pitchOff = track.group.isDrum ? ids.drumPitchOff : ids.pitchOff;
  events.reserve((track.to - track.from) * 2);
  for (let index = track.from; index < track.to; index += 1) {
    const tick = onset[index] ?? 0;
    const end = tick + (duration[index] ?? 0);
    const pitchHere = pitch[index] ?? 0;
    events.add(NOTE, tick, end, program, pitchOn + pitchHere, ids.velocity + (velocity[index] ?? 0));
    // A note-off does not hold off a rest, but the Program token before it does.
    events.add(NOTE_OFF, end, config.use_programs ? end : NO_REACH, program, pitchOff + pitchHere);
  }
}

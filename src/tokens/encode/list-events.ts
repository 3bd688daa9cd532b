import { findChords } from '../preprocess/find-chords.ts';
import { meterKey } from '../preprocess/meters.ts';
import type { PreparedScore, PreparedTrack } from '../preprocess/prepared-score.ts';
import type { Section } from '../preprocess/sections.ts';
import { TokenMissing } from '../token-missing.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { NO_TOKEN } from '../vocabulary.ts';
import {
  CHORD,
  CONTROL,
  type EventTable,
  KEY_SIGNATURE,
  PEDAL,
  PITCH_BEND,
  TEMPO,
  TIME_SIGNATURE,
} from './event-table.ts';
import { listNotes } from './list-notes.ts';

/** Appends the events that belong to no track: all time signatures, then all tempos, then all key signatures. */
export function listGlobalEvents(events: EventTable, score: PreparedScore, tables: TokenizerTables): void {
  const { config, ids, meterIndex, hasNoteOffs, isSingleStream } = tables;
  const { meters, tempos, keys } = score;
  const isCompound = tables.vocabulary.columns.length > 1;
  events.reserve(meters.tick.length + tempos.tick.length + keys.tick.length);
  if (config.use_time_signatures) {
    meters.tick.forEach((tick, index) => {
      const [numerator, denominator] = [meters.numerator[index] ?? 4, meters.denominator[index] ?? 4];
      const id = ids.timeSignature[meterIndex.get(meterKey(numerator, denominator)) ?? -1];
      // Rows need it only where there is something to say.
      if (id === undefined && !isCompound) throw new TokenMissing(`TimeSig_${numerator}/${denominator}`);
      // In MIDI-Like silence goes on over a time signature.
      events.add(TIME_SIGNATURE, tick, hasNoteOffs ? 0 : tick, NO_TOKEN, id ?? NO_TOKEN);
    });
  }
  tempos.tick.forEach((tick, index) => {
    events.add(TEMPO, tick, tick, NO_TOKEN, ids.tempo[tempos.bin[index] ?? 0] ?? NO_TOKEN);
  });
  // Where programs are said as they change, MidiTok takes a key signature for an event of program 0.
  const keyProgram = config.program_changes && isSingleStream ? (ids.program[1] ?? NO_TOKEN) : NO_TOKEN;
  keys.tick.forEach((tick, index) => {
    const id = ids.keySignature[keys.key[index] ?? 0];
    if (id === undefined) throw new TokenMissing('KeySig of more than seven accidentals');
    events.add(KEY_SIGNATURE, tick, tick, keyProgram, id);
  });
}

/** Appends the events of a track: pedals, pitch bends, control changes, chords, then notes. */
export function listTrackEvents(
  events: EventTable,
  score: PreparedScore,
  track: PreparedTrack,
  tables: TokenizerTables,
): void {
  const { ids } = tables;
  const program = tables.saysPrograms ? (ids.program[track.group.program + 1] ?? NO_TOKEN) : NO_TOKEN;
  if (tables.config.use_sustain_pedals) listPedals(events, score.beats, track, tables);
  if (tables.config.use_pitch_bends) {
    const { tick: ticks, bin } = track.pitchBends;
    events.reserve(ticks.length);
    ticks.forEach((tick, index) => {
      events.add(PITCH_BEND, tick, tick, program, ids.pitchBend[bin[index] ?? 0] ?? NO_TOKEN);
    });
  }
  if (tables.config.use_control_changes) {
    const { tick: ticks, key } = track.controls;
    events.reserve(ticks.length);
    ticks.forEach((tick, index) => {
      // In MIDI-Like it is the Program token that ends silence, not what follows it.
      const until = tables.hasNoteOffs && program === NO_TOKEN ? 0 : tick;
      events.add(CONTROL, tick, until, program, ids.control[key[index] ?? 0] ?? NO_TOKEN);
    });
  }
  if (tables.config.use_chords && !track.group.isDrum) {
    const chords = findChords(score.notes, track.from, track.to, score.beats, tables.config);
    events.reserve(chords.length);
    for (const { tick, index } of chords) events.add(CHORD, tick, tick, program, ids.chord[index] ?? NO_TOKEN);
  }
  listNotes(events, score, track, program, tables);
}

function listPedals(
  events: EventTable,
  beats: readonly Section[],
  { group, pedals }: PreparedTrack,
  { config, ids, durations }: TokenizerTables,
): void {
  events.reserve(pedals.onset.length * 2);
  const down = ids.pedal[group.program + 1] ?? NO_TOKEN;
  const up = ids.pedalOff[group.program + 1] ?? NO_TOKEN;
  let section = 0;
  pedals.onset.forEach((onset, index) => {
    const duration = pedals.duration[index] ?? 0;
    if (config.sustain_pedal_duration) {
      while (onset >= (beats[section]?.end ?? Number.POSITIVE_INFINITY)) section += 1;
      const { ticks, nearest } = durations(beats[section]?.value ?? 1);
      const place = nearest[duration] ?? 0;
      if (ticks[place] !== duration) throw new TokenMissing(`Duration of a pedal of ${duration} ticks`);
      events.add(PEDAL, onset, onset, NO_TOKEN, down, ids.duration[place]);
    } else {
      events.add(PEDAL, onset, onset, NO_TOKEN, down);
      events.add(PEDAL, onset + duration, onset + duration, NO_TOKEN, up);
    }
  });
}

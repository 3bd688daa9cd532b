import type { TokenizerConfig } from '../tokenizer-config.ts';
import type { BeatTicks } from './beat-ticks.ts';
import { isNone, type Row } from './compound-tokens.ts';
import type { Decoder, Rows } from './decoder.ts';
import { USUAL_VELOCITY } from './note-reader.ts';
import type { ScoreBuilder } from './score-builder.ts';
import { numberOf, spanOf } from './token-meanings.ts';
import { TrackBuilder } from './track-builder.ts';

const BEATS_A_BAR = 4;
/** Behind what happens and the two encodings of its place. */
const TEMPO = 3;

/**
 * MuMIDI: rows that say a bar, a position, a program or a note, with their place, the tempo, and velocity and duration. Bars
 * have four beats. A program that is named has a track even where it has no notes.
 */
export function muMidiDecoder(config: TokenizerConfig, ticks: BeatTicks, defaultTempo: number): Decoder {
  const withDurations = config.use_note_duration_programs.length > 0;
  const barTicks = ticks.perQuarter * BEATS_A_BAR;

  /** Duration and velocity of a note; `undefined` where it lacks one of them. */
  function readNote(row: Row): readonly [duration: number, velocity: number] | undefined {
    const duration = withDurations ? row.at(-1) : undefined;
    const velocity = config.use_velocities ? row.at(withDurations ? -2 : -1) : undefined;
    if ((withDurations && isNone(duration)) || (config.use_velocities && isNone(velocity))) return undefined;
    return [
      duration === undefined
        ? Math.trunc(config.default_note_duration * ticks.perQuarter)
        : spanOf(duration, ticks.perQuarter),
      velocity === undefined ? USUAL_VELOCITY : numberOf(velocity),
    ];
  }

  function tempoIn(row: Row | undefined): number | undefined {
    const token = config.use_tempos ? row?.[TEMPO] : undefined;
    return token === undefined || isNone(token) ? undefined : numberOf(token);
  }

  function decodeRows(rows: Rows, builder: ScoreBuilder): void {
    const tracks = new Map<number, TrackBuilder>();
    let [tick, bar, program] = [0, -1, 0];
    const trackOf = (wanted: number): TrackBuilder => {
      const track = tracks.get(wanted) ?? new TrackBuilder(wanted);
      tracks.set(wanted, track);
      return track;
    };
    builder.addTempo(0, tempoIn(rows[0]) ?? defaultTempo);
    for (const row of rows) {
      const [said] = row;
      if (said?.type === 'Bar') {
        bar += 1;
        tick = bar * barTicks;
      } else if (said?.type === 'Position') {
        bar = Math.max(0, bar);
        tick = bar * barTicks + numberOf(said);
      } else if (said?.type === 'Program') {
        program = numberOf(said);
        trackOf(program);
      } else if (said?.type === 'Pitch' || said?.type === 'PitchDrum') {
        const note = readNote(row);
        // MidiTok passes over its tempo, too.
        if (note === undefined) continue;
        const [duration, velocity] = note;
        trackOf(program).addNote(tick, duration, numberOf(said), velocity);
      }
      // Compared as MidiTok does, with the tempo that whole microseconds make: most tempos are said again by every row.
      const tempo = tempoIn(row);
      if (tempo !== undefined && tempo !== 60e6 / (builder.tempos.at(-1)?.microseconds ?? 1))
        builder.addTempo(tick, tempo);
    }
    builder.tracks.push(...tracks.values());
  }

  return {
    decode(streams, builder) {
      for (const rows of streams) decodeRows(rows, builder);
    },
  };
}

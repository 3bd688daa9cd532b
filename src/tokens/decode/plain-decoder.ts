import { hashSetOrder } from '../hash-set-order.ts';
import type { TokenizerConfig } from '../tokenizer-config.ts';
import type { BeatTicks } from './beat-ticks.ts';
import { decodeStream } from './decode-stream.ts';
import type { Decoder, Rows } from './decoder.ts';
import { durationNotes, type NoteReader, type NoteRules } from './note-reader.ts';
import { type SoundingNotes, switchedNotes } from './note-switches.ts';
import { PerTokClock } from './pertok-clock.ts';
import { firstMeter, RemiClock } from './remi-clock.ts';
import type { MeterChange, ScoreBuilder } from './score-builder.ts';
import { ShiftClock } from './shift-clock.ts';
import type { StreamClock } from './stream-clock.ts';
import { firstProgram, StreamTracks } from './stream-tracks.ts';
import type { TokenMeaning } from './token-meanings.ts';

type Tokens = readonly TokenMeaning[];

/** What sets the tokenizations of plain tokens apart. */
interface Dialect {
  /** The clock of a stream. */
  clock(tokens: Tokens, stream: number, builder: ScoreBuilder): StreamClock;
  /** Makes the reader of the notes of a stream, for all streams of a score. */
  notes(): (tracks: StreamTracks, clock: StreamClock) => NoteReader;
  /** Whether a stream that says no program goes on with that of the stream before it. */
  readonly keepsProgram?: boolean;
}

function plainDecoder(config: TokenizerConfig, dialect: Dialect, ticksPerQuarter?: number): Decoder {
  return {
    ...(ticksPerQuarter === undefined ? {} : { ticksPerQuarter }),
    decode(streams, builder) {
      const notesOf = dialect.notes();
      let before: number | undefined;
      for (const [stream, rows] of streams.entries()) {
        const tokens = tokensOf(rows);
        const tracks = new StreamTracks(config, firstProgram(tokens) ?? before);
        const clock = dialect.clock(tokens, stream, builder);
        decodeStream(tokens, stream, builder, config, { tracks, clock, notes: notesOf(tracks, clock) });
        builder.tracks.push(...tracks.build());
        if (dialect.keepsProgram === true) before = tracks.program;
      }
    },
  };
}

/** A plain token is a row of one; padding is one of none. */
function tokensOf(rows: Rows): Tokens {
  const tokens: TokenMeaning[] = [];
  for (const row of rows) if (row[0] !== undefined) tokens.push(row[0]);
  return tokens;
}

export function remiDecoder(config: TokenizerConfig, ticks: BeatTicks): Decoder {
  return plainDecoder(config, {
    clock(tokens, stream, builder) {
      if (stream === 0) builder.meters.push(firstMeter(tokens, config.use_time_signatures));
      // MidiTok begins the other streams with the last meter of the first.
      const meter = builder.meters.at(-1) ?? firstMeter([], false);
      return new RemiClock(ticks, meter, meterAdder(stream, builder));
    },
    notes: () => (tracks, clock) => durationNotes(rulesOf(config), tracks, clock),
  });
}

export function tsdDecoder(config: TokenizerConfig, ticks: BeatTicks): Decoder {
  return plainDecoder(config, {
    clock: (_, stream, builder) => new ShiftClock(ticks, true, meterAdder(stream, builder)),
    notes: () => (tracks, clock) => durationNotes(rulesOf(config), tracks, clock),
  });
}

/** Drums beyond the range of pitches are kept, as nowhere else. */
export function structuredDecoder(config: TokenizerConfig, ticks: BeatTicks): Decoder {
  const rules: NoteRules = { ...rulesOf(config), pitchRange: [0, 127] };
  return plainDecoder(config, {
    clock: (_, stream, builder) => new ShiftClock(ticks, true, meterAdder(stream, builder)),
    notes: () => (tracks, clock) => durationNotes(rules, tracks, clock),
    keepsProgram: true,
  });
}

/** @param longest - MidiTok's `max_duration`, `2.0.8`. */
export function midiLikeDecoder(config: TokenizerConfig, ticks: BeatTicks, longest: TokenMeaning | undefined): Decoder {
  const programs = hashSetOrder(config.programs);
  return plainDecoder(config, {
    clock: (_, stream, builder) => new ShiftClock(ticks, false, meterAdder(stream, builder)),
    notes() {
      const sounding: SoundingNotes = new Map();
      return (tracks, clock) => switchedNotes(rulesOf(config), tracks, clock, programs, sounding, longest);
    },
  });
}

export function perTokDecoder(config: TokenizerConfig, ticksPerQuarter: number, withMicrotiming: boolean): Decoder {
  const dialect: Dialect = {
    clock: (_, stream, builder) => new PerTokClock(ticksPerQuarter, meterAdder(stream, builder)),
    notes: () => (tracks, clock) => durationNotes({ ...rulesOf(config), withMicrotiming }, tracks, clock),
  };
  return plainDecoder(config, dialect, ticksPerQuarter);
}

function rulesOf(config: TokenizerConfig): NoteRules {
  return {
    withVelocities: config.use_velocities,
    withMicrotiming: false,
    defaultDuration: config.default_note_duration,
    pitchRange: config.pitch_range,
  };
}

/** Meters are those of the first stream. */
function meterAdder(stream: number, builder: ScoreBuilder): (meter: MeterChange) => void {
  return (meter) => {
    if (stream === 0) builder.meters.push(meter);
  };
}

import type { TokenizerTables } from '../tokenizer-tables.ts';
import { firstIndex } from './first-index.ts';
import type { ScoreBuilder } from './score-builder.ts';
import { TimeCursor } from './time-cursor.ts';
import type { TokenMeaning } from './token-meanings.ts';

/**
 * Reads one stream of plain tokens (REMI, TSD, MIDI-Like, Structured) into `builder`: the inverse of the encoders. A token
 * means the same in all of them. What makes no sense where it stands is passed over: the output of a model may hold anything.
 */
export function decodeStream(
  tokens: readonly TokenMeaning[],
  stream: number,
  builder: ScoreBuilder,
  tables: TokenizerTables,
  ticksPerQuarter: number,
): void {
  const cursor = new TimeCursor(tables, ticksPerQuarter, firstIndex(tokens, 'time_signature') ?? 0);
  const withPrograms = tables.config.use_programs;
  let program = 0;
  for (const [at, token] of tokens.entries()) {
    cursor.follow(token);
    const { tick } = cursor;
    switch (token.type) {
      case 'time_signature':
        if (stream === 0) builder.addMeter(tick, token.index);
        if (tables.config.tokenization !== 'MIDILike') cursor.holdOffRest(tick);
        break;
      case 'tempo':
        if (stream === 0) builder.addTempo(tick, token.index);
        cursor.holdOffRest(tick);
        break;
      case 'program':
        program = token.program;
        cursor.holdOffRest(tick);
        break;
      case 'pitch':
        readNote(token.pitch, builder.track(stream, token.isDrum ? -1 : program, tick), tokens, at, cursor);
        break;
      case 'note_on': {
        const velocity = tokens[at + 1];
        if (velocity?.type !== 'velocity') break;
        builder.track(stream, token.isDrum ? -1 : program, tick).startNote(tick, token.pitch, velocity.velocity);
        break;
      }
      case 'note_off':
        builder.track(stream, token.isDrum ? -1 : program, tick).endNote(tick, token.pitch);
        cursor.holdOffRest(tick);
        break;
      case 'pedal':
        builder.track(stream, withPrograms ? token.program : program, tick).pressPedal(tick);
        cursor.holdOffRest(tick);
        break;
      case 'pedal_off':
        builder.track(stream, withPrograms ? token.program : program, tick).releasePedal(tick);
        cursor.holdOffRest(tick);
        break;
      case 'pitch_bend':
        builder.track(stream, program, tick).addBend(tick, token.value);
        cursor.holdOffRest(tick);
        break;
    }
  }
}

/** A note is pitch, velocity and duration, in PerTok with the deviation from the grid; one that lacks a part is passed over. */
function readNote(
  pitch: number,
  track: ReturnType<ScoreBuilder['track']>,
  tokens: readonly TokenMeaning[],
  at: number,
  cursor: TimeCursor,
): void {
  const microtiming = tokens[at + 1]?.type === 'microtiming' ? tokens[at + 1] : undefined;
  const next = microtiming === undefined ? at + 1 : at + 2;
  const velocity = tokens[next];
  const duration = tokens[next + 1];
  if (velocity?.type !== 'velocity' || duration?.type !== 'duration') return;
  const onset = Math.max(0, cursor.tick + (microtiming?.type === 'microtiming' ? microtiming.ticks : 0));
  const span = cursor.durationTicks(duration.index);
  track.addNote(onset, span, pitch, velocity.velocity);
  cursor.holdOffRest(onset + span);
}

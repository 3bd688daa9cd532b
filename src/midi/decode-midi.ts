import { refuseAbove } from './attempt-file.ts';
import { countBars, countBeats, meterSpans } from './bars.ts';
import { readMessages } from './file-messages.ts';
import { DEFAULT_LIMITS, type MidiLimits } from './limits.ts';
import { readFile } from './read-file.ts';
import { DEFAULT_CHOICES, type ReadingChoices } from './reading-choices.ts';
import { type MidiErrorCode, MidiRefusal } from './refusal.ts';
import type { Score } from './score.ts';
import { createTempoMap, secondsAtSlowest } from './tempo-map.ts';
import { WorkSpace } from './work-space.ts';

export interface MidiError {
  readonly code: MidiErrorCode;
  readonly message: string;
}

export type DecodeOutcome =
  | { readonly ok: true; readonly score: Score }
  | { readonly ok: false; readonly error: MidiError };

/** In the shortest beat that a time signature can name, 1/128. */
const BEATS_PER_QUARTER = 32;

/**
 * Decodes a MIDI file. Never throws: a file is read as symusic 0.6 reads it, or, where that is wrong or symusic refuses it,
 * mended (see `Score.repairs` and `RepairKey`), or refused with a stable code (`MidiErrorCode`). Time and memory are linear in its size.
 *
 * @param memory - Reset and used for the arrays of the score, which then holds until the next file is decoded into it: for
 * many files, one after the other. Without it a score has arrays of its own.
 *
 * @example
 * const outcome = decodeMidi(bytes);
 * if (outcome.ok) console.log(outcome.score.tracks.length);
 */
export function decodeMidi(
  bytes: Uint8Array,
  limits: MidiLimits = DEFAULT_LIMITS,
  memory = new WorkSpace(),
  choices: ReadingChoices = DEFAULT_CHOICES,
): DecodeOutcome {
  try {
    refuseAbove(limits.sizeBytes, bytes.length, 'midi_limit_size', 'bytes');
    const reading = readFile(bytes, { limits, choices, memory });
    const { score } = reading;
    refuseLongScore(score, limits);
    if (choices.messages !== true) return { ok: true, score };
    return { ok: true, score: { ...score, messages: readMessages(bytes, reading, { limits, choices }) } };
  } catch (thrown) {
    const code = thrown instanceof MidiRefusal ? thrown.code : 'midi_internal';
    return { ok: false, error: { code, message: thrown instanceof Error ? thrown.message : String(thrown) } };
  }
}

/** Bounds what is counted in seconds, bars and beats. Cheap bounds come first: they settle it for all but odd files. */
function refuseLongScore(score: Score, limits: MidiLimits): void {
  const { endTick, ticksPerQuarter, tempos, timeSignatures } = score;
  refuseAbove(limits.ticks, endTick, 'midi_limit_duration', 'ticks');
  if (secondsAtSlowest(tempos, ticksPerQuarter, endTick) > limits.durationSeconds) {
    refuseAbove(limits.durationSeconds, createTempoMap(score).secondsAt(endTick), 'midi_limit_duration', 'seconds');
  }
  const mostBeats = (endTick * BEATS_PER_QUARTER) / ticksPerQuarter + timeSignatures.tick.length + 2;
  if (mostBeats <= Math.min(limits.bars, limits.beats)) return;
  const spans = meterSpans(score);
  refuseAbove(limits.bars, countBars(spans), 'midi_limit_bars', 'bars');
  refuseAbove(limits.beats, countBeats(spans), 'midi_limit_bars', 'beats');
}

import { countBars, countBeats, meterSpans } from './bars.ts';
import { DEFAULT_LIMITS, type MidiLimits } from './limits.ts';
import { MetaEvents } from './meta-events.ts';
import { TrackReader } from './read-track.ts';
import { type MidiErrorCode, MidiRefusal } from './refusal.ts';
import { RepairLog } from './repairs.ts';
import type { Score, Track } from './score.ts';
import { readHeader } from './smf-header.ts';
import { splitTrack } from './split-track.ts';
import { createTempoMap, secondsAtSlowest } from './tempo-map.ts';
import { findTrackChunks } from './track-chunks.ts';
import { TrackEvents } from './track-events.ts';
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

/** Storage that serves one file after the other; decoding is synchronous, so no two calls meet in it. */
const trackEvents = new TrackEvents();

/**
 * Decodes a MIDI file. Never throws: a file is read as symusic 0.6 reads it, or, where symusic refuses it, mended (see
 * `Score.repairs` and `RepairKey`) or refused with a stable code (`MidiErrorCode`). Time and memory are linear in its size.
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
): DecodeOutcome {
  memory.reset();
  try {
    return { ok: true, score: readScore(bytes, limits, memory) };
  } catch (thrown) {
    const code = thrown instanceof MidiRefusal ? thrown.code : 'midi_internal';
    return { ok: false, error: { code, message: thrown instanceof Error ? thrown.message : String(thrown) } };
  } finally {
    trackEvents.release();
  }
}

function readScore(bytes: Uint8Array, limits: MidiLimits, memory: WorkSpace): Score {
  refuseAbove(limits.sizeBytes, bytes.length, 'midi_limit_size', 'bytes');
  const repairs = new RepairLog();
  const header = readHeader(bytes, repairs);
  const meta = new MetaEvents(trackEvents.groups, repairs, limits);
  const reader = new TrackReader(bytes, trackEvents, meta, repairs);
  const tracks: Track[] = [];
  let endTick = 0;
  let events = 0;
  let notes = 0;
  for (const [midiTrack, chunk] of findTrackChunks(bytes, header, repairs).entries()) {
    events += reader.read(chunk.start, chunk.end);
    refuseAbove(limits.events, events, 'midi_limit_events', 'events');
    notes += trackEvents.notes.count - trackEvents.notes.openCount;
    refuseAbove(limits.notes, notes, 'midi_limit_notes', 'notes');
    refuseAbove(limits.tracks, tracks.length + trackEvents.groups.claimed, 'midi_limit_tracks', 'tracks');
    endTick = Math.max(endTick, splitTrack(trackEvents, { midiTrack, name: meta.trackName }, tracks, memory));
    repairs.add('unmatched_note_on', trackEvents.notes.openCount);
  }
  const { tempos, timeSignatures, keySignatures, markers, texts } = meta.finish(header.constantTempo);
  const score: Score = {
    format: header.format,
    ticksPerQuarter: header.ticksPerQuarter,
    tracks,
    tempos,
    timeSignatures,
    keySignatures,
    markers,
    texts,
    endTick: Math.max(endTick, meta.endTick),
    repairs: repairs.toRecord(),
  };
  refuseLongScore(score, limits);
  return score;
}

/** Bounds what is counted in seconds, bars and beats. Cheap bounds come first: they settle it for all but odd files. */
function refuseLongScore(score: Score, limits: MidiLimits): void {
  const { endTick, ticksPerQuarter, tempos, timeSignatures } = score;
  if (secondsAtSlowest(tempos, ticksPerQuarter, endTick) > limits.durationSeconds) {
    refuseAbove(limits.durationSeconds, createTempoMap(score).secondsAt(endTick), 'midi_limit_duration', 'seconds');
  }
  const mostBeats = (endTick * BEATS_PER_QUARTER) / ticksPerQuarter + timeSignatures.tick.length + 2;
  if (mostBeats <= Math.min(limits.bars, limits.beats)) return;
  const spans = meterSpans(score);
  refuseAbove(limits.bars, countBars(spans), 'midi_limit_bars', 'bars');
  refuseAbove(limits.beats, countBeats(spans), 'midi_limit_bars', 'beats');
}

function refuseAbove(limit: number, seen: number, code: MidiErrorCode, unit: string): void {
  if (seen > limit) throw new MidiRefusal(code, `${seen} ${unit}, the limit is ${limit}`);
}

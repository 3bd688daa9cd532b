import { countBars } from './bars.ts';
import { DEFAULT_LIMITS, type MidiLimits } from './limits.ts';
import { MetaEvents } from './meta-events.ts';
import { TrackReader } from './read-track.ts';
import { type MidiErrorCode, MidiRefusal } from './refusal.ts';
import { RepairLog } from './repairs.ts';
import type { Score, Track } from './score.ts';
import { readHeader, uint32 } from './smf-header.ts';
import { splitTrack } from './split-track.ts';
import { createTempoMap } from './tempo-map.ts';
import { TrackEvents } from './track-events.ts';

const MTRK = 0x4d54726b;

export interface MidiError {
  readonly code: MidiErrorCode;
  readonly message: string;
}

export type DecodeOutcome =
  | { readonly ok: true; readonly score: Score }
  | { readonly ok: false; readonly error: MidiError };

/** Storage that serves one file after the other; decoding is synchronous, so no two calls meet in it. */
const trackEvents = new TrackEvents();

/**
 * Decodes a MIDI file. Never throws: a file is read as symusic 0.6 reads it, or, where symusic refuses it, mended (see
 * `Score.repairs` and `RepairKey`) or refused with a stable code (`MidiErrorCode`). Time and memory are linear in its size.
 *
 * @example
 * const outcome = decodeMidi(bytes);
 * if (outcome.ok) console.log(outcome.score.tracks.length);
 */
export function decodeMidi(bytes: Uint8Array, limits: MidiLimits = DEFAULT_LIMITS): DecodeOutcome {
  try {
    return { ok: true, score: readScore(bytes, limits) };
  } catch (thrown) {
    const code = thrown instanceof MidiRefusal ? thrown.code : 'midi_internal';
    return { ok: false, error: { code, message: thrown instanceof Error ? thrown.message : String(thrown) } };
  } finally {
    trackEvents.release();
  }
}

function readScore(bytes: Uint8Array, limits: MidiLimits): Score {
  if (bytes.length > limits.sizeBytes) {
    throw new MidiRefusal('midi_limit_size', `${bytes.length} bytes, the limit is ${limits.sizeBytes}`);
  }
  const repairs = new RepairLog();
  const header = readHeader(bytes, repairs);
  const meta = new MetaEvents(trackEvents.groups, repairs, limits);
  const reader = new TrackReader(bytes, trackEvents, meta, repairs);
  const tracks: Track[] = [];
  let endTick = 0;
  let events = 0;
  let notes = 0;
  let midiTracks = 0;
  for (let position = header.end; position < header.fileEnd; ) {
    if (position + 8 > header.fileEnd) {
      repairs.add('trailing_bytes');
      break;
    }
    const start = position + 8;
    const isTrack = uint32(bytes, position) === MTRK;
    const end = Math.min(start + uint32(bytes, position + 4), header.fileEnd);
    position = start + uint32(bytes, position + 4);
    if (midiTracks === header.trackCount) {
      if (isTrack) repairs.add('extra_tracks');
      continue;
    }
    if (position > header.fileEnd) repairs.add('truncated_chunk');
    if (!isTrack) {
      repairs.add('unknown_chunk');
      continue;
    }
    meta.trackName = '';
    events += reader.read(start, end, limits.events - events);
    const split = splitTrack(trackEvents, midiTracks, meta.trackName, repairs);
    for (const track of split.tracks) tracks.push(track);
    notes += split.noteCount;
    if (notes > limits.notes) throw new MidiRefusal('midi_limit_notes', `${notes} notes, the limit is ${limits.notes}`);
    endTick = Math.max(endTick, split.endTick);
    midiTracks += 1;
  }
  repairs.add('missing_tracks', header.trackCount - midiTracks);
  const metas = meta.finish(header.constantTempo);
  endTick = Math.max(endTick, meta.endTick);
  const score: Score = {
    format: header.format,
    ticksPerQuarter: header.ticksPerQuarter,
    tracks,
    ...metas,
    endTick,
    repairs: repairs.toRecord(),
  };
  checkLength(score, limits);
  return score;
}

function checkLength(score: Score, limits: MidiLimits): void {
  const seconds = createTempoMap(score).secondsAt(score.endTick);
  if (seconds > limits.durationSeconds) {
    throw new MidiRefusal('midi_limit_duration', `${seconds} seconds, the limit is ${limits.durationSeconds}`);
  }
  const bars = countBars(score);
  if (bars > limits.bars) throw new MidiRefusal('midi_limit_bars', `${bars} bars, the limit is ${limits.bars}`);
}

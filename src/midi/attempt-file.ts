import { type ChannelUse, channelUseOf } from './channel-use.ts';
import { FileTexts } from './file-texts.ts';
import type { MidiLimits } from './limits.ts';
import { MetaEvents } from './meta-events.ts';
import { TrackReader } from './read-track.ts';
import type { ReadingChoices } from './reading-choices.ts';
import { type MidiErrorCode, MidiRefusal } from './refusal.ts';
import { RepairLog, type RepairPlace } from './repairs.ts';
import type { Score, Track } from './score.ts';
import { findTag, MTRK, readHeader, uint32 } from './smf-header.ts';
import { splitTrack } from './split-track.ts';
import type { FileChunks, TrackChunk } from './track-chunks.ts';
import { TrackEvents } from './track-events.ts';
import type { Arrival } from './track-plan.ts';
import type { TrackTrace } from './track-trace.ts';
import type { WorkSpace } from './work-space.ts';

export interface FileSettings {
  readonly limits: MidiLimits;
  readonly choices: ReadingChoices;
  readonly memory: WorkSpace;
}

/** How a file is to be read, as far as earlier readings of it have shown. */
export interface FilePlan {
  readonly chunks: FileChunks;
  readonly isSalvaged: boolean;
  readonly isF7Bare: boolean;
  /** Of each track, what others say to it; `undefined` while nobody has looked. */
  readonly arrivals: readonly (readonly Arrival[])[] | undefined;
  /** Of texts that are not UTF-8; `undefined` while it is not known. */
  readonly encoding: string | undefined;
}

/** What one reading of a file shows. */
export interface FileAttempt {
  readonly score: Score;
  readonly uses: readonly ChannelUse[];
  readonly texts: FileTexts;
  readonly repairs: RepairLog;
  /** Whether a track seems to hold another, or to go on behind its end. */
  readonly hidesTracks: boolean;
}

/** Is told what is read. */
export interface FileTrace {
  readonly places: RepairPlace[];
  beginTrack(midiTrack: number, chunk: TrackChunk): TrackTrace;
  /** @param wasMended - whether a repair was made in the track; `tick` is that of its end. */
  endTrack(tick: number, wasMended: boolean): void;
}

/** Storage that serves one file after the other; decoding is synchronous, so no two calls meet in it. */
const trackEvents = new TrackEvents();
const NO_ARRIVALS: readonly Arrival[] = [];

/** Reads a file once, as planned. Refuses what cannot be read so, and what is beyond the limits. */
export function attemptFile(
  bytes: Uint8Array,
  plan: FilePlan,
  { limits, choices, memory }: FileSettings,
  trace?: FileTrace,
): FileAttempt {
  memory.reset();
  const repairs = new RepairLog(trace?.places);
  const header = readHeader(bytes, repairs);
  for (const { repair, byte, times } of plan.chunks.faults) repairs.add(repair, byte, times);
  const texts = new FileTexts(plan.encoding, choices.textEncoding !== undefined);
  const meta = new MetaEvents(trackEvents.groups, repairs, limits, texts);
  const chunks = chosenTracks(plan.chunks.tracks, choices);
  if (header.format === 2 && plan.chunks.tracks.length > 1) {
    repairs.add('independent_patterns', header.start + 8, plan.chunks.tracks.length - 1);
  }
  const reader = new TrackReader(bytes, trackEvents, meta, repairs, plan.isF7Bare);
  const tracks: Track[] = [];
  const uses: ChannelUse[] = [];
  const isSequence = choices.patterns === 'sequence';
  let hidesTracks = false;
  let pattern = 0;
  let startTick = 0;
  let nextStartTick = 0;
  let endTick = 0;
  let events = 0;
  let notes = 0;
  try {
    for (const [midiTrack, chunk] of chunks.entries()) {
      let arrivals = plan.arrivals?.[midiTrack] ?? NO_ARRIVALS;
      if (isSequence && chunk.pattern !== pattern) {
        pattern = chunk.pattern;
        startTick = nextStartTick;
        arrivals = meta.resetMessages().map((message) => ({ tick: 0, message, byte: chunk.start }));
      }
      repairs.midiTrack = midiTrack;
      const repairsBefore = repairs.total;
      const { start, end } = chunk;
      events += reader.read({ start, end, startTick, arrivals }, trace?.beginTrack(midiTrack, chunk));
      nextStartTick = Math.max(nextStartTick, reader.tick);
      refuseAbove(limits.events, events, 'midi_limit_events', 'events');
      notes += trackEvents.notes.count;
      refuseAbove(limits.notes, notes, 'midi_limit_notes', 'notes');
      refuseAbove(limits.tracks, tracks.length + trackEvents.groups.claimed, 'midi_limit_tracks', 'tracks');
      endTick = Math.max(endTick, splitTrack(trackEvents, { midiTrack, name: meta.trackName }, tracks, memory));
      uses.push(channelUseOf(trackEvents, meta.port));
      if (reader.position < chunk.end) repairs.add('bytes_after_end_of_track', reader.position);
      trace?.endTrack(reader.tick, repairs.total > repairsBefore);
      if (reader.sawEnd && reader.position === chunk.end) continue;
      hidesTracks ||= !plan.isSalvaged && mayBeMisplaced(bytes, chunk, reader.sawEnd, header.fileEnd);
    }
  } finally {
    trackEvents.release();
  }
  repairs.midiTrack = undefined;
  const { tempos, timeSignatures, keySignatures, markers, texts: ownTexts } = meta.finish(header.constantTempo);
  const score: Score = {
    format: header.format,
    ticksPerQuarter: header.ticksPerQuarter,
    tracks,
    tempos,
    timeSignatures,
    keySignatures,
    markers,
    texts: ownTexts,
    endTick: Math.max(endTick, meta.endTick),
    repairs: repairs.toRecord(),
  };
  return { score, uses, texts, repairs, hidesTracks };
}

/** Whether a track that does not end with its chunk holds another one, or goes on behind it. */
function mayBeMisplaced(bytes: Uint8Array, { start, end }: TrackChunk, sawEnd: boolean, fileEnd: number): boolean {
  if (findTag(bytes, MTRK, start, end) >= 0) return true;
  return !sawEnd && end < fileEnd && uint32(bytes, end) !== MTRK;
}

/** The tracks that are read of a file of several patterns. */
function chosenTracks(tracks: readonly TrackChunk[], { patterns }: ReadingChoices): readonly TrackChunk[] {
  const last = tracks.at(-1)?.pattern ?? 0;
  if (last === 0 || patterns === 'sequence' || patterns === 'sum') return tracks;
  if (patterns === 'first') return tracks.filter(({ pattern }) => pattern === 0);
  throw new MidiRefusal('midi_independent_patterns', `${last + 1} independent patterns in one file`);
}

export function refuseAbove(limit: number, seen: number, code: MidiErrorCode, unit: string): void {
  if (seen > limit) throw new MidiRefusal(code, `${seen} ${unit}, the limit is ${limit}`);
}

import { attemptFile, type FilePlan, type FileTrace } from './attempt-file.ts';
import { type DecodeOutcome, decodeMidi } from './decode-midi.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { type MendedEvent, MendedTrack, trackBytes } from './mended-track.ts';
import { readFile } from './read-file.ts';
import { DEFAULT_CHOICES, type ReadingChoices } from './reading-choices.ts';
import { RepairLog, type RepairPlace } from './repairs.ts';
import type { Score } from './score.ts';
import { readHeader, type SmfHeader } from './smf-header.ts';
import type { TrackChunk } from './track-chunks.ts';
import { WorkSpace } from './work-space.ts';

const META = 0xff;
const TEMPO = 0x51;
/** Bytes of a meta event that say its value: status, type and length, then so many data bytes. */
const VALUE_BYTES: ReadonlyMap<number, number> = new Map([
  [TEMPO, 3],
  [0x58, 2],
  [0x59, 2],
]);
const UNSTABLE_FROM = 24;

export interface Examination {
  readonly outcome: DecodeOutcome;
  /** Where repairs were made, in the order of the reading; at most 1,000. */
  readonly places: readonly RepairPlace[];
  /** The file without faults; `undefined` where it has none, or cannot be read. */
  readonly mended: Uint8Array | undefined;
}

interface WrittenTrack {
  readonly chunk: TrackChunk;
  readonly events: MendedEvent[];
  readonly endTick: number;
  /** Whether it has to be written anew. */
  readonly isMended: boolean;
}

/**
 * Decodes a MIDI file as `decodeMidi` does, and tells where its faults are and how it would be without them. Reading the
 * mended file gives the same score (but for the format, where patterns were put one after the other), without repairs;
 * tracks and chunks that have no fault are kept byte by byte.
 */
export function examineMidi(bytes: Uint8Array, choices: ReadingChoices = DEFAULT_CHOICES): Examination {
  const outcome = decodeMidi(bytes, DEFAULT_LIMITS, new WorkSpace(), choices);
  if (!outcome.ok) return { outcome, places: [], mended: undefined };
  const settings = { limits: DEFAULT_LIMITS, choices, memory: new WorkSpace() };
  const { plan } = readFile(bytes, settings);
  const header = readHeader(bytes, new RepairLog());
  const places: RepairPlace[] = [];
  const tracks: WrittenTrack[] = [];
  attemptFile(bytes, plan, settings, traceOf(bytes, plan, places, tracks));
  const hasFaults = Object.keys(outcome.score.repairs).length > 0;
  return { outcome, places, mended: hasFaults ? fileBytes(bytes, header, plan, outcome.score, tracks) : undefined };
}

function traceOf(bytes: Uint8Array, plan: FilePlan, places: RepairPlace[], tracks: WrittenTrack[]): FileTrace {
  const moved = movedBytes(plan);
  let current: { readonly chunk: TrackChunk; readonly track: MendedTrack; hasMoved: boolean } | undefined;
  return {
    places,
    beginTrack(_, chunk) {
      const isMoved = (byte: number) => moved.has(byte);
      const track = new MendedTrack(bytes, isMoved);
      current = { chunk, track, hasMoved: [...moved].some((byte) => byte >= chunk.start && byte < chunk.end) };
      return track;
    },
    endTrack(endTick, wasMended) {
      if (current === undefined) return;
      const { chunk, track, hasMoved } = current;
      tracks.push({ chunk, events: track.events, endTick, isMended: wasMended || hasMoved || chunk.pattern > 0 });
    },
  };
}

/** Where the messages stand that belong to other tracks. */
function movedBytes({ arrivals }: FilePlan): ReadonlySet<number> {
  return new Set((arrivals ?? []).flatMap((list) => list.filter(({ isMoved }) => isMoved).map(({ byte }) => byte)));
}

function fileBytes(
  bytes: Uint8Array,
  header: SmfHeader,
  { chunks }: FilePlan,
  { ticksPerQuarter, repairs }: Score,
  read: readonly WrittenTrack[],
): Uint8Array {
  const { constantTempo } = header;
  let tracks = read;
  if (constantTempo !== undefined) tracks = withTempo(tracks, constantTempo);
  if (repairs.same_tick_order !== undefined) tracks = withLastOfEachTick(tracks);
  const format = header.format === 0 && tracks.length <= 1 ? 0 : 1;
  const data = [...int16(format), ...int16(tracks.length), ...int16(ticksPerQuarter)];
  const parts = [chunkBytes('MThd', data)];
  for (const [index, { chunk, events, endTick, isMended }] of tracks.entries()) {
    for (const other of chunks.others) if (other.track === index) parts.push(bytes.subarray(other.start, other.end));
    const { start, end } = chunk;
    parts.push(chunkBytes('MTrk', isMended ? trackBytes(events, endTick) : bytes.subarray(start, end)));
  }
  for (const other of chunks.others)
    if (other.track >= tracks.length) parts.push(bytes.subarray(other.start, other.end));
  return joined(parts);
}

/** SMPTE time has one tempo: that, in place of all others. */
function withTempo(tracks: readonly WrittenTrack[], tempo: number): readonly WrittenTrack[] {
  const bytes = [META, TEMPO, 3, ...int32(tempo).slice(1)];
  return tracks.map((track, index) => {
    const events = track.events.filter((event) => event.bytes[0] !== META || event.bytes[1] !== TEMPO);
    return { ...track, events: index === 0 ? [{ tick: 0, bytes, status: 0 }, ...events] : events, isMended: true };
  });
}

/** Of the tempos and signatures of one tick the file's last, where the reader keeps no other. */
function withLastOfEachTick(tracks: readonly WrittenTrack[]): readonly WrittenTrack[] {
  const dropped = new Set<MendedEvent>();
  for (const [type, valueBytes] of VALUE_BYTES) {
    const all = tracks.flatMap(({ events }) => events.filter(({ bytes }) => bytes[0] === META && bytes[1] === type));
    const last = new Map(all.map((event) => [event.tick, event]));
    const valueIn = ({ bytes }: MendedEvent) => bytes.slice(3, 3 + valueBytes).join();
    const differ = all.some((event) => valueIn(event) !== valueIn(last.get(event.tick) ?? event));
    if (all.length < UNSTABLE_FROM || !differ) continue;
    for (const event of all) if (last.get(event.tick) !== event) dropped.add(event);
  }
  return tracks.map((track) => {
    const events = track.events.filter((event) => !dropped.has(event));
    return { ...track, events, isMended: track.isMended || events.length < track.events.length };
  });
}

function chunkBytes(tag: string, data: ArrayLike<number>): Uint8Array {
  const chunk = new Uint8Array(8 + data.length);
  chunk.set([...tag].map((letter) => letter.charCodeAt(0)));
  chunk.set(int32(data.length), 4);
  chunk.set(data, 8);
  return chunk;
}

function int16(value: number): number[] {
  return [value >> 8, value & 0xff];
}

function int32(value: number): number[] {
  return [...int16(Math.floor(value / 0x10000)), ...int16(value % 0x10000)];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}

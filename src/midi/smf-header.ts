import { MidiRefusal } from './refusal.ts';
import type { RepairLog } from './repairs.ts';
import { DEFAULT_MICROSECONDS_PER_QUARTER } from './tempo-map.ts';

export const MTHD = 0x4d546864;
const RIFF = 0x52494646;
const RMID = 0x524d4944;
const DATA = 0x64617461;
export const MTRK = 0x4d54726b;
export const HEADER_DATA_BYTES = 6;
export const CHUNK_HEADER_BYTES = 8;

export interface SmfHeader {
  readonly format: 0 | 1 | 2;
  /** Number of tracks that the file claims to have. */
  readonly trackCount: number;
  readonly ticksPerQuarter: number;
  /** For SMPTE time the one tempo at which `ticksPerQuarter` gives the right seconds, else `undefined`. */
  readonly constantTempo: number | undefined;
  /** First byte of the header chunk, and first byte after it. */
  readonly start: number;
  readonly end: number;
  /** Where the file ends: its length, or the end of the RIFF chunk that holds it. */
  readonly fileEnd: number;
}

/** Reads `MThd`, wherever it is. Refuses with `midi_not_smf`, `midi_truncated_header` or `midi_bad_division`. */
export function readHeader(bytes: Uint8Array, repairs: RepairLog): SmfHeader {
  const { start, end: fileEnd } = locateSmf(bytes, repairs);
  if (start + 14 > fileEnd) {
    throw new MidiRefusal('midi_truncated_header', `the header takes 14 bytes, ${fileEnd - start} are there`);
  }
  const length = uint32(bytes, start + 4);
  const fits = length >= HEADER_DATA_BYTES && start + CHUNK_HEADER_BYTES + length <= fileEnd;
  if (length !== HEADER_DATA_BYTES) repairs.add('header_length', start + 4);
  const format = uint16(bytes, start + 8);
  if (format > 2) repairs.add('unknown_format', start + 8);
  const division = readDivision(bytes, start + 12, repairs);
  return {
    start,
    format: format === 0 || format === 2 ? format : 1,
    trackCount: uint16(bytes, start + 10),
    ticksPerQuarter: division.ticksPerQuarter,
    constantTempo: division.constantTempo,
    end: start + CHUNK_HEADER_BYTES + (fits ? length : HEADER_DATA_BYTES),
    fileEnd,
  };
}

function locateSmf(bytes: Uint8Array, repairs: RepairLog): { start: number; end: number } {
  if (uint32(bytes, 0) === MTHD) return { start: 0, end: bytes.length };
  if (uint32(bytes, 0) === RIFF && uint32(bytes, 8) === RMID) {
    for (let at = 12; at + 8 <= bytes.length; ) {
      const length = uint32LittleEndian(bytes, at + 4);
      if (uint32(bytes, at) === DATA && uint32(bytes, at + 8) === MTHD) {
        repairs.add('rmid_wrapper', 0);
        return { start: at + 8, end: Math.min(bytes.length, at + 8 + length) };
      }
      at += 8 + length + (length & 1);
    }
  }
  const start = findTag(bytes, MTHD, 1, bytes.length);
  if (start >= 0) {
    repairs.add('leading_bytes', 0);
    return { start, end: bytes.length };
  }
  if (uint32(bytes, 4) === HEADER_DATA_BYTES && uint32(bytes, 14) === MTRK && resembles(bytes, 0, MTHD)) {
    repairs.add('header_tag', 0);
    return { start: 0, end: bytes.length };
  }
  throw new MidiRefusal('midi_not_smf', `no MThd in a file of ${bytes.length} bytes${describeContent(bytes)}`);
}

/** First bytes by which other kinds of files are known. */
const OTHER_KINDS: readonly (readonly [number, string])[] = [
  [0x1f8b0800, 'gzip: decompress it first'],
  [0x504b0304, 'a zip archive: unpack it first'],
  [RIFF, 'a RIFF file without MIDI data'],
  [0x3c21444f, 'an HTML page'],
  [0x3c68746d, 'an HTML page'],
  [0x3c3f786d, 'XML, such as MusicXML'],
  [0x49443303, 'MP3'],
  [0x4f676753, 'Ogg'],
  [0x664c6143, 'FLAC'],
  [0x25504446, 'PDF'],
  [0x4d75732e, 'a MUS file'],
  [0x584d465f, 'an XMF file'],
];

function describeContent(bytes: Uint8Array): string {
  const kind = OTHER_KINDS.find(([tag]) => uint32(bytes, 0) === tag)?.[1];
  if (kind !== undefined) return `; it looks like ${kind}`;
  return bytes.length > 0 && bytes.every((byte) => byte === 0) ? '; all bytes are zero' : '';
}

/** Position of a tag of four bytes that is whole before `end`, -1 where there is none. */
export function findTag(bytes: Uint8Array, tag: number, from: number, end: number): number {
  const first = tag >>> 24;
  for (let at = bytes.indexOf(first, from); at >= 0 && at + 4 <= end; at = bytes.indexOf(first, at + 1)) {
    if (uint32(bytes, at) === tag) return at;
  }
  return -1;
}

/** Whether at least two of the four bytes at `at` are those of the tag, be they upper or lower case. */
export function resembles(bytes: Uint8Array, at: number, tag: number): boolean {
  let same = 0;
  for (let i = 0; i < 4; i++) {
    const expected = (tag >>> (24 - 8 * i)) & 0xff;
    const seen = bytes[at + i] ?? 0;
    if (seen === expected || (seen ^ 0x20) === expected) same += 1;
  }
  return same >= 2;
}

/**
 * A division with bit 15 is SMPTE: frames a second (29 means 30000/1001) and ticks a frame. Such ticks have a fixed
 * length, so we take half a second of them for a quarter (a whole second where that number is odd), at 120 (60)
 * quarters a minute: the seconds of every event stay exact.
 */
function readDivision(bytes: Uint8Array, at: number, repairs: RepairLog) {
  const division = uint16(bytes, at);
  if (division < 0x8000) {
    if (division === 0) throw new MidiRefusal('midi_bad_division', 'division 0: a quarter has no ticks');
    return { ticksPerQuarter: division, constantTempo: undefined };
  }
  const framesPerSecond = 256 - (division >> 8);
  const ticksPerFrame = division & 0xff;
  if (![24, 25, 29, 30].includes(framesPerSecond) || ticksPerFrame === 0) {
    throw new MidiRefusal(
      'midi_bad_division',
      `SMPTE division of ${framesPerSecond} frames a second and ${ticksPerFrame} ticks a frame`,
    );
  }
  repairs.add('smpte_division', at);
  const isDropFrame = framesPerSecond === 29;
  const ticksPerSecond = (isDropFrame ? 30 : framesPerSecond) * ticksPerFrame;
  const quartersPerSecond = ticksPerSecond % 2 === 0 ? 2 : 1;
  const exactTempo = (DEFAULT_MICROSECONDS_PER_QUARTER * 2) / quartersPerSecond;
  return {
    ticksPerQuarter: ticksPerSecond / quartersPerSecond,
    constantTempo: isDropFrame ? (exactTempo * 1001) / 1000 : exactTempo,
  };
}

export function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** Big-endian; bytes past the end count as 0. */
export function uint32(bytes: Uint8Array, at: number): number {
  return ((uint16(bytes, at) << 16) | uint16(bytes, at + 2)) >>> 0;
}

function uint32LittleEndian(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) + ((bytes[at + 1] ?? 0) << 8) + ((bytes[at + 2] ?? 0) << 16) + (bytes[at + 3] ?? 0) * 0x1000000
  );
}

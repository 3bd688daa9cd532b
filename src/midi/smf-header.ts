import { MidiRefusal } from './refusal.ts';
import type { RepairLog } from './repairs.ts';
import { DEFAULT_MICROSECONDS_PER_QUARTER } from './tempo-map.ts';

const MTHD = 0x4d546864;
const RIFF = 0x52494646;
const RMID = 0x524d4944;
const DATA = 0x64617461;
/** How far into a file a header is looked for: MacBinary puts 128 bytes before it. */
const HEADER_SEARCH_BYTES = 1024;

export interface SmfHeader {
  readonly format: 0 | 1 | 2;
  /** Number of tracks that the file claims to have. */
  readonly trackCount: number;
  readonly ticksPerQuarter: number;
  /** For SMPTE time the one tempo at which `ticksPerQuarter` gives the right seconds, else `undefined`. */
  readonly constantTempo: number | undefined;
  /** First byte after the header chunk. */
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
  const fits = length >= 6 && start + 8 + length <= fileEnd;
  if (length !== 6) repairs.add('header_length');
  const format = uint16(bytes, start + 8);
  if (format > 2) repairs.add('unknown_format');
  const division = readDivision(uint16(bytes, start + 12), repairs);
  return {
    format: format === 0 || format === 2 ? format : 1,
    trackCount: uint16(bytes, start + 10),
    ticksPerQuarter: division.ticksPerQuarter,
    constantTempo: division.constantTempo,
    end: start + 8 + (fits ? length : 6),
    fileEnd,
  };
}

function locateSmf(bytes: Uint8Array, repairs: RepairLog): { start: number; end: number } {
  if (uint32(bytes, 0) === MTHD) return { start: 0, end: bytes.length };
  if (uint32(bytes, 0) === RIFF && uint32(bytes, 8) === RMID) {
    for (let at = 12; at + 8 <= bytes.length; ) {
      const length = uint32LittleEndian(bytes, at + 4);
      if (uint32(bytes, at) === DATA && uint32(bytes, at + 8) === MTHD) {
        repairs.add('rmid_wrapper');
        return { start: at + 8, end: Math.min(bytes.length, at + 8 + length) };
      }
      at += 8 + length + (length & 1);
    }
  }
  const last = Math.min(HEADER_SEARCH_BYTES, bytes.length - 4);
  for (let start = 1; start <= last; start++) {
    if (uint32(bytes, start) !== MTHD) continue;
    repairs.add('leading_bytes');
    return { start, end: bytes.length };
  }
  throw new MidiRefusal('midi_not_smf', `no MThd in a file of ${bytes.length} bytes`);
}

/**
 * A division with bit 15 is SMPTE: frames a second (29 means 30000/1001) and ticks a frame. Such ticks have a fixed
 * length, so we take half a second of them for a quarter (a whole second where that number is odd), at 120 (60)
 * quarters a minute: the seconds of every event stay exact.
 */
function readDivision(division: number, repairs: RepairLog) {
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
  repairs.add('smpte_division');
  const isDropFrame = framesPerSecond === 29;
  const ticksPerSecond = (isDropFrame ? 30 : framesPerSecond) * ticksPerFrame;
  const quartersPerSecond = ticksPerSecond % 2 === 0 ? 2 : 1;
  const exactTempo = (DEFAULT_MICROSECONDS_PER_QUARTER * 2) / quartersPerSecond;
  return {
    ticksPerQuarter: ticksPerSecond / quartersPerSecond,
    constantTempo: isDropFrame ? (exactTempo * 1001) / 1000 : exactTempo,
  };
}

function uint16(bytes: Uint8Array, at: number): number {
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

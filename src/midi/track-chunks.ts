import type { RepairKey } from './repairs.ts';
import { CHUNK_HEADER_BYTES, findTag, MTHD, MTRK, resembles, type SmfHeader, uint16, uint32 } from './smf-header.ts';

/** Where the events of one MIDI track are. */
export interface TrackChunk {
  readonly start: number;
  readonly end: number;
  /** Which of several patterns it belongs to, that is of independent tracks or files. */
  readonly pattern: number;
}

/** How a file is divided into tracks, and what is wrong with the division. */
export interface FileChunks {
  readonly tracks: readonly TrackChunk[];
  /** Chunks that are no tracks, with their headers. */
  readonly others: readonly OtherChunk[];
  readonly faults: readonly ChunkFault[];
}

export interface OtherChunk {
  readonly start: number;
  readonly end: number;
  /** Number of tracks before it. */
  readonly track: number;
}

export interface ChunkFault {
  readonly repair: RepairKey;
  readonly byte: number;
  readonly times?: number;
}

/**
 * The tracks of a file whose chunks follow each other without a gap up to the end of the file, or at least as far as the
 * header promises tracks, with no track after that; `undefined` where they do not. Chunks that are no tracks are
 * skipped, as the standard asks.
 */
export function findTrackChunks(bytes: Uint8Array, header: SmfHeader): FileChunks | undefined {
  const { fileEnd, trackCount, format } = header;
  const tracks: TrackChunk[] = [];
  const others: OtherChunk[] = [];
  let position = header.end;
  while (position < fileEnd) {
    const tag = uint32(bytes, position);
    const start = position + CHUNK_HEADER_BYTES;
    const end = start + uint32(bytes, position + 4);
    if (tag === MTHD || (tag !== MTRK && !isChunkTag(bytes, position)) || end > fileEnd) break;
    if (tag === MTRK) tracks.push({ start, end, pattern: format === 2 ? tracks.length : 0 });
    else others.push({ start: position, end, track: tracks.length });
    position = end;
  }
  const isWhole = position === fileEnd || (tracks.length >= trackCount && findTag(bytes, MTRK, position, fileEnd) < 0);
  const isDamaged = tracks.length < trackCount && others.some((other) => resembles(bytes, other.start, MTRK));
  return isWhole && !isDamaged ? { tracks, others, faults: trackCountFaults(header, tracks.length) } : undefined;
}

/** What a header is wrong about that does not promise as many tracks as there are. */
export function trackCountFaults({ start, trackCount }: SmfHeader, found: number): readonly ChunkFault[] {
  if (found === trackCount) return [];
  const byte = start + 10;
  return found < trackCount
    ? [{ repair: 'missing_tracks', byte, times: trackCount - found }]
    : [{ repair: 'extra_tracks', byte, times: found - trackCount }];
}

/** Whether the four bytes can name a chunk: the standard has them ASCII. */
export function isChunkTag(bytes: Uint8Array, position: number): boolean {
  for (let i = 0; i < 4; i++) {
    const byte = bytes[position + i] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}

/** Whether a whole header of another file is there: a new one begins. */
export function isHeader(bytes: Uint8Array, position: number): boolean {
  return uint32(bytes, position) === MTHD && uint32(bytes, position + 4) === 6 && uint16(bytes, position + 12) > 0;
}

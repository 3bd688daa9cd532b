import {
  CHUNK_HEADER_BYTES,
  findTag,
  HEADER_DATA_BYTES,
  MTHD,
  MTRK,
  resembles,
  type SmfHeader,
  uint16,
  uint32,
} from './smf-header.ts';
import {
  type ChunkFault,
  type FileChunks,
  isChunkTag,
  isHeader,
  type OtherChunk,
  type TrackChunk,
  trackCountFaults,
} from './track-chunks.ts';

const END_OF_TRACK = 0xff2f00;

/** Reads events from `start`; returns the byte after the end-of-track, -1 where they end or become unreadable before one. */
export type ProbeTrack = (start: number, end: number) => number;

/**
 * The tracks of a file whose chunks do not follow each other: lengths that are wrong, bytes that are no chunk, more headers.
 * Where a length leads nowhere, a track lasts to its end-of-track, and the next begins at the next `MTrk`.
 */
export function salvageChunks(bytes: Uint8Array, header: SmfHeader, probe: ProbeTrack): FileChunks {
  const { fileEnd } = header;
  const tracks: TrackChunk[] = [];
  const others: OtherChunk[] = [];
  const faults: ChunkFault[] = [];
  let expected = header.trackCount;
  let pattern = 0;
  let position = header.end;
  const starts = [...tagsIn(bytes, MTRK, position, fileEnd), ...tagsIn(bytes, MTHD, position, fileEnd)];
  starts.sort((a, b) => a - b);
  while (position < fileEnd) {
    const start = position + CHUNK_HEADER_BYTES;
    const declaredEnd = start + uint32(bytes, position + 4);
    if (uint32(bytes, position) === MTRK) {
      const end = trackEnd(start, declaredEnd);
      if (end !== declaredEnd) {
        faults.push({ repair: declaredEnd > fileEnd ? 'truncated_chunk' : 'chunk_length', byte: position + 4 });
      }
      tracks.push({ start: Math.min(start, fileEnd), end, pattern: header.format === 2 ? tracks.length : pattern });
      position = end;
    } else if (isHeader(bytes, position)) {
      // A file in itself, where the one before has all its tracks; else somebody put a header before each track.
      if (tracks.length >= expected && uint16(bytes, position + 12) === uint16(bytes, header.start + 12)) {
        pattern += 1;
        expected += uint16(bytes, position + 10);
        faults.push({ repair: 'independent_patterns', byte: position });
      } else faults.push({ repair: 'second_header', byte: position });
      position = start + HEADER_DATA_BYTES;
    } else if (isDamagedTrack(position, declaredEnd)) {
      faults.push({ repair: 'damaged_track_tag', byte: position });
      tracks.push({ start, end: declaredEnd, pattern });
      position = declaredEnd;
    } else if (isBoundary(declaredEnd) && isChunkTag(bytes, position)) {
      others.push({ start: position, end: declaredEnd, track: tracks.length });
      position = declaredEnd;
    } else {
      const next = nextChunk(position + 1);
      if (next < fileEnd || tracks.length < expected) faults.push({ repair: 'junk_bytes', byte: position });
      position = next;
    }
  }
  return {
    tracks,
    others,
    faults: [...faults, ...trackCountFaults({ ...header, trackCount: expected }, tracks.length)],
  };

  /** Where the track ends whose events begin at `start`. */
  function trackEnd(start: number, declaredEnd: number): number {
    const next = nextChunk(start);
    if (declaredEnd <= next && isBoundary(declaredEnd)) return declaredEnd;
    const end = probe(start, next);
    if (end >= 0) return end;
    // A tag may be part of a text or of system exclusive data.
    if (isBoundary(declaredEnd) && probe(start, declaredEnd) >= 0) return declaredEnd;
    return declaredEnd > start && declaredEnd <= next ? declaredEnd : Math.max(next, Math.min(start, fileEnd));
  }

  /** Where the next track or file begins; the end of the file where none does. */
  function nextChunk(from: number): number {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return starts[low] ?? fileEnd;
  }

  function isBoundary(at: number): boolean {
    if (at >= fileEnd) return at === fileEnd;
    if (uint32(bytes, at) === MTRK || isHeader(bytes, at)) return true;
    return isChunkTag(bytes, at) && at + CHUNK_HEADER_BYTES + uint32(bytes, at + 4) <= fileEnd;
  }

  function isDamagedTrack(at: number, end: number): boolean {
    if (tracks.length >= expected || !isBoundary(end) || !resembles(bytes, at, MTRK)) return false;
    return uint32(bytes, end - 4) % 0x1000000 === END_OF_TRACK;
  }
}

function tagsIn(bytes: Uint8Array, tag: number, from: number, end: number): number[] {
  const found: number[] = [];
  for (let at = findTag(bytes, tag, from, end); at >= 0; at = findTag(bytes, tag, at + 4, end)) found.push(at);
  return found;
}

import type { RepairLog } from './repairs.ts';
import { type SmfHeader, uint32 } from './smf-header.ts';

const MTRK = 0x4d54726b;
const CHUNK_HEADER_BYTES = 8;

/** Where the events of one MIDI track are. */
export interface TrackChunk {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the tracks that the header promises. Other chunks are skipped and counted, as are tracks beyond that number;
 * a chunk that passes the end of the file is cut there.
 */
export function findTrackChunks(bytes: Uint8Array, header: SmfHeader, repairs: RepairLog): readonly TrackChunk[] {
  const { fileEnd, trackCount } = header;
  const chunks: TrackChunk[] = [];
  let next = 0;
  for (let position = header.end; position < fileEnd; position = next) {
    const isTrack = uint32(bytes, position) === MTRK;
    const start = position + CHUNK_HEADER_BYTES;
    next = start + uint32(bytes, position + 4);
    if (chunks.length === trackCount) {
      if (isTrack) repairs.add('extra_tracks');
      continue;
    }
    if (next > fileEnd) repairs.add('truncated_chunk');
    if (start > fileEnd) break;
    if (isTrack) chunks.push({ start, end: Math.min(next, fileEnd) });
    else repairs.add('unknown_chunk');
  }
  repairs.add('missing_tracks', trackCount - chunks.length);
  return chunks;
}

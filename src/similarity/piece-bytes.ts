import { BINS } from './figure-bins.ts';
import type { ScoreSketch } from './sketch-score.ts';

/** What the search for duplicates knows of a piece. */
export interface Piece {
  /** SHA-256 of the file, in hex. */
  readonly sha256: string;
  /** SHA-256 of `noteContentBytes`, in hex. */
  readonly noteHash: string;
  /** Notes of the piece; pieces without any are never alike. */
  readonly notes: number;
  readonly sketch: ScoreSketch;
}

/**
 * Layout, little-endian: the signature (16 bits a bin), the outline (64), the first 64 bits of the note hash, the number
 * of notes (32), the first 32 bits of the file's hash, which only has to tell files of equal notes apart.
 */
export const OUTLINE_AT = BINS * 2;
export const NOTE_HASH_AT = OUTLINE_AT + 8;
export const NOTES_AT = NOTE_HASH_AT + 8;
export const FILE_HASH_AT = NOTES_AT + 4;
/** Bytes of a packed piece: 168, a multiple of four. */
export const PIECE_BYTES = FILE_HASH_AT + 4;

const HEX_OF_64_BITS = /^[0-9a-f]{16}/;

/** @throws RangeError where a hash is not hex of at least 64 bits, or the signature not `BINS` long. */
export function packPiece({ sha256, noteHash, notes, sketch }: Piece): Uint8Array {
  if (!HEX_OF_64_BITS.test(sha256) || !HEX_OF_64_BITS.test(noteHash) || sketch.figures.length !== BINS) {
    throw new RangeError('a piece needs two hashes in hex and a whole signature');
  }
  const bytes = new Uint8Array(PIECE_BYTES);
  const view = new DataView(bytes.buffer);
  for (let bin = 0; bin < BINS; bin++) view.setUint16(bin * 2, sketch.figures[bin] ?? 0, true);
  view.setBigUint64(OUTLINE_AT, sketch.outline, true);
  view.setUint32(NOTE_HASH_AT, Number.parseInt(noteHash.slice(8, 16), 16), true);
  view.setUint32(NOTE_HASH_AT + 4, Number.parseInt(noteHash.slice(0, 8), 16), true);
  view.setUint32(NOTES_AT, notes, true);
  view.setUint32(FILE_HASH_AT, Number.parseInt(sha256.slice(0, 8), 16), true);
  return bytes;
}

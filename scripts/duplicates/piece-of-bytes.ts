import { mergeNotes } from '../../src/features/merged-notes.ts';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import type { Piece } from '../../src/similarity/piece-bytes.ts';
import { pieceOfFile } from '../../src/worker/piece-of-file.ts';

/** What a run knows of a MIDI file when it searches for duplicates. */
export function pieceOfBytes(bytes: Uint8Array): Piece {
  const decoded = decodeMidi(bytes);
  if (!decoded.ok) throw new Error(decoded.error.message);
  return pieceOfFile(bytes, decoded.score, mergeNotes(decoded.score));
}

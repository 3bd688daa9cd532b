import { createHash } from 'node:crypto';
import { noteContentBytes } from '../../src/features/note-content.ts';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import type { Piece } from '../../src/similarity/piece-bytes.ts';
import { sketchScore } from '../../src/similarity/sketch-score.ts';

/** What the search for duplicates knows of a MIDI file, as a run computes it. */
export function pieceOfFile(bytes: Uint8Array): Piece {
  const decoded = decodeMidi(bytes);
  if (!decoded.ok) throw new Error(decoded.error.message);
  const { score } = decoded;
  return {
    sha256: sha256(bytes),
    noteHash: sha256(noteContentBytes(score)),
    notes: score.tracks.reduce((sum, { notes }) => sum + notes.onset.length, 0),
    sketch: sketchScore(score),
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

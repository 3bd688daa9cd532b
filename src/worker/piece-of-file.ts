import { hash } from 'node:crypto';
import type { MergedNotes } from '../features/merged-notes.ts';
import { noteContentBytes } from '../features/note-content.ts';
import type { Score } from '../midi/score.ts';
import type { WorkSpace } from '../midi/work-space.ts';
import type { Piece } from '../similarity/piece-bytes.ts';
import { sketchScore } from '../similarity/sketch-score.ts';

/**
 * What the search for duplicates knows of a MIDI file.
 *
 * @param notes - `mergeNotes(score)`.
 * @param memory - Work space that the score lies in.
 */
export function pieceOfFile(file: Uint8Array, score: Score, notes: MergedNotes, memory?: WorkSpace): Piece {
  return {
    sha256: hash('sha256', file),
    noteHash: hash('sha256', noteContentBytes(score, notes, memory)),
    notes: notes.count,
    sketch: sketchScore(score, notes),
  };
}

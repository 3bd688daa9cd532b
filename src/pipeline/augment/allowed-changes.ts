import type { ChangeGrid, MusicChange } from '../../augmentation/music-change.ts';
import { judged } from '../../claims/agreement.ts';
import { factsAtLoudness, factsAtTempo } from '../../claims/changed-facts.ts';
import type { Claim } from '../../claims/claim.ts';
import { isSpoiled } from '../../claims/is-spoiled.ts';
import { judgeClaim } from '../../claims/judge-claim.ts';
import { movedCaption } from '../../claims/moved-caption.ts';
import { Piece } from '../../claims/piece.ts';
import { pieceFactsOf } from '../../claims/piece-facts.ts';
import { readStatements, type Statements } from '../../claims/read-claims.ts';
import type { CuratedRow } from '../../dataset/dataset-row.ts';
import type { CaptionRule } from './augmentation.ts';

/** What a row's caption leaves of the changes, and what becomes of it. */
export interface AllowedChanges {
  readonly grid: ChangeGrid;
  /** The caption of a changed piece; `undefined` where its words cannot be changed so. */
  readonly captionOf: (change: MusicChange) => string | null | undefined;
}

/**
 * The changes after which a caption is as right as before. What it says aside and the music has is taken for the piece's: better one copy less
 * than a wrong one. A caption that is not read (not English) may state anything: the key and the tempo stay.
 */
export function allowedChanges({ text, midi }: CuratedRow, grid: ChangeGrid, rule: CaptionRule): AllowedChanges {
  const caption = text.text;
  const captionOf = () => caption;
  if (caption === null || rule === 'keep') return { grid, captionOf };
  const facts = pieceFactsOf(midi.metadata);
  const statements = facts === undefined ? undefined : readStatements(caption);
  if (facts === undefined || statements === undefined) return { grid: withinKeyAndTempo(grid), captionOf };
  const piece = new Piece(facts);
  return rule === 'fit'
    ? { grid: gridFor(grid, statements, piece, () => caption), captionOf }
    : rewritten(caption, grid, statements, piece);
}

function rewritten(caption: string, grid: ChangeGrid, statements: Statements, piece: Piece): AllowedChanges {
  const isOfPiece = (aside: Claim): boolean => judgeClaim(aside, piece).verdict === 'agrees';
  const moved = (semitones: number, tempo: number): string | undefined =>
    movedCaption(caption, statements, isOfPiece, { semitones, tempo });
  return {
    grid: gridFor(grid, statements, piece, moved),
    captionOf: ({ transpose, tempo }) => moved(transpose, tempo),
  };
}

/** @param captionAt - the caption when the music is moved by semitones, and a factor of the tempo; that of the row where it stays. */
function gridFor(
  { transpose, tempo, velocity }: ChangeGrid,
  statements: Statements,
  piece: Piece,
  captionAt: (semitones: number, tempo: number) => string | undefined,
): ChangeGrid {
  const { claims, asides, names } = statements;
  const own = captionAt(0, 1) ?? '';
  const before = judged(own, claims, piece);
  const agreeing = (read: Statements, music: Piece): number =>
    [...read.asides, ...read.names].filter((aside) => judgeClaim(aside, music).verdict === 'agrees').length;
  const agreeingBefore = agreeing(statements, piece);
  const isAsRight = (caption: string | undefined, changed: Piece): boolean => {
    const read = caption === own ? statements : caption === undefined ? undefined : readStatements(caption);
    if (caption === undefined || read === undefined) return false;
    return !isSpoiled(before, judged(caption, read.claims, changed)) && agreeing(read, changed) >= agreeingBefore;
  };
  const saysPitches = (claim: Claim): boolean =>
    (claim.kind === 'key' && claim.tonic !== undefined) || (claim.kind === 'chords' && claim.root === 'C');
  const namesPitches = statements.namesOtherPitches || [...claims, ...asides, ...names].some(saysPitches);
  const keepsPitches = (semitones: number): boolean => {
    if (!namesPitches || semitones % 12 === 0) return true;
    const caption = captionAt(semitones, 1);
    return caption !== undefined && caption !== own;
  };
  return {
    transpose: transpose.filter(keepsPitches),
    tempo: tempo.filter((factor) => isAsRight(captionAt(0, factor), new Piece(factsAtTempo(piece.facts, factor)))),
    velocity: velocity.filter((louder) => isAsRight(own, new Piece(factsAtLoudness(piece.facts, louder)))),
  };
}

function withinKeyAndTempo({ transpose, tempo, velocity }: ChangeGrid): ChangeGrid {
  return {
    transpose: transpose.filter((semitones) => semitones % 12 === 0),
    tempo: tempo.filter((factor) => factor === 1),
    velocity,
  };
}

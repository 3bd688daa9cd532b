import type { ChangeGrid } from '../../augmentation/music-change.ts';
import { judged } from '../../claims/agreement.ts';
import { factsAtLoudness, factsAtTempo } from '../../claims/changed-facts.ts';
import type { Claim } from '../../claims/claim.ts';
import { isSpoiled } from '../../claims/is-spoiled.ts';
import { movedCaption } from '../../claims/moved-caption.ts';
import { pieceFactsOf } from '../../claims/piece-facts.ts';
import { readClaims } from '../../claims/read-claims.ts';
import type { CuratedRow } from '../../dataset/dataset-row.ts';
import type { CaptionRule } from './augmentation.ts';

/** What a row's caption, and the music of the pair itself, leave of the changes. */
export interface AllowedChanges {
  readonly grid: ChangeGrid;
  /** Of a caption that is to be rewritten. */
  readonly claims: readonly Claim[] | undefined;
}

/**
 * The changes after which a caption is as right as before. One that is not read (not English) may state anything: the key and the tempo
 * stay.
 */
export function allowedChanges({ text, midi }: CuratedRow, grid: ChangeGrid, rule: CaptionRule): AllowedChanges {
  const caption = text.text;
  const facts = pieceFactsOf(midi.metadata);
  if (caption === null || rule === 'keep') return { grid, claims: undefined };
  const claims = facts === undefined ? undefined : readClaims(caption);
  if (facts === undefined || claims === undefined) return { grid: withinKeyAndTempo(grid), claims: undefined };
  const before = judged(caption, claims, facts);
  const moved = (semitones: number, tempo: number): string | undefined =>
    rule === 'rewrite' ? movedCaption(caption, claims, { semitones, tempo }) : caption;
  const namesPitches = claims.some(
    (claim) => (claim.kind === 'key' && claim.tonic !== undefined) || (claim.kind === 'chords' && claim.root === 'C'),
  );
  const keepsPitches = (semitones: number): boolean =>
    !namesPitches || semitones % 12 === 0 || (rule === 'rewrite' && moved(semitones, 1) !== undefined);
  const keepsTempo = (factor: number): boolean => {
    const words = factor === 1 ? caption : moved(0, factor);
    if (words === undefined) return false;
    const read = words === caption ? claims : readClaims(words);
    return !isSpoiled(before, judged(words, read, factsAtTempo(facts, factor)));
  };
  const keepsLoudness = (velocity: number): boolean =>
    !isSpoiled(before, judged(caption, claims, factsAtLoudness(facts, velocity)));
  return {
    grid: {
      transpose: grid.transpose.filter(keepsPitches),
      tempo: grid.tempo.filter(keepsTempo),
      velocity: grid.velocity.filter(keepsLoudness),
    },
    claims: rule === 'rewrite' ? claims : undefined,
  };
}

function withinKeyAndTempo({ transpose, tempo, velocity }: ChangeGrid): ChangeGrid {
  return {
    transpose: transpose.filter((semitones) => semitones % 12 === 0),
    tempo: tempo.filter((factor) => factor === 1),
    velocity,
  };
}

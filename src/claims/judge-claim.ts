import type { Claim } from './claim.ts';
import { judgeChords } from './judge-chords.ts';
import { judgeInstrument } from './judge-instrument.ts';
import { judgeKey } from './judge-key.ts';
import { judgeMeter } from './judge-meter.ts';
import { judgeTempo, judgeTempoWord } from './judge-tempo.ts';
import { agrees, contradicts, type Judgement, type JudgeOptions, unsure } from './judgement.ts';
import type { Piece } from './piece.ts';
import type { PieceFacts } from './piece-facts.ts';

export const DEFAULT_JUDGE_OPTIONS: JudgeOptions = { tempoOctaves: false };

/** Holds a claim against the facts of the music. */
export function judgeClaim(claim: Claim, piece: Piece, options: JudgeOptions = DEFAULT_JUDGE_OPTIONS): Judgement {
  const judgement = judgeValue(claim, piece, options);
  // An instrument that plays in a part must be there; one that is silent in a part may be.
  const mayBeElsewhere = claim.partly && (claim.kind !== 'instrument' || claim.negated);
  if (mayBeElsewhere && judgement.verdict === 'contradicts') return unsure(judgement.found, 'part_of_piece');
  return claim.negated && claim.kind !== 'instrument' ? opposite(judgement) : judgement;
}

function judgeValue(claim: Claim, piece: Piece, options: JudgeOptions): Judgement {
  const { facts } = piece;
  switch (claim.kind) {
    case 'key':
      return judgeKey(claim, piece);
    case 'tempo':
      return judgeTempo(claim, claim.hedged, piece, options);
    case 'tempo_word':
      return judgeTempoWord(claim.word, piece);
    case 'meter':
      return judgeMeter(claim, facts);
    case 'instrument':
      return judgeInstrument(claim, claim.negated, piece);
    case 'duration':
      return judgeDuration(claim, claim.hedged, facts);
    case 'chords':
      return judgeChords(claim, piece);
    case 'loudness':
      return judgeLoudness(claim.level, facts);
    case 'density':
      return judgeDensity(claim.level, facts);
  }
}

/** "Not in C major" of a piece in C major is wrong; of another it is right. */
function opposite(judgement: Judgement): Judgement {
  if (judgement.verdict === 'unsure') return judgement;
  return judgement.verdict === 'agrees' ? contradicts(judgement.found) : agrees(judgement.found);
}

function judgeDuration(
  { min, max, precision }: { readonly min: number; readonly max: number; readonly precision: number },
  isHedged: boolean,
  { duration_seconds: seconds }: PieceFacts,
): Judgement {
  const found = `${Math.round(seconds)} s`;
  // How far off a length is, as a share of what is claimed.
  const off = Math.max((min - precision - seconds) / Math.max(min, 1), (seconds - precision - max) / Math.max(max, 1));
  if (off <= (isHedged ? 0.12 : 0.06)) return agrees(found);
  return off <= (isHedged ? 0.35 : 0.25) ? unsure(found, 'near') : contradicts(found);
}

/** MIDI velocities: 64 is the middle, mezzo-forte about 80; one velocity throughout says nothing. */
function judgeLoudness(
  level: 'soft' | 'loud',
  { velocity_mean: mean, n_velocities_used: used }: PieceFacts,
): Judgement {
  if (mean === null || used < 2) return unsure('one velocity', 'not_stated');
  const found = `mean velocity ${Math.round(mean)}`;
  if (level === 'soft') return mean <= 72 ? agrees(found) : mean >= 100 ? contradicts(found) : unsure(found, 'near');
  return mean >= 84 ? agrees(found) : mean <= 50 ? contradicts(found) : unsure(found, 'near');
}

function judgeDensity(level: 'sparse' | 'dense', { notes_per_second: rate }: PieceFacts): Judgement {
  if (rate === null) return unsure('no notes', 'not_stated');
  const found = `${rate.toFixed(1)} notes/s`;
  if (level === 'sparse') return rate <= 5 ? agrees(found) : rate >= 14 ? contradicts(found) : unsure(found, 'near');
  return rate >= 6 ? agrees(found) : rate <= 2 ? contradicts(found) : unsure(found, 'near');
}

import type { TempoValue, TempoWord } from './claim.ts';
import { agrees, contradicts, type Judgement, type JudgeOptions, unsure } from './judgement.ts';
import type { Piece } from './piece.ts';
import type { PieceFacts } from './piece-facts.ts';

/** Shares by which a stated tempo may be off: rounding and "around" agree, the double of it is doubtful. */
const [EXACT, HEDGED] = [0.04, 0.08];

/** Dotted beats, and whole bars of three. */
const OTHER_BEATS = [1.5, 1 / 1.5, 3, 1 / 3];

/** Counts of beats. A tempo an octave off is another way to count the same beats. */
export function judgeTempo(claim: TempoValue, isHedged: boolean, piece: Piece, options: JudgeOptions): Judgement {
  const { facts, tempo: found } = piece;
  if (!facts.tempo_is_stated) return unsure('no tempo stated', 'not_stated');
  const share = isHedged ? HEDGED : EXACT;
  const bpm = facts.tempo_bpm;
  if (isWithin(claim, bpm, share) || isWithin(claim, facts.tempo_bpm_initial, share)) return agrees(found);
  if (isWithin(claim, 2 * bpm, share) || isWithin(claim, bpm / 2, share))
    return options.tempoOctaves ? agrees(found) : unsure(found, 'octave');
  if (isCompound(facts.time_signature))
    for (const factor of OTHER_BEATS) if (isWithin(claim, bpm * factor, share)) return unsure(found, 'other_beat');
  if (isWithin(claim, bpm, 2 * share)) return unsure(found, 'near');
  if (facts.tempo_changes > 0 && claim.min <= facts.tempo_bpm_max && claim.max >= facts.tempo_bpm_min)
    return unsure(found, 'changes');
  if (isPlayedFreely(facts)) return unsure(found, 'not_stated');
  return contradicts(found);
}

function isWithin({ min, max }: TempoValue, bpm: number, tolerance: number): boolean {
  return bpm >= min * (1 - tolerance) - 1 && bpm <= max * (1 + tolerance) + 1;
}

interface Window {
  /** Quarter notes a minute between which a word is right, and beyond which it is wrong. */
  readonly agrees: readonly [from: number, to: number];
  readonly possible: readonly [from: number, to: number];
}

/**
 * The ranges of metronomes and textbooks, made wide: the tables overlap and disagree by a third. MidiCaps calls up to 80 slow, up
 * to 120 moderate, up to 160 fast.
 */
const WINDOWS: Readonly<Record<TempoWord, Window>> = {
  very_slow: { agrees: [0, 70], possible: [0, 95] },
  slow: { agrees: [0, 90], possible: [0, 104] },
  calm: { agrees: [0, 104], possible: [0, 126] },
  walking: { agrees: [66, 112], possible: [62, 130] },
  moderate: { agrees: [72, 126], possible: [62, 150] },
  lively: { agrees: [100, 1000], possible: [80, 1000] },
  fast: { agrees: [112, 1000], possible: [95, 1000] },
  very_fast: { agrees: [140, 1000], possible: [115, 1000] },
};
/** Notes a second that make a slow beat sound fast, and below which a fast one sounds slow. */
const [LIVELY, CALM] = [7, 3];

export function judgeTempoWord(word: TempoWord, { facts, tempo: found }: Piece): Judgement {
  if (!facts.tempo_is_stated || isPlayedFreely(facts)) return unsure(found, 'not_stated');
  const { agrees: right, possible } = WINDOWS[word];
  if (isIn(right, facts.tempo_bpm)) return agrees(found);
  if (isIn(possible, facts.tempo_bpm)) return unsure(found, 'near');
  if (
    facts.tempo_changes > 0 &&
    facts.tempo_bpm_max >= right[0] &&
    facts.tempo_bpm_min <= right[1] &&
    facts.tempo_bpm_max > 1.2 * facts.tempo_bpm_min
  )
    return unsure(found, 'changes');
  const density = facts.notes_per_second ?? 0;
  if (facts.tempo_bpm > right[1] && density < CALM) return unsure(found, 'octave');
  if (facts.tempo_bpm < right[0] && density > LIVELY) return unsure(found, 'octave');
  return contradicts(found);
}

function isIn([from, to]: readonly [number, number], bpm: number): boolean {
  return bpm >= from && bpm <= to;
}

function isCompound(signature: string): boolean {
  const [numerator = 4, denominator = 4] = signature.split('/').map(Number);
  return denominator >= 8 && numerator % 3 === 0;
}

const DEFAULT_BPM = 120;

/** A recording of a player without a metronome: its tempo and bars are the recorder's default. */
export function isPlayedFreely({ timing, tempo_changes: changes, tempo_bpm: bpm }: PieceFacts): boolean {
  return timing === 'performed' && changes === 0 && Math.round(bpm) === DEFAULT_BPM;
}

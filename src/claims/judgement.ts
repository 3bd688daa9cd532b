/**
 * `unsure`: neither, because the facts are (a performance without a beat), the claim is nearly right, or it is another way to
 * say the same.
 */
export type Verdict = 'agrees' | 'contradicts' | 'unsure';

export interface Judgement {
  readonly verdict: Verdict;
  /** What the music has in place of it, for people: "E minor", "96 BPM", "no drums". */
  readonly found: string;
  /** Why a claim that is not right is `unsure`. */
  readonly reason?: UnsureReason;
}

export type UnsureReason =
  | 'relative_key'
  | 'near_key'
  | 'octave'
  | 'other_beat'
  | 'near'
  | 'same_family'
  | 'not_stated'
  | 'part_of_piece'
  /** The caption names another value of the kind, which the music has. */
  | 'another_agrees'
  | 'changes'
  | 'weak_evidence';

export interface JudgeOptions {
  /** "60 BPM" agrees with 120, and 120 with 60. */
  readonly tempoOctaves: boolean;
}

export const agrees = (found: string): Judgement => ({ verdict: 'agrees', found });
export const contradicts = (found: string): Judgement => ({ verdict: 'contradicts', found });
export const unsure = (found: string, reason: UnsureReason): Judgement => ({ verdict: 'unsure', found, reason });

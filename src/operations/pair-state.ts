import type { StageRequests } from '../checkpoint/stage-requests.ts';
import { fateOf, SKIPPED } from '../run-directory/exemptions.ts';
import { isRetried } from '../run-directory/is-retried.ts';

/** Worst first: what a pair is as a whole is the worst that it is in a stage. */
export const PAIR_STATES = ['failed', 'skipped', 'foreign', 'in_progress', 'pending', 'completed'] as const;
export type PairStateName = (typeof PAIR_STATES)[number];

/** What a pair is in one stage. */
export interface StagePairState {
  readonly state: PairStateName;
  /** Of the latest failure, also where the pair is to be tried again. */
  readonly code?: string;
  readonly error?: string;
  /** ISO 8601. */
  readonly timestamp?: string;
}

export interface PairState {
  readonly index: number;
  readonly state: PairStateName;
  readonly midi: StagePairState;
  readonly text: StagePairState;
}

/** What a pair's state in a stage follows from, besides its failure. */
export interface StageSituation {
  /** Last index that the main pass has come to. */
  readonly lastIndex: number;
  /** Pairs up to there that are to be made again. */
  readonly missing: Members;
  readonly requests: StageRequests;
  /** Those of the requests. */
  readonly skipped: Members;
  /** First and last index in work; empty where no run is going. */
  readonly inWork: readonly number[];
}

interface Members {
  has(index: number): boolean;
}

/** @param code - of the pair's latest failure, where it has one and no result since. */
export function stateInStage(stage: StageSituation, index: number, code: string | undefined): PairStateName {
  const { lastIndex, missing, requests, skipped, inWork } = stage;
  if (code !== undefined) {
    const { retry } = requests;
    const isPending = code === SKIPPED ? !skipped.has(index) : retry !== undefined && isRetried(retry, { code, index });
    return isPending ? 'pending' : fateOf(code);
  }
  if (index <= lastIndex && !missing.has(index)) return 'completed';
  if (skipped.has(index)) return SKIPPED;
  const [first, last] = inWork;
  return first !== undefined && last !== undefined && index >= first && index <= last ? 'in_progress' : 'pending';
}

/** What a pair is as a whole. */
export function worstOf(midi: PairStateName, text: PairStateName): PairStateName {
  return PAIR_STATES.find((name) => midi === name || text === name) ?? 'pending';
}

import type { CurationFacts } from './curation-facts.ts';
import type { DatasetFacts } from './dataset-summary.ts';

/** What a stage took, over all sessions. */
export interface StageTimes {
  /** Pairs with a record, failures included. */
  readonly done: number;
  readonly failed: number;
  readonly seconds: number;
  /** Of the last session; only where it used a cache. */
  readonly cache?: CacheCounts;
}

/** Pairs that were looked up in the cache. */
export interface CacheCounts {
  readonly hits: number;
  readonly misses: number;
}

/** One run of the program on the run directory. */
export interface SessionTimes {
  readonly session_id: string;
  /** ISO 8601. */
  readonly started_at: string;
  /** `null` where it did not come to its end. */
  readonly seconds: number | null;
  /** How it ended: `complete`, `interrupted`, `killed`, …; `current` for the one that writes this. */
  readonly status: string;
  /** What ended it early: a signal, or the code of an error. */
  readonly reason?: string;
  /** The message of that error. */
  readonly error?: string;
  /** Pairs that each stage did in it, and the seconds that took. */
  readonly stages?: Readonly<Record<string, { readonly done: number; readonly seconds: number }>>;
}

export interface ProcessingInput {
  readonly total: number;
  readonly partial: boolean;
  readonly summary: DatasetFacts;
  /** `undefined` where no data set was made. */
  readonly curation?: CurationFacts | undefined;
  readonly stages: Readonly<Record<string, StageTimes>>;
  readonly sessions: readonly SessionTimes[];
}

export interface StageFigures extends StageTimes {
  readonly pairs_per_second: number | null;
  readonly cache?: CacheCounts & { readonly hit_rate: number | null };
}

export interface ProcessingStats {
  readonly format: 'midiloom-processing-stats';
  readonly version: 1;
  readonly partial: boolean;
  readonly pairs: {
    readonly total: number;
    readonly rows: number;
    readonly failed: number;
    readonly pending: number;
    readonly left_out: number;
    /** Pairs with a result of both stages over pairs that are done; `null` where none is. */
    readonly success_rate: number | null;
  };
  readonly stages: Readonly<Record<string, StageFigures>>;
  readonly sessions: readonly SessionTimes[];
  readonly curation: CurationFacts | null;
  readonly dataset: DatasetFacts;
}

/** The content of `processing_stats.json`. */
export function buildProcessingStats(input: ProcessingInput): ProcessingStats {
  const { total, partial, summary, curation, stages, sessions } = input;
  const succeeded = summary.rows + summary.left_out_pairs;
  const done = succeeded + summary.failed_pairs;
  return {
    format: 'midiloom-processing-stats',
    version: 1,
    partial,
    pairs: {
      total,
      rows: summary.rows,
      failed: summary.failed_pairs,
      pending: summary.pending_pairs,
      left_out: summary.left_out_pairs,
      success_rate: done === 0 ? null : succeeded / done,
    },
    stages: Object.fromEntries(Object.entries(stages).map(([stage, times]) => [stage, figuresOf(times)])),
    sessions,
    curation: curation ?? null,
    dataset: summary,
  };
}

function figuresOf({ cache, ...times }: StageTimes): StageFigures {
  const figures = { ...times, pairs_per_second: times.seconds > 0 ? times.done / times.seconds : null };
  if (cache === undefined) return figures;
  const lookups = cache.hits + cache.misses;
  return { ...figures, cache: { ...cache, hit_rate: lookups === 0 ? null : cache.hits / lookups } };
}

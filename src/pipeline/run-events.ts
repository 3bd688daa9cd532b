import type { Log } from '../log.ts';
import type { StageName } from '../run-directory/run-files.ts';
import type { DownloadProgress } from '../text/hub/hub-request.ts';
import type { ResumePoint } from './resume-point.ts';
import type { UpdateCounts } from './update/update-plan.ts';

/** How the world outside takes part in a run. */
export interface RunContext {
  /** Asks to finish what is in flight, save and stop. */
  readonly signal: AbortSignal;
  /** Aborted, with a `LockError`, when the run directory is another run's: nothing is written from then on. */
  readonly lost?: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  readonly log: Log;
}

/** What a run tells while it goes on. */
export type RunEvent =
  /** How far one file of a text model is. */
  | ({ readonly type: 'download' } & DownloadProgress)
  | {
      readonly type: 'planned';
      readonly inputFile: string;
      readonly total: number;
      readonly resumed: ResumePoint;
      /** What an update keeps and makes. */
      readonly update?: UpdateCounts | undefined;
    }
  | { readonly type: 'progress'; readonly stage: StageName; readonly progress: StageProgress }
  | { readonly type: 'saved'; readonly stage: StageName; readonly progress: StageProgress }
  | { readonly type: 'merging'; readonly rows: number; readonly pairs: number; readonly total: number }
  /** Something the user should know and need not act on: a recovery, a takeover, a fallback. */
  | { readonly type: 'notice'; readonly message: string };

export interface StageProgress {
  /** Pairs with a record, failures included. */
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Pairs of `done` that a checkpoint holds. */
  readonly saved: number;
  /** Over this session; 0 until something is done. */
  readonly pairsPerSecond: number;
  /** `undefined` until there is a rate, and where nothing is left to do in this session. */
  readonly secondsLeft: number | undefined;
  /** When the last checkpoint of this session was saved; `undefined` before the first. */
  readonly savedAt: Date | undefined;
}

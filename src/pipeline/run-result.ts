import type { AgreementFacts } from '../claims/agreement-counts.ts';
import type { StageName } from '../run-directory/run-files.ts';
import type { TaskNumber } from '../run-directory/task-directory.ts';
import type { LossFacts } from '../stats/loss-counts.ts';
import type { CacheCounts } from '../stats/processing-stats.ts';
import type { ResumePoint } from './resume-point.ts';
import type { UpdateCounts } from './update/update-plan.ts';

/** How a run ended. A run that could not go on throws instead (`errors.ts`); its checkpoints are saved all the same. */
export interface RunResult {
  /** `incomplete`: pairs are still pending though nobody interrupted, as after `--mode retry` of an unfinished run. */
  readonly status: 'complete' | 'incomplete' | 'interrupted';
  /** Which part of a run this is, and the directory of the whole; set for a task, which has no data set of its own. */
  readonly task?: TaskNumber & { readonly run: string };
  /** Numbers of the tasks that are not done; set where tasks were to be joined and some are not. */
  readonly undoneTasks?: readonly number[];
  readonly total: number;
  /** Pairs with a result of both stages. */
  readonly completed: number;
  /** Pairs that failed in at least one stage. */
  readonly failed: number;
  /** Pairs that are never tried, as the user said. */
  readonly skipped: number;
  /** Pairs that another program has processed. */
  readonly foreign: number;
  /** How many pairs have failed with each code, the most frequent first. */
  readonly codes: Readonly<Record<string, number>>;
  /** The limit that the user set, and whether more pairs failed. */
  readonly maxFailed: number | undefined;
  readonly tooManyFailed: boolean;
  /** Whether pairs failed and none has a result. */
  readonly nothingSucceeded: boolean;
  readonly stages: Readonly<Record<StageName, StageResult>>;
  /** `undefined` where none was written. */
  readonly dataset: DatasetResult | undefined;
  /** What earlier sessions had done, and was not done again. */
  readonly resumed: ResumePoint;
  /** What an update kept and made, and why; `undefined` where none was asked for or under way. */
  readonly update: UpdateCounts | undefined;
  readonly outputDir: string;
  /** Of this session. */
  readonly seconds: number;
}

export interface StageResult {
  readonly done: number;
  readonly failed: number;
  /** Pairs done in this session, and the seconds that took. */
  readonly doneNow: number;
  readonly seconds: number;
  readonly saves: SavesResult;
  /** Of all segments of the stage. */
  readonly segmentBytes: number;
  /** Lookups of this session; `undefined` without `--use_cache`. */
  readonly cache: CacheCounts | undefined;
}

/** The saves of this session. */
export interface SavesResult {
  readonly commits: number;
  readonly bytesWritten: number;
  /** How long they took, as a rule while the stage went on. */
  readonly seconds: number;
  /** How long the stage stood still for them. */
  readonly waitedSeconds: number;
}

export interface DatasetResult {
  readonly directory: string;
  readonly rows: number;
  /** Rows of each split, in the order in which they were asked for. */
  readonly splits: Readonly<Record<string, number>>;
  /** Set where the splits are the manifest's own. */
  readonly keepsSplits?: boolean;
  readonly partial: boolean;
  /** What the tokens of the rows leave out, and what was mended in their MIDI files. */
  readonly losses: LossFacts;
  /** Captions against their music. */
  readonly captions: AgreementFacts;
  /** Captions of more text than the encoder reads, whose ends are in no embedding. */
  readonly cutCaptions: number;
  readonly files: readonly string[];
  readonly statisticsFile: string;
  /** `undefined` where it could not be written, which a notice told. */
  readonly reportFile: string | undefined;
}

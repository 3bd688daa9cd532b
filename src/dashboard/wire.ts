/** What the server of the dashboard tells its page: JSON, with the field names of `--json` where a command prints the same. */
import type { StageOverview } from '../operations/run-overview.ts';
import type { PlayableNotes } from '../report/page-data.ts';
import type { Timeline } from '../report/timeline.ts';
import type { StageName } from '../run-directory/run-files.ts';
import type { SessionTimes } from '../stats/processing-stats.ts';

export type { StageName };

export interface Hello {
  readonly version: string;
  /** Whether runs may be changed from here. */
  readonly manage: boolean;
}

/** A run directory in one line. */
export interface RunRow {
  /** Stands for the directory in every address. */
  readonly id: string;
  /** Below the folder that it was found in. */
  readonly name: string;
  /** The run that it is a task of. */
  readonly part_of: string | null;
  readonly directory: string;
  readonly status: 'not_started' | 'in_progress' | 'waiting' | 'interrupted' | 'failed' | 'completed' | 'invalid';
  readonly reason: string | null;
  readonly running: RunningProcess | null;
  /** Who waits for a lock to work on it. */
  readonly waiting: readonly RunningProcess[];
  readonly saved_at: string | null;
  readonly bytes: number;
  readonly stages: Readonly<Record<StageName, StageRow>>;
}

export interface RunningProcess {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

export type StageRow = StageOverview;

/** Everything of one run but its pairs. */
export interface RunView {
  readonly run: RunRow;
  readonly dataset: 'absent' | 'partial' | 'complete';
  /** `null` where a checkpoint cannot be read. */
  readonly pairs: PairTotals | null;
  readonly failure_codes: Readonly<Record<string, number>>;
  readonly stages: Readonly<Record<StageName, StageCounts>> | null;
  readonly retry_asked: boolean;
  readonly skip: readonly number[];
  readonly sessions: readonly SessionView[];
  readonly timeline: Timeline;
  readonly activity: Readonly<Record<StageName, readonly ActivityPoint[]>>;
  readonly options: readonly OptionView[];
  readonly has_report: boolean;
  readonly has_card: boolean;
  readonly log: string | null;
  /** Of a run that is worked off in tasks. */
  readonly tasks: readonly TaskView[] | null;
}

export interface TaskView {
  /** Of its run directory. */
  readonly id: string;
  readonly name: string;
  readonly first_index: number;
  readonly pairs: number;
  /** `lost`: its lock is there, and nobody is behind it any more. */
  readonly state: RunRow['status'] | 'lost';
  readonly reason: string | null;
  readonly done: Readonly<Record<StageName, number>>;
  readonly without_result: Readonly<Record<StageName, number>>;
  readonly pairs_per_second: number;
  readonly seconds_left: number | null;
  readonly host: string | null;
  readonly saved_at: string | null;
  readonly is_straggler: boolean;
}

export interface PairTotals {
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly foreign: number;
  readonly pending: number;
}

export interface StageCounts {
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly foreign: number;
  readonly in_progress: number;
  readonly pending: number;
}

export interface SessionView extends SessionTimes {
  /** How often its stages saved, as far as that is noted. */
  readonly saves: number;
  readonly host: string | null;
}

/** What a stage did with its time up to a save, and the memory of the process then. */
export interface ActivityPoint {
  /** Seconds of work, as in the timeline. */
  readonly from: number;
  readonly at: number;
  /** Shares of the time between. */
  readonly waited_for_work: number;
  readonly waited_for_saves: number;
  readonly rss_bytes: number;
}

export interface OptionView {
  readonly name: string;
  readonly value: string;
  /** What it was in sessions before, the latest first; only where it was another. */
  readonly before: readonly { readonly session_id: string; readonly value: string }[];
}

/** A part of the pairs in a state, or of all. */
export interface PairPage {
  /** Of all pairs that are meant. */
  readonly total: number;
  /** Position among these of the first here. */
  readonly from: number;
  readonly pairs: readonly PairRow[];
  /** False while the manifest is read: names and captions of what is not done yet come with the next answer. */
  readonly is_named: boolean;
}

export interface PairRow {
  readonly index: number;
  readonly state: PairStateName;
  readonly midi: StagePairState;
  readonly text: StagePairState;
  /** `null` where it is not known (yet). */
  readonly caption: string | null;
  readonly midi_file: string | null;
  readonly tokens: number | null;
}

export type PairStateName = 'failed' | 'skipped' | 'foreign' | 'in_progress' | 'pending' | 'completed';

export interface StagePairState {
  readonly state: PairStateName;
  readonly code?: string;
  readonly error?: string;
  readonly timestamp?: string;
}

/** Failures with one code. */
export interface FailurePage {
  readonly failures: readonly FailureRow[];
  readonly has_more: boolean;
}

export interface FailureRow {
  readonly index: number;
  readonly stage: StageName;
  /** `pending` where it is to be tried again. */
  readonly state: PairStateName;
  readonly error: string;
  readonly timestamp: string | null;
  readonly midi_file: string | null;
  readonly caption: string | null;
}

/** One pair, with all that is known of it. */
export interface PairDetail {
  readonly row: PairRow;
  /** The manifest's line; `null` where the manifest cannot be read, or says something else by now. */
  readonly manifest: string | null;
  /** The card that the report has of a pair, where both stages have a result; its texts are escaped. */
  readonly card: PairCard | null;
}

export interface PairCard {
  readonly markup: string;
  readonly play: PlayableNotes | null;
}

/** Events of `/api/events`, by their names. */
export interface DashboardEvents {
  /** A run has changed, or is new. */
  readonly run: RunRow;
  /** It is not there any more. */
  readonly gone: { readonly id: string };
  readonly job: JobView;
}

/** Something that was asked for with `--manage`. */
export interface JobView {
  readonly id: number;
  readonly run: string;
  readonly action: string;
  readonly command: string;
  readonly state: 'going' | 'done' | 'failed' | 'stopped';
  /** What it said on its way, the latest lines. */
  readonly said: readonly string[];
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** What the command line would print with `--json`. */
  readonly result: unknown;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What an action would do. */
export interface Foreseen {
  readonly command: string;
  readonly will: readonly string[];
  /** What is lost by it, or moved aside; to be confirmed where there is any. */
  readonly discards: readonly string[];
}

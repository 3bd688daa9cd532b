import type { StageStatus } from '../checkpoint/checkpoint-file.ts';
import { readStatus, type StatusReading } from '../checkpoint/read-status.ts';
import { messageOf } from '../errors.ts';
import { locateRun } from '../run-directory/locate-run.ts';
import { defaultRunFiles, type RunFiles, STAGES, type StageName } from '../run-directory/run-files.ts';
import type { Tasks } from '../run-directory/tasks-file.ts';
import { findRunDirectories } from './find-run-directories.ts';
import { findProcesses, type RunningProcess, type RunStateName, runState, runStateOfTasks } from './run-state.ts';
import { ownRuns } from './tasks/own-runs.ts';
import { readTaskStatuses } from './tasks/read-task-statuses.ts';

/** A run directory in one line. */
export interface RunOverview {
  readonly directory: string;
  /** `invalid`: a checkpoint is there that cannot be continued. */
  readonly status: RunStateName | 'invalid';
  /** Why it is interrupted, failed or invalid, or waits. */
  readonly reason: string | null;
  readonly running: RunningProcess | null;
  /** Who waits for a lock to work on it. */
  readonly waiting: readonly RunningProcess[];
  /** When the later of the two checkpoints was saved, ISO 8601, and how long ago that is; `null` where that is not known. */
  readonly saved_at: string | null;
  readonly age_seconds: number | null;
  /** Of the segments. */
  readonly bytes: number;
  readonly stages: Readonly<Record<StageName, StageOverview>>;
}

export interface StageOverview {
  readonly status: StageStatus | 'invalid';
  /** Pairs with an outcome, and of how many. */
  readonly done: number;
  readonly total: number;
  /** Of these, the pairs without a result: failed, skipped or foreign; `midiloom status` tells them apart. */
  readonly without_result: number;
  /** Of the session that saved last. */
  readonly pairs_per_second: number;
  readonly segments: number;
  readonly bytes: number;
  readonly saved_at: string | null;
  readonly session_id: string | null;
  /** Why it is invalid, or that the backup had to be read. */
  readonly problem: string | null;
}

/** All runs at and below a folder, from their checkpoints alone. */
export async function* listRuns(root: string, now: Date = new Date()): AsyncGenerator<RunOverview> {
  for (const directory of await findRunDirectories(root)) {
    // A run.json that cannot be read is no reason to show nothing.
    const files = await locateRun({ outputDir: directory }).catch(() => defaultRunFiles(directory));
    yield runOverview(files, now);
  }
}

export async function runOverview(files: RunFiles, now: Date): Promise<RunOverview> {
  const { directory, checkpoints } = files;
  if (files.tasks !== undefined) return overviewOfTasks(directory, files.tasks, now);
  const midi = stageOverview(await readStatus(checkpoints.midi));
  const text = stageOverview(await readStatus(checkpoints.text));
  const stages = { midi, text };
  const savedAt = STAGES.flatMap((name) => stages[name].saved_at ?? [])
    .sort()
    .at(-1);
  return {
    directory,
    ...(await stateOf(files, stages)),
    saved_at: savedAt ?? null,
    age_seconds: savedAt === undefined ? null : Math.max(0, (now.getTime() - Date.parse(savedAt)) / 1000),
    bytes: midi.bytes + text.bytes,
    stages,
  };
}

/** Of a run in tasks: the sums over them. */
async function overviewOfTasks(directory: string, tasks: Tasks, now: Date): Promise<RunOverview> {
  const overviews: RunOverview[] = [];
  for (const { files } of ownRuns(directory, tasks)) overviews.push(await runOverview(files, now));
  const { dataset: _, ...state } = await runStateOfTasks(directory, await readTaskStatuses(directory, tasks));
  const stageOf = (name: StageName): StageOverview => ({
    ...addStages(overviews.map(({ stages }) => stages[name])),
    total: tasks.manifest.pairs,
  });
  const ages = overviews.flatMap(({ age_seconds }) => age_seconds ?? []);
  return {
    directory,
    ...state,
    saved_at:
      overviews
        .flatMap(({ saved_at }) => saved_at ?? [])
        .sort()
        .at(-1) ?? null,
    age_seconds: ages.length === 0 ? null : Math.min(...ages),
    bytes: overviews.reduce((sum, { bytes }) => sum + bytes, 0),
    stages: { midi: stageOf('midi'), text: stageOf('text') },
  };
}

function addStages(stages: readonly StageOverview[]): StageOverview {
  const sum = (amount: (stage: StageOverview) => number): number =>
    stages.reduce((total, stage) => total + amount(stage), 0);
  const begun = stages.filter(({ status }) => status !== 'not_started');
  const isDone = stages.every(({ status }) => status === 'completed');
  return {
    status: begun.length === 0 ? 'not_started' : isDone ? 'completed' : 'in_progress',
    done: sum(({ done }) => done),
    total: sum(({ total }) => total),
    without_result: sum(({ without_result }) => without_result),
    pairs_per_second: sum(({ pairs_per_second }) => pairs_per_second),
    segments: sum(({ segments }) => segments),
    bytes: sum(({ bytes }) => bytes),
    saved_at:
      begun
        .flatMap(({ saved_at }) => saved_at ?? [])
        .sort()
        .at(-1) ?? null,
    session_id: null,
    problem: begun.find(({ problem }) => problem !== null)?.problem ?? null,
  };
}

/** The state of a run, of one with a damaged part too. */
async function stateOf(
  files: RunFiles,
  { midi, text }: RunOverview['stages'],
): Promise<Pick<RunOverview, 'status' | 'reason' | 'running' | 'waiting'>> {
  try {
    const statuses = [midi, text].flatMap(({ status }) => (status === 'invalid' ? [] : status));
    const { dataset: _, ...state } = await runState(files, statuses);
    const problem = midi.problem ?? text.problem;
    return statuses.length < STAGES.length ? { ...state, status: 'invalid', reason: problem } : state;
  } catch (error) {
    const { running, waiting } = await findProcesses(files.directory).catch(() => NOBODY);
    return { status: 'invalid', reason: messageOf(error), running, waiting };
  }
}

function stageOverview(found: StatusReading): StageOverview {
  if (found.kind === 'unreadable') return { ...NOTHING, status: 'invalid', problem: found.reason };
  if (found.kind === 'absent') return NOTHING;
  const { checkpoint, from } = found;
  return {
    status: checkpoint.status,
    done: checkpoint.processed_data.records,
    total: checkpoint.total_files,
    without_result: checkpoint.failed_count,
    pairs_per_second: checkpoint.batch_info.files_per_second,
    segments: checkpoint.processed_data.segments,
    bytes: checkpoint.processed_data.bytes,
    saved_at: checkpoint.timestamp,
    session_id: checkpoint.session_id,
    problem: from === 'backup' ? 'the checkpoint is absent or damaged; its backup was read' : null,
  };
}

const NOBODY = { running: null, waiting: [] };

const NOTHING: StageOverview = {
  status: 'not_started',
  done: 0,
  total: 0,
  without_result: 0,
  pairs_per_second: 0,
  segments: 0,
  bytes: 0,
  saved_at: null,
  session_id: null,
  problem: null,
};

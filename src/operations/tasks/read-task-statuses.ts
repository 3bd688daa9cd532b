import type { CheckpointFile } from '../../checkpoint/checkpoint-file.ts';
import { readStatus } from '../../checkpoint/read-status.ts';
import { lookAtRunLock } from '../../checkpoint/run-lock.ts';
import { MidiloomError, messageOf } from '../../errors.ts';
import { STAGES, type StageName } from '../../run-directory/run-files.ts';
import type { Tasks } from '../../run-directory/tasks-file.ts';
import { type RunStateName, runState } from '../run-state.ts';
import { markStragglers } from './mark-stragglers.ts';
import { type OwnRun, ownRuns } from './own-runs.ts';

/** One task in a line, from its checkpoints and its lock alone. */
export interface TaskStatus {
  /** As its directory is called, below `tasks/` of the run. */
  readonly name: string;
  readonly number: number;
  readonly directory: string;
  readonly first_index: number;
  readonly pairs: number;
  /** `lost`: its lock is there, and nobody is behind it any more. `invalid`: its checkpoints cannot be read. */
  readonly state: RunStateName | 'lost' | 'invalid';
  readonly reason: string | null;
  /** Pairs with an outcome in each stage, those without a result among them. */
  readonly done: Readonly<Record<StageName, number>>;
  readonly without_result: Readonly<Record<StageName, number>>;
  /** Of the slower stage, in its last session; 0 where nothing is known. */
  readonly pairs_per_second: number;
  /** Of a task that is going; `null` where that cannot be told. */
  readonly seconds_left: number | null;
  /** Who has worked on it last, where its lock says so. */
  readonly host: string | null;
  readonly pid: number | null;
  /** Of its lock, ISO 8601. */
  readonly heartbeat: string | null;
  /** ISO 8601. */
  readonly saved_at: string | null;
  readonly bytes: number;
  /** Whether it is much slower than the others. */
  readonly is_straggler: boolean;
}

/** All tasks of a run. */
export interface TaskStatuses {
  readonly tasks: readonly TaskStatus[];
  readonly totals: {
    /** Of tasks to which pairs fell. */
    readonly states: Readonly<Partial<Record<TaskStatus['state'], number>>>;
    readonly pairs: number;
    readonly done: Readonly<Record<StageName, number>>;
    /** Of all that are going, together. */
    readonly pairs_per_second: number;
    /** Until the last one that is going ends. */
    readonly seconds_left: number | null;
    readonly stragglers: number;
  };
}

/** Tasks that are looked at together. */
const TOGETHER = 16;

/** How far each task of a run is; a few small files are read for each. */
export async function readTaskStatuses(directory: string, tasks: Tasks): Promise<TaskStatuses> {
  const runs = ownRuns(directory, tasks);
  const found: Omit<TaskStatus, 'is_straggler'>[] = [];
  for (let at = 0; at < runs.length; at += TOGETHER) {
    found.push(...(await Promise.all(runs.slice(at, at + TOGETHER).map(readTaskStatus))));
  }
  const marked = markStragglers(found);
  const going = marked.filter(({ state }) => state === 'in_progress');
  const states: Partial<Record<TaskStatus['state'], number>> = {};
  for (const { state } of marked) states[state] = (states[state] ?? 0) + 1;
  const left = going.flatMap(({ seconds_left }) => seconds_left ?? []);
  const sum = (amount: (task: TaskStatus) => number, of = marked): number =>
    of.reduce((total, task) => total + amount(task), 0);
  return {
    tasks: marked,
    totals: {
      states,
      pairs: tasks.manifest.pairs,
      done: { midi: sum(({ done }) => done.midi), text: sum(({ done }) => done.text) },
      pairs_per_second: sum(({ pairs_per_second }) => pairs_per_second, going),
      seconds_left: left.length === 0 ? null : Math.max(...left),
      stragglers: marked.filter(({ is_straggler }) => is_straggler).length,
    },
  };
}

async function readTaskStatus({ name, number, first, end, files }: OwnRun): Promise<Omit<TaskStatus, 'is_straggler'>> {
  const { directory, checkpoints } = files;
  const pairs = end - first;
  const known = { name, number, directory, first_index: first, pairs };
  const lock = await lookAtRunLock(directory).catch(() => undefined);
  const who = {
    host: lock?.holder?.host ?? null,
    pid: lock?.holder?.pid ?? null,
    heartbeat: lock === undefined ? null : new Date(lock.beatMs).toISOString(),
  };
  try {
    const found: Partial<Record<StageName, CheckpointFile>> = {};
    for (const stage of STAGES) {
      const status = await readStatus(checkpoints[stage]);
      if (status.kind === 'unreadable') throw new UnreadableTask(status.reason);
      if (status.kind === 'valid') found[stage] = status.checkpoint;
    }
    const { status, reason } = await runState(
      files,
      STAGES.map((stage) => found[stage]?.status ?? 'not_started'),
    );
    const isLost = lock !== undefined && !lock.isHeld && status !== 'completed';
    const done = { midi: found.midi?.processed_data.records ?? 0, text: found.text?.processed_data.records ?? 0 };
    const rates = STAGES.flatMap((stage) => found[stage]?.batch_info.files_per_second ?? []);
    const isGoing = status === 'in_progress';
    return {
      ...known,
      ...who,
      state: isLost ? 'lost' : status,
      reason: isLost ? 'the process that worked on it is gone; work it off again' : reason,
      done,
      without_result: { midi: found.midi?.failed_count ?? 0, text: found.text?.failed_count ?? 0 },
      pairs_per_second: rates.length === 0 ? 0 : Math.min(...rates),
      seconds_left: isGoing ? secondsLeft(pairs, done, found) : null,
      saved_at:
        STAGES.flatMap((stage) => found[stage]?.timestamp ?? [])
          .sort()
          .at(-1) ?? null,
      bytes: STAGES.reduce((sum, stage) => sum + (found[stage]?.processed_data.bytes ?? 0), 0),
    };
  } catch (error) {
    if (!(error instanceof MidiloomError || error instanceof UnreadableTask)) throw error;
    return { ...known, ...who, ...NOTHING_KNOWN, state: 'invalid', reason: messageOf(error) };
  }
}

class UnreadableTask extends Error {}

const NOTHING_KNOWN = {
  done: { midi: 0, text: 0 },
  without_result: { midi: 0, text: 0 },
  pairs_per_second: 0,
  seconds_left: null,
  saved_at: null,
  bytes: 0,
};

/** Until the later stage ends, at the rates of this session. */
function secondsLeft(
  pairs: number,
  done: TaskStatus['done'],
  found: Readonly<Partial<Record<StageName, CheckpointFile>>>,
): number | null {
  const left = STAGES.map((stage) => {
    const pending = pairs - done[stage];
    const rate = found[stage]?.batch_info.files_per_second ?? 0;
    return pending === 0 ? 0 : rate > 0 ? pending / rate : Number.POSITIVE_INFINITY;
  });
  const longest = Math.max(...left);
  return Number.isFinite(longest) ? longest : null;
}

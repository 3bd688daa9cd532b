import type { LockHolder } from '../checkpoint/lock-file.ts';
import { readStage, type StageReading } from '../checkpoint/read-stage.ts';
import { findRunHolder } from '../checkpoint/run-lock.ts';
import { MidiloomError, messageOf } from '../errors.ts';
import type { PlanPart } from '../manifest/plan-part.ts';
import { type PairTally, type TalliedStage, tallyPairs } from './pair-tally.ts';
import { readRunDescription } from './run-description.ts';
import { defaultRunFiles, type RunFiles, STAGES, type StageName } from './run-files.ts';
import { type TaskNumber, taskDirectory, taskName } from './task-directory.ts';
import type { Tasks } from './tasks-file.ts';

/**
 * - `done`: every pair has an outcome in both stages. `running`: a process works on it.
 * - `absent`: nothing is there yet. `unfinished`: begun, and nobody works on it.
 * - `damaged`: what is there cannot be read as a whole. `foreign`: it was not made as `tasks.json` says.
 */
export type TaskState = 'done' | 'running' | 'absent' | 'unfinished' | 'damaged' | 'foreign';

/** One task of a run as it lies there. */
export interface TaskReading extends TaskNumber {
  /** As its directory is called. */
  readonly name: string;
  readonly files: RunFiles;
  readonly part: PlanPart;
  readonly state: TaskState;
  /** Why it is damaged or foreign. */
  readonly reason: string | undefined;
  readonly holder: LockHolder | undefined;
  /** What can be read of each stage. */
  readonly stages: Readonly<Partial<Record<StageName, StageReading>>>;
}

/** The tasks of a run, in order, without their locks; also while they are going. */
export async function* readEachTask(directory: string, tasks: Tasks): AsyncGenerator<TaskReading> {
  for (const [number, part] of tasks.parts.entries()) {
    yield readTask(directory, { number, of: tasks.parts.length }, part, tasks.fingerprints);
  }
}

async function readTask(
  directory: string,
  task: TaskNumber,
  part: PlanPart,
  fingerprints: Tasks['fingerprints'],
): Promise<TaskReading> {
  const own = taskDirectory(directory, task);
  const known = {
    ...task,
    name: taskName(task),
    files: defaultRunFiles(own),
    part,
    reason: undefined,
    holder: undefined,
  };
  if (part.first === part.end) return { ...known, state: 'done', stages: {} };
  const holder = await findRunHolder(own).catch(() => undefined);
  const stages: Partial<Record<StageName, StageReading>> = {};
  try {
    for (const stage of STAGES) {
      const reading = await readStage(known.files.checkpoints[stage]);
      if (reading !== undefined) stages[stage] = reading;
    }
    const foreign = await findObjection(own, part, stages, fingerprints);
    if (foreign !== undefined) return { ...known, holder, state: 'foreign', reason: foreign, stages: {} };
  } catch (error) {
    if (!(error instanceof MidiloomError)) throw error;
    return { ...known, holder, state: 'damaged', reason: messageOf(error), stages };
  }
  const read = STAGES.flatMap((stage) => stages[stage] ?? []);
  const isDone =
    read.length === STAGES.length &&
    read.every(({ checkpoint, lastIndex, missing }) => {
      return checkpoint.status === 'completed' && lastIndex === part.end - 1 && missing.size === 0;
    });
  const bad = read.flatMap((reading) => reading.bad)[0];
  if (bad !== undefined) return { ...known, holder, state: 'damaged', reason: `${bad.file}: ${bad.reason}`, stages };
  const state = isDone ? 'done' : holder !== undefined ? 'running' : read.length === 0 ? 'absent' : 'unfinished';
  return { ...known, holder, state, stages };
}

/** Why what is there is not this task of this run. */
async function findObjection(
  directory: string,
  part: PlanPart,
  stages: TaskReading['stages'],
  fingerprints: Tasks['fingerprints'],
): Promise<string | undefined> {
  for (const stage of STAGES) {
    const reading = stages[stage];
    if (reading === undefined) continue;
    const { firstIndex, lastIndex, checkpoint } = reading;
    if (firstIndex !== part.first || lastIndex >= part.end) return `its ${stage} stage has other pairs`;
    if (lastIndex === part.end - 1 && checkpoint.plan.hash_at_last !== part.hash)
      return `its ${stage} stage was made from another manifest`;
    if (checkpoint.fingerprint.id !== fingerprints[stage].id) return `its ${stage} stage was made with other options`;
  }
  const description = await readRunDescription(directory);
  if (description === undefined) return undefined;
  const own = description.task?.part;
  if (own?.first !== part.first || own.end !== part.end || own.hash !== part.hash) {
    return 'it was made from another part, or another manifest';
  }
  return undefined;
}

/** What became of the pairs of a task so far. */
export function tallyTask({ part, stages }: TaskReading): PairTally {
  const nothing: TalliedStage = { firstIndex: part.first, lastIndex: part.first - 1, missing: [], failedPairs: [] };
  return tallyPairs({ midi: stages.midi ?? nothing, text: stages.text ?? nothing });
}

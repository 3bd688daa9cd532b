import { type CheckpointFile, MAX_SHOWN_FAILURES } from '../checkpoint/checkpoint-file.ts';
import { IndexSet } from '../checkpoint/index-set.ts';
import type { StageReading } from '../checkpoint/read-stage.ts';
import type { StageOutcomes } from '../checkpoint/stage-reader.ts';
import type { BadSegment } from '../checkpoint/walk-segments.ts';
import { CheckpointError, messageOf } from '../errors.ts';
import type { TaskReading } from './read-task.ts';
import type { StageName } from './run-files.ts';

/** Thrown where a segment of a task turns out damaged when it is read. */
export class DamagedTask extends CheckpointError {
  readonly task: TaskReading;

  constructor(task: TaskReading, cause: CheckpointError) {
    const mend = `midiloom process --mode continue --output_dir ${task.files.directory}`;
    super('task_damaged', `task ${task.name} is damaged: ${messageOf(cause)}. Make again what is lost: ${mend}.`, {
      cause,
    });
    this.task = task;
  }
}

interface ReadTask {
  readonly task: TaskReading;
  readonly reading: StageReading;
}

/**
 * A stage of all tasks of a run as if it were of one: their outcomes in index order, read where they lie. Pairs of tasks that are not
 * there are missing. `undefined` where no task has begun the stage.
 */
export function joinTasks(stage: StageName, tasks: readonly TaskReading[]): StageReading | undefined {
  const read = tasks.flatMap((task): ReadTask[] => {
    const reading = task.stages[stage];
    return reading === undefined ? [] : [{ task, reading }];
  });
  const last = read.at(-1);
  if (last === undefined) return undefined;
  const readings = read.map(({ reading }) => reading);
  const { lastIndex } = last.reading;
  return {
    checkpoint: joinCheckpoints(stage, tasks, readings),
    passedOver: readings.find(({ passedOver }) => passedOver !== undefined)?.passedOver,
    bad: readings.flatMap(({ bad }) => bad),
    agrees: readings.every(({ agrees }) => agrees),
    missing: missingPairs(read, lastIndex),
    failedPairs: chained(readings.map(({ failedPairs }) => failedPairs)),
    firstIndex: 0,
    lastIndex,
    reader: joinReaders(read),
    segments: readings.flatMap(({ segments }) => segments),
  };
}

/** What a checkpoint of all would say. */
function joinCheckpoints(
  stage: StageName,
  tasks: readonly TaskReading[],
  readings: readonly StageReading[],
): CheckpointFile {
  const checkpoints = readings.map(({ checkpoint }) => checkpoint);
  const [first, last] = [checkpoints[0], checkpoints.at(-1)];
  if (first === undefined || last === undefined) throw new Error('there is no checkpoint to join');
  const sum = (amount: (checkpoint: CheckpointFile) => number): number =>
    checkpoints.reduce((total, checkpoint) => total + amount(checkpoint), 0);
  const latest = checkpoints.reduce((a, b) => (a.timestamp < b.timestamp ? b : a));
  return {
    ...latest,
    stage,
    status: tasks.every(({ state }) => state === 'done') ? 'completed' : 'in_progress',
    last_processed_idx: last.last_processed_idx,
    total_files: tasks.at(-1)?.part.end ?? 0,
    batch_info: {
      current_batch: sum(({ batch_info }) => batch_info.current_batch),
      total_batches: sum(({ batch_info }) => batch_info.total_batches),
      batch_size: first.batch_info.batch_size,
      processing_time: sum(({ batch_info }) => batch_info.processing_time),
      files_per_second: sum(({ batch_info }) => batch_info.files_per_second),
    },
    processed_data: {
      directory: '',
      segments: sum(({ processed_data }) => processed_data.segments),
      lost_segments: [],
      records: sum(({ processed_data }) => processed_data.records),
      bytes: sum(({ processed_data }) => processed_data.bytes),
      chain: '',
    },
    completed: sum(({ completed }) => completed),
    failed: checkpoints.flatMap(({ failed }) => failed).slice(-MAX_SHOWN_FAILURES),
    failed_count: sum(({ failed_count }) => failed_count),
    in_progress: [],
    plan: { ...first.plan, first_index: 0, hash_at_last: last.plan.hash_at_last },
  };
}

/** Up to the last index that any task has come to. */
function missingPairs(read: readonly ReadTask[], lastIndex: number): IndexSet {
  const missing = new IndexSet(0);
  let next = 0;
  const missUpTo = (end: number): void => {
    for (let index = next; index < end; index++) missing.set(index, true);
  };
  for (const { task, reading } of read) {
    missUpTo(task.part.first);
    for (const index of reading.missing) missing.set(index, true);
    next = reading.lastIndex + 1;
  }
  missUpTo(lastIndex + 1);
  return missing;
}

function joinReaders(read: readonly ReadTask[]): StageOutcomes {
  return {
    records: () => inTurn(read, (reader) => reader.records()),
    failures: () => inTurn(read, (reader) => reader.failures()),
    manifest: () => inTurn(read, (reader) => reader.manifest()),
    madeFrom: () => inTurn(read, (reader) => reader.madeFrom()),
    keys: () => inTurn(read, (reader) => reader.keys()),
    async recordsOf(indices) {
      const found = new Map<number, Uint8Array>();
      for (const { task, reading } of read) {
        const own = new Set([...indices].filter((index) => index >= task.part.first && index < task.part.end));
        if (own.size === 0) continue;
        for (const [index, record] of await reading.reader.recordsOf(own)) found.set(index, record);
      }
      return found;
    },
    async verifyAll(signal): Promise<BadSegment | undefined> {
      for (const { reading } of read) {
        const bad = await reading.reader.verifyAll(signal);
        if (bad !== undefined) return bad;
      }
      return undefined;
    },
  };
}

async function* inTurn<T>(
  read: readonly ReadTask[],
  outcomes: (reader: StageOutcomes) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  for (const { task, reading } of read) {
    try {
      yield* outcomes(reading.reader);
    } catch (error) {
      throw error instanceof CheckpointError ? new DamagedTask(task, error) : error;
    }
  }
}

function chained<T>(parts: readonly Iterable<T>[]): Iterable<T> {
  return {
    *[Symbol.iterator]() {
      for (const part of parts) yield* part;
    },
  };
}

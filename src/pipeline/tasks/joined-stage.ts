import type { StageRecord } from '../../checkpoint/stage-reader.ts';
import type { Fingerprint } from '../../config/fingerprint.ts';
import { CheckpointError, messageOf } from '../../errors.ts';
import type { TaskReading } from '../../run-directory/read-task.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import type { MergedStage, SavedStage } from '../outputs/merged-run.ts';

/** Thrown where a segment turns out damaged when it is read. */
export class DamagedTask extends CheckpointError {
  readonly task: TaskReading;

  constructor(task: TaskReading, cause: CheckpointError) {
    const mend = `midiloom process --mode continue --output_dir ${task.files.directory}`;
    super(
      'task_damaged',
      `task ${task.name} is damaged: ${messageOf(cause)}. Make again what is lost: ${mend}. Or go on without it by --save_partial.`,
      { cause },
    );
    this.task = task;
  }
}

/** A stage of all tasks of a run, read where its segments lie. */
export function joinedStage(
  stage: StageName,
  tasks: readonly TaskReading[],
  fingerprint: Fingerprint,
  inputFile: string,
): MergedStage {
  const read = tasks.flatMap((task) => {
    const reading = task.stages[stage];
    return reading === undefined ? [] : [{ task, reading }];
  });
  const sum = (amount: (reading: (typeof read)[number]['reading']) => number): number =>
    read.reduce((total, { reading }) => total + amount(reading), 0);
  const saved: SavedStage = {
    fingerprint,
    failed_count: sum(({ checkpoint }) => checkpoint.failed_count),
    plan: { input_file: inputFile },
    processed_data: {
      records: sum(({ checkpoint }) => checkpoint.processed_data.records),
      bytes: sum(({ checkpoint }) => checkpoint.processed_data.bytes),
    },
    batch_info: { processing_time: sum(({ checkpoint }) => checkpoint.batch_info.processing_time) },
  };
  return {
    saved,
    statistics: { commits: 0, bytesWritten: 0, seconds: 0 },
    isDone: () => tasks.every(({ state }) => state === 'done'),
    async *records(): AsyncGenerator<StageRecord> {
      for (const { task, reading } of read) {
        try {
          yield* reading.reader.records();
        } catch (error) {
          throw error instanceof CheckpointError ? new DamagedTask(task, error) : error;
        }
      }
    },
  };
}

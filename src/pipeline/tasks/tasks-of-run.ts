import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createDirectory } from '../../checkpoint/durable-replace.ts';
import { acquireRunLock, type RunLock } from '../../checkpoint/run-lock.ts';
import { CheckpointError, codeOf } from '../../errors.ts';
import { defaultRunFiles } from '../../run-directory/run-files.ts';
import { readTasks, saveTasks, type Tasks } from '../../run-directory/tasks-file.ts';
import type { RunContext } from '../run-events.ts';

const POLL_MS = 200;

/**
 * The tasks of a run: as they are written, else as the first who comes makes them. The others wait for it.
 *
 * @throws CheckpointError `checkpoint_exists` where a run that is not divided is in the directory.
 */
export async function tasksOfRun(
  directory: string,
  divide: (context: RunContext) => Promise<Tasks>,
  told: RunContext,
): Promise<Tasks> {
  for (let isFirst = true; ; isFirst = false) {
    const there = await readTasks(directory);
    if (there !== undefined) return there;
    refuseWhole(directory);
    told.signal.throwIfAborted();
    await createDirectory(directory);
    const lock = await lockUnlessHeld(directory, told);
    if (lock === undefined) {
      if (isFirst) told.log('info', 'another task divides the manifest; waiting for it', () => ({ directory }));
      await pause(POLL_MS);
      continue;
    }
    try {
      const meanwhile = await readTasks(directory);
      if (meanwhile !== undefined) return meanwhile;
      const tasks = await divide({ ...told, signal: AbortSignal.any([told.signal, lock.lost]), lost: lock.lost });
      lock.lost.throwIfAborted();
      await saveTasks(directory, tasks);
      return tasks;
    } finally {
      await lock.release();
    }
  }
}

async function lockUnlessHeld(directory: string, { log }: RunContext): Promise<RunLock | undefined> {
  try {
    return await acquireRunLock(directory, log);
  } catch (error) {
    if (codeOf(error) === 'run_locked') return undefined;
    throw error;
  }
}

function refuseWhole(directory: string): void {
  const { midi, text } = defaultRunFiles(directory).checkpoints;
  if (!existsSync(midi) && !existsSync(text)) return;
  throw new CheckpointError(
    'checkpoint_exists',
    `${directory} has the checkpoint of a run that is not divided into tasks. Go on with it without --tasks and --task, or use ` +
      'another --output_dir.',
  );
}

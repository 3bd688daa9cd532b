import { openStageStore } from '../../checkpoint/open-stage-store.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { CheckpointError, LockError } from '../../errors.ts';
import { readLostRun } from '../../run-directory/lost-run.ts';
import { newRunDescription, readRunDescription } from '../../run-directory/run-description.ts';
import { runFilesOf, STAGES } from '../../run-directory/run-files.ts';
import { sessionIdAt } from '../../run-directory/session-log.ts';
import type { Tasks } from '../../run-directory/tasks-file.ts';
import { checkpointToContinue } from '../choose/checkpoint-to-continue.ts';
import type { Chosen } from '../choose/choose.ts';
import { rememberRun } from '../choose/remember-run.ts';
import { inRunDirectory } from '../open/in-run-directory.ts';
import { retryLost } from '../open/retry-pairs.ts';
import type { RunContext } from '../run-events.ts';
import type { AskedTask } from './asked-task.ts';
import { configOfTask } from './config-of-task.ts';

/** Where a task was worked off on another machine, or lost since, brings its stages back from its second place, as a run of it would. */
export async function fetchTask(
  whole: RunConfig,
  asked: AskedTask,
  tasks: Tasks,
  { tokenizerFile }: Chosen,
  told: RunContext,
): Promise<void> {
  const { number, of } = asked;
  const part = tasks.parts[number];
  const config = configOfTask({ ...whole, mode: 'continue' }, asked);
  const { outputDir, backupDir, inputFile } = config;
  if (part === undefined || backupDir === undefined) return;
  const { checkpoints } = runFilesOf(config);
  const found = {
    midi: await checkpointToContinue(checkpoints.midi, config),
    text: await checkpointToContinue(checkpoints.text, config),
  };
  if (found.midi === undefined && found.text === undefined) return;
  const known = (await readRunDescription(outputDir)) ?? (await readLostRun(outputDir, backupDir));
  const description = { ...(known ?? newRunDescription(new Date())), task: { number, of, part } };
  const emit = (message: string): void => told.emit({ type: 'notice', message });
  try {
    await inRunDirectory(config, description, told, async ({ log, lost }, secondPlace) => {
      for (const stage of STAGES) {
        const { store, recovered } = await openStageStore({
          checkpointFile: checkpoints[stage],
          stage,
          sessionId: sessionIdAt(new Date()),
          plan: { inputFile, fields: found[stage]?.plan.fields ?? {}, firstIndex: part.first },
          fingerprint: tasks.fingerprints[stage],
          restart: false,
          secondPlace,
          lost,
          log,
        });
        for (const { message } of recovered) emit(message);
        if (recovered.some(({ code }) => code === 'lost_segments')) await retryLost(store);
        await store.settleCopy();
      }
      await rememberRun(config, description, tokenizerFile);
    });
  } catch (error) {
    // Who works on it says so itself; what cannot be brought back is named with the tasks that are not done.
    if (!(error instanceof LockError || error instanceof CheckpointError)) throw error;
    emit(error.message);
  }
}

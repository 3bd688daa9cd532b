import { type ProcessOptions, runPaths } from '../config/run-config.ts';
import { readRunDescription } from './run-description.ts';
import { type RunFiles, runFilesOf } from './run-files.ts';
import { readTasks } from './tasks-file.ts';

/**
 * Where a run keeps its things: the checkpoints are as given, else as the run remembers, else under their default names.
 *
 * @throws CheckpointError `run_unreadable`, `run_version`, `tasks_unreadable`, `tasks_version`.
 */
export async function locateRun(
  given: Pick<ProcessOptions, 'outputDir' | 'midiCheckpoint' | 'textCheckpoint'>,
): Promise<RunFiles> {
  const { outputDir } = runPaths(given);
  const { midiCheckpoint, textCheckpoint } = (await readRunDescription(outputDir))?.options ?? {};
  const tasks = await readTasks(outputDir);
  const files = runFilesOf(
    runPaths({
      outputDir,
      midiCheckpoint: given.midiCheckpoint ?? midiCheckpoint,
      textCheckpoint: given.textCheckpoint ?? textCheckpoint,
    }),
  );
  return tasks === undefined ? files : { ...files, tasks };
}

/** How a caller names a run: by its directory, or by where its files are. */
export type RunPlace = string | RunFiles;

export async function filesOf(run: RunPlace): Promise<RunFiles> {
  return typeof run === 'string' ? locateRun({ outputDir: run }) : run;
}

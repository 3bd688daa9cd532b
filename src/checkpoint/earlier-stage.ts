import { basename, dirname, join } from 'node:path';
import { codeOf } from '../errors.ts';
import { syncDirectory } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import { removeStage } from './remove-stage.ts';
import { listDirectory, type StageFiles, stageFiles } from './stage-files.ts';
import { storageError } from './storage-error.ts';

/**
 * Where a stage lies that an update takes its records from: beside the new one, as a stage of its own. An update that is begun
 * while another one is under way leaves a second one there.
 */
export function earlierFiles(files: StageFiles, number: number): StageFiles {
  return stageFiles(join(dirname(files.checkpoint), `${stemOf(files)}.before-${number}.json`));
}

/** The numbers of those that are there, ascending. */
export async function earlierNumbers(files: StageFiles, fs: FileSystem): Promise<readonly number[]> {
  const names = (await listDirectory(dirname(files.checkpoint), fs)) ?? [];
  const before = `${stemOf(files)}.before-`;
  const numbers = names.flatMap((name) =>
    name.startsWith(before) ? [Number.parseInt(name.slice(before.length), 10)] : [],
  );
  return [...new Set(numbers)].filter((number) => number > 0).sort((a, b) => a - b);
}

/** Moves a stage there. Cut short, it is to be called again before anything else is done with the stage. */
export async function moveStage(from: StageFiles, to: StageFiles, fs: FileSystem): Promise<void> {
  const directory = dirname(from.checkpoint);
  const names = new Set(await listDirectory(directory, fs));
  for (const path of ['requests', 'foreign', 'segments', 'backup', 'checkpoint'] as const) {
    if (!names.has(basename(from[path])) || names.has(basename(to[path]))) continue;
    try {
      await fs.rename(from[path], to[path]);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw storageError('move', from[path], error);
    }
  }
  await syncDirectory(directory, fs);
}

/** Removes all of them: nothing is taken from them any more. */
export async function removeEarlier(files: StageFiles, fs: FileSystem): Promise<void> {
  for (const number of await earlierNumbers(files, fs)) await removeStage(earlierFiles(files, number), fs);
}

function stemOf({ checkpoint }: StageFiles): string {
  return basename(checkpoint, '.json');
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, StorageError } from '../errors.ts';

/** Where a launch keeps its scripts and manifests, in the run directory. */
export const LAUNCH_FOLDER = 'launch';

export interface LaunchFile {
  /** Its name in the folder. */
  readonly name: string;
  readonly text: string;
}

/** Writes them, over those of an earlier launch. @returns the folder. @throws StorageError `storage_io`. */
export async function writeLaunchFiles(
  outputDir: string,
  files: readonly LaunchFile[],
  subfolders: readonly string[] = [],
): Promise<string> {
  const folder = join(outputDir, LAUNCH_FOLDER);
  try {
    await mkdir(folder, { recursive: true });
    for (const name of subfolders) await mkdir(join(folder, name), { recursive: true });
    for (const { name, text } of files) await writeFile(join(folder, name), text);
  } catch (error) {
    throw new StorageError('storage_io', `Cannot write the files of the launch to ${folder}: ${messageOf(error)}`);
  }
  return folder;
}

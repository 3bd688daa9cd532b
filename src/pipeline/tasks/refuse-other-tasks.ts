import { stat } from 'node:fs/promises';
import { differingOptions, type OptionDifference } from '../../checkpoint/fingerprint-table.ts';
import type { Fingerprint } from '../../config/fingerprint.ts';
import { ownPackage } from '../../config/own-package.ts';
import { CheckpointError } from '../../errors.ts';
import { STAGES, type StageName } from '../../run-directory/run-files.ts';
import { type Tasks, tasksFile } from '../../run-directory/tasks-file.ts';

/** What a call says of the tasks of a run. */
export interface TasksClaim {
  readonly directory: string;
  readonly inputFile: string;
  /** Into how many; `undefined` where the call does not say. */
  readonly count: number | undefined;
  readonly differences: readonly OptionDifference[];
}

/**
 * Refuses a call that does not agree with `tasks.json`: its records would not belong to those of the other tasks.
 *
 * @throws CheckpointError `tasks_mismatch`.
 */
export async function refuseOtherTasks(tasks: Tasks, claim: TasksClaim): Promise<void> {
  const { directory, inputFile, count, differences } = claim;
  const { version } = ownPackage();
  const told = [
    ...(tasks.midiloom === version ? [] : [`it was made by midiloom ${tasks.midiloom}, and this is ${version}`]),
    ...(count === undefined || count === tasks.parts.length
      ? []
      : [`it has ${tasks.parts.length} tasks, and --tasks says ${count}`]),
    ...(await otherSize(tasks, inputFile)),
    ...differences.map(({ key, old, new: now }) => `${key} is ${old} there, and ${now} here`),
  ];
  if (told.length > 0) throw mismatch(directory, told);
}

/**
 * The same of what decides the records, once it is known.
 *
 * @throws CheckpointError `tasks_mismatch`.
 */
export function refuseOtherFingerprints(
  directory: string,
  agreed: Tasks['fingerprints'],
  asked: Readonly<Partial<Record<StageName, Fingerprint>>>,
): void {
  const told = STAGES.flatMap((stage) =>
    differingOptions(agreed[stage].options, asked[stage]?.options ?? agreed[stage].options).map(
      ({ key, old, new: now }) => `${key} is ${old} there, and ${now} here`,
    ),
  );
  if (told.length > 0) throw mismatch(directory, told);
}

/** By its size a manifest is told from another before anything is read; the part itself is told by its hash. */
async function otherSize({ manifest }: Tasks, inputFile: string): Promise<readonly string[]> {
  const size = await sizeOf(inputFile);
  if (size === manifest.sizeBytes) return [];
  return [`the manifest had ${sizeText(manifest.sizeBytes)}, and ${inputFile} has ${sizeText(size)}`];
}

/** Of a file, in bytes; `null` for a folder. What is not there is said by whoever reads it. */
export async function sizeOf(inputFile: string): Promise<number | null> {
  const stats = await stat(inputFile).catch(() => undefined);
  return stats?.isFile() === true ? stats.size : null;
}

function sizeText(size: number | null): string {
  return size === null ? 'no size, as a folder' : `${size} bytes`;
}

function mismatch(directory: string, told: readonly string[]): CheckpointError {
  return new CheckpointError(
    'tasks_mismatch',
    `This does not agree with ${tasksFile(directory)}:\n${told.map((line) => `  ${line}`).join('\n')}\n` +
      'Leave out what is new, to go on as the other tasks do. Or begin again in another --output_dir.',
  );
}

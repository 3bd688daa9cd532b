import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readStatus } from '../../checkpoint/read-status.ts';
import { checkSums, fileProblemText } from '../../dataset/check-sums.ts';
import { datasetPlace } from '../../dataset/publish.ts';
import { ConfigError } from '../../errors.ts';
import { openPlan } from '../../manifest/open-plan.ts';
import type { RunFiles } from '../../run-directory/run-files.ts';
import { validateRun } from '../validate-run.ts';
import { checkPairs } from './check-pairs.ts';
import type { Problems } from './problems.ts';
import { collectProblems } from './problems.ts';

export interface VerifyOptions {
  /** By default the one that the checkpoints name. */
  readonly inputFile: string | undefined;
  /** Where relative paths of text files start; by default the manifest's folder. */
  readonly midiRoot: string | undefined;
  readonly allowOutside: boolean;
}

export interface Verification {
  readonly verified: boolean;
  readonly dataset: string;
  readonly inputFile: string;
  /** Whether pairs may be missing, as the data set says of itself. */
  readonly partial: boolean;
  readonly rows: number;
  readonly checks: {
    /** Every file is as `SHA256SUMS` says. */
    readonly checksums: Problems;
    /** Both stages' chains are whole. */
    readonly checkpoints: Problems;
    /** Every pair is once in the rows or in a list that says why not, as the checkpoints have it; every caption is the manifest's. */
    readonly pairs: Problems;
  };
}

/**
 * Checks a data set against its checksums, its checkpoints and its manifest. Reads everything and changes nothing.
 *
 * @throws ConfigError `no_dataset`, `no_checkpoint`, or what is wrong with the manifest.
 */
export async function verifyRun(files: RunFiles, options: VerifyOptions): Promise<Verification> {
  const { finished: dataset } = datasetPlace(files.directory);
  if (!existsSync(dataset)) throw new ConfigError('no_dataset', `${dataset} is not there`);
  const inputFile = options.inputFile ?? (await manifestOf(files));
  const plan = await openPlan({ inputFile });
  const partial = await isPartial(dataset);
  const checksums = await collectProblems(checksumProblems(dataset));
  const checkpoints = await collectProblems(checkpointProblems(files));
  // Rows that are not as they were written need not be looked at, and may not even be read.
  const found = { rows: 0 };
  const pairs = await collectProblems(checkPairs({ files, dataset, plan, partial, ...options, found }));
  const verified = [checksums, checkpoints, pairs].every(({ count }) => count === 0);
  return { verified, dataset, inputFile, partial, rows: found.rows, checks: { checksums, checkpoints, pairs } };
}

async function* checksumProblems(dataset: string): AsyncGenerator<string> {
  for await (const problem of checkSums(dataset)) yield fileProblemText(dataset, problem);
}

async function* checkpointProblems(files: RunFiles): AsyncGenerator<string> {
  const { stages } = await validateRun(files);
  for (const { checkpoint, state, problem } of Object.values(stages)) {
    if (state === 'absent') yield `${checkpoint} is not there`;
    else if (problem !== null) yield `${checkpoint}: ${problem}`;
  }
}

async function manifestOf({ directory, checkpoints }: RunFiles): Promise<string> {
  for (const file of Object.values(checkpoints)) {
    const found = await readStatus(file);
    if (found.kind === 'valid') return found.checkpoint.plan.input_file;
  }
  throw new ConfigError('no_checkpoint', `${directory} has no checkpoint that names the manifest; give --input_file`);
}

async function isPartial(dataset: string): Promise<boolean> {
  try {
    const recipe: unknown = JSON.parse(await readFile(join(dataset, 'recipe.json'), 'utf8'));
    return typeof recipe === 'object' && recipe !== null && 'partial' in recipe && recipe.partial === true;
  } catch {
    return false; // absent or damaged, which the checksums tell
  }
}

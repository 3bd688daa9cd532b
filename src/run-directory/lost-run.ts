import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runPaths } from '../config/run-config.ts';
import { type RunDescription, readRunDescription } from './run-description.ts';
import { KEPT_TOKENIZER } from './tokenizer-of-stage.ts';

/** The files of a run directory that say how its run was made. */
export const DESCRIBING_FILES = ['run.json', KEPT_TOKENIZER] as const;

/**
 * What the second place remembers of a run whose directory is lost; `undefined` where it has no checkpoint that could be
 * brought back.
 *
 * @param directory - where the run directory was, and is to be again.
 * @throws CheckpointError `run_unreadable`, `run_version`.
 */
export async function readLostRun(directory: string, secondPlace: string): Promise<RunDescription | undefined> {
  const description = await readRunDescription(directory, secondPlace);
  if (description === undefined) return undefined;
  const { options } = description;
  const { midiCheckpoint, textCheckpoint } = runPaths({ ...options, outputDir: directory });
  const isThere = [midiCheckpoint, textCheckpoint].some((file) => existsSync(join(secondPlace, basename(file))));
  if (!isThere) return undefined;
  const tokenizerConfig = join(secondPlace, KEPT_TOKENIZER);
  // It is copied back when the run goes on.
  const isCopied = options.tokenizerConfig !== undefined && existsSync(tokenizerConfig);
  return isCopied ? { ...description, options: { ...options, tokenizerConfig } } : description;
}

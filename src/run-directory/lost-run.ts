import { basename } from 'node:path';
import { copyFile } from '../checkpoint/copy-file.ts';
import { createDirectory } from '../checkpoint/durable-replace.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readablePlace } from '../checkpoint/open-place.ts';
import { listDirectory } from '../checkpoint/stage-files.ts';
import { runPaths } from '../config/run-config.ts';
import { isS3Address, joinPlace } from '../s3/s3-address.ts';
import { type RunDescription, readRunDescription } from './run-description.ts';
import { KEPT_TOKENIZER } from './tokenizer-of-stage.ts';

/** The files of a run directory that say how its run was made. */
export const DESCRIBING_FILES = ['run.json', KEPT_TOKENIZER] as const;

/**
 * What the second place remembers of a run whose directory is lost; `undefined` where it has no checkpoint that could be
 * brought back.
 *
 * @param directory - where the run directory was, and is to be again.
 * @throws CheckpointError `run_unreadable`, `run_version`; StorageError where a bucket cannot be asked: whether there is a run to go on
 * with is not known then.
 */
export async function readLostRun(directory: string, secondPlace: string): Promise<RunDescription | undefined> {
  const fs = await readablePlace(secondPlace);
  const description = await readRunDescription(directory, secondPlace, fs);
  if (description === undefined) return undefined;
  const { options } = description;
  const { midiCheckpoint, textCheckpoint } = runPaths({ ...options, outputDir: directory });
  const names = new Set(await listDirectory(secondPlace, fs));
  if (![midiCheckpoint, textCheckpoint].some((file) => names.has(basename(file)))) return undefined;
  // It is copied back when the run goes on.
  const isCopied = options.tokenizerConfig !== undefined && names.has(KEPT_TOKENIZER);
  if (!isCopied) return description;
  const kept = joinPlace(secondPlace, KEPT_TOKENIZER);
  if (!isS3Address(secondPlace)) return { ...description, options: { ...options, tokenizerConfig: kept } };
  // Whoever reads it needs a file.
  const tokenizerConfig = joinPlace(directory, KEPT_TOKENIZER);
  await createDirectory(directory);
  await copyFile({ path: kept, fs }, { path: tokenizerConfig, fs: nodeFileSystem });
  return { ...description, options: { ...options, tokenizerConfig } };
}

import type { CheckpointFile } from '../checkpoint/checkpoint-file.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readStatus } from '../checkpoint/read-status.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { type RetryRequest, readRequests } from '../checkpoint/stage-requests.ts';
import { CheckpointError } from '../errors.ts';
import type { RunFiles, StageName } from '../run-directory/run-files.ts';
import { readSessions } from '../run-directory/session-log.ts';
import type { SessionTimes } from '../stats/processing-stats.ts';
import { findRunning, type RunningProcess } from './read-run-status.ts';

/** Everything that is known of a run without reading its segments. */
export interface RunDetails {
  readonly directory: string;
  readonly running: RunningProcess | null;
  readonly stages: Readonly<Record<StageName, StageDetails>>;
  /** Every session so far, the first one first. */
  readonly sessions: readonly SessionTimes[];
}

export interface StageDetails {
  /** As in the file; `null` where the stage has not begun. */
  readonly checkpoint: CheckpointFile | null;
  readonly requests: { readonly retry: RetryRequest | null; readonly skip: readonly number[] };
}

/** @throws CheckpointError `checkpoint_corrupt` where a checkpoint is there and neither it nor its backup can be read. */
export async function readRunDetails({ directory, checkpoints }: RunFiles): Promise<RunDetails> {
  return {
    directory,
    running: await findRunning(directory),
    stages: { midi: await readDetails(checkpoints.midi), text: await readDetails(checkpoints.text) },
    sessions: await readSessions(directory),
  };
}

async function readDetails(file: string): Promise<StageDetails> {
  const found = await readStatus(file);
  if (found.kind === 'unreadable') {
    throw new CheckpointError('checkpoint_corrupt', `checkpoint ${file} cannot be read: ${found.reason}`);
  }
  const { retry, skip } = await readRequests(stageFiles(file), nodeFileSystem);
  return { checkpoint: found.kind === 'valid' ? found.checkpoint : null, requests: { retry: retry ?? null, skip } };
}

import type { CheckpointFile } from '../checkpoint/checkpoint-file.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readStatus } from '../checkpoint/read-status.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { type RetryRequest, readRequests } from '../checkpoint/stage-requests.ts';
import { CheckpointError } from '../errors.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { STAGES, type StageName } from '../run-directory/run-files.ts';
import { readSessions } from '../run-directory/session-log.ts';
import type { SessionTimes } from '../stats/processing-stats.ts';
import { type RunState, runState } from './run-state.ts';
import { expectRun } from './with-run-lock.ts';

/** Everything that is known of a run without reading its segments. */
export interface RunDetails extends RunState {
  readonly directory: string;
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
export async function readRunDetails(run: RunPlace): Promise<RunDetails> {
  const files = await filesOf(run);
  await expectRun(files);
  const { directory, checkpoints } = files;
  const stages = { midi: await readDetails(checkpoints.midi), text: await readDetails(checkpoints.text) };
  const statuses = STAGES.map((stage) => stages[stage].checkpoint?.status ?? 'not_started');
  return {
    directory,
    ...(await runState(files, statuses)),
    stages,
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

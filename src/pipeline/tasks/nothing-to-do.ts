import type { RunConfig } from '../../config/run-config.ts';
import type { RunResult, StageResult } from '../run-result.ts';
import type { AskedTask } from './asked-task.ts';

const NOTHING: StageResult = {
  done: 0,
  failed: 0,
  doneNow: 0,
  seconds: 0,
  saves: { commits: 0, bytesWritten: 0, seconds: 0, waitedSeconds: 0 },
  segmentBytes: 0,
  cache: undefined,
};

/** The end of a task that no pair fell to, as there are more tasks than pairs. */
export function nothingToDo({ outputDir, maxFailed }: RunConfig, { directory, number, of }: AskedTask): RunResult {
  return {
    status: 'complete',
    task: { number, of, run: directory },
    total: 0,
    completed: 0,
    failed: 0,
    skipped: 0,
    foreign: 0,
    codes: {},
    maxFailed,
    tooManyFailed: false,
    nothingSucceeded: false,
    stages: { midi: NOTHING, text: NOTHING },
    dataset: undefined,
    resumed: { midi: 0, text: 0, failed: 0, seconds: 0, savedAt: undefined, stoppedBy: undefined },
    update: undefined,
    outputDir,
    seconds: 0,
  };
}

import { join } from 'node:path';
import type { CheckpointFile } from '../checkpoint/checkpoint-file.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { FollowedStage, type StageView } from '../checkpoint/followed-stage.ts';
import { readRequests, type StageRequests } from '../checkpoint/stage-requests.ts';
import { type RunStatus, readRunStatus } from '../operations/read-run-status.ts';
import { findRunning, type RunningProcess } from '../operations/run-state.ts';
import { METRICS_FILE, metricsOf, type SaveMetrics, sinceBegun } from '../run-directory/metrics-log.ts';
import { STAGES, type StageName } from '../run-directory/run-files.ts';
import { FollowedLines } from './followed-lines.ts';
import type { KnownRun } from './run-registry.ts';

/** A stage at one moment, and what was asked for beside the run. */
export interface StageNow {
  readonly view: StageView | undefined;
  readonly requests: StageRequests;
}

/** A run at one moment. Its sums go on when it is looked at again: what is taken from them is taken at once. */
export interface RunNow {
  /** Another number where the stages are not as they were. */
  readonly revision: number;
  readonly running: RunningProcess | null;
  readonly stages: Readonly<Record<StageName, StageNow>>;
}

const LEAST_PAUSE_MS = 500;

/** What is kept of a run that somebody looks at, so that only what is new is read. */
export class FollowedRun {
  readonly run: KnownRun;
  readonly #stages: Readonly<Record<StageName, FollowedStage>>;
  readonly #metrics: FollowedLines<SaveMetrics>;
  #status: { readonly reading: Promise<RunStatus>; until: number } | undefined;
  #before = '';
  #revision = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(run: KnownRun) {
    this.run = run;
    const { midi, text } = run.files.checkpoints;
    this.#stages = { midi: new FollowedStage(midi), text: new FollowedStage(text) };
    this.#metrics = new FollowedLines(join(run.files.directory, METRICS_FILE), metricsOf);
  }

  /**
   * Looks at the run and works on what is there; one after the other, so that no sum changes under the work.
   *
   * @throws CheckpointError where a stage cannot be read.
   */
  look<Result>(work: (now: RunNow) => Promise<Result> | Result): Promise<Result> {
    const turn = this.#turn.then(async () => work(await this.#now()));
    this.#turn = turn.catch(() => {}); // whoever asked has the error
    return turn;
  }

  /** Every save that was noted, in their order. */
  async metrics(): Promise<readonly SaveMetrics[]> {
    return sinceBegun(await this.#metrics.read());
  }

  /** How far a run in tasks is. All of them are read for it: not more often than costs a twentieth of the time. */
  readonly statusOfTasks = async (): Promise<RunStatus> => {
    const now = performance.now();
    if (this.#status !== undefined && now < this.#status.until) return this.#status.reading;
    const reading = readRunStatus(this.run.files);
    const status = { reading, until: Number.POSITIVE_INFINITY };
    this.#status = status;
    reading
      .catch(() => {}) // whoever asked has the error
      .finally(() => {
        const end = performance.now();
        status.until = end + Math.max(LEAST_PAUSE_MS, 20 * (end - now));
      });
    return reading;
  };

  async #now(): Promise<RunNow> {
    const [midi, text] = [await this.#stageNow('midi'), await this.#stageNow('text')];
    const stages = { midi, text };
    const seen = JSON.stringify(
      STAGES.map((stage) => [markOf(stages[stage].view?.checkpoint), stages[stage].requests]),
    );
    if (seen !== this.#before) this.#revision++;
    this.#before = seen;
    return { revision: this.#revision, running: await findRunning(this.run.files.directory), stages };
  }

  async #stageNow(name: StageName): Promise<StageNow> {
    const stage = this.#stages[name];
    return { view: await stage.look(), requests: await readRequests(stage.files, nodeFileSystem) };
  }
}

function markOf(checkpoint: CheckpointFile | undefined): unknown {
  return checkpoint && [checkpoint.processed_data.chain, checkpoint.last_processed_idx, checkpoint.in_progress];
}

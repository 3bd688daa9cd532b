import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readStage, type StageReading } from '../checkpoint/read-stage.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { readRequests, type StageRequests } from '../checkpoint/stage-requests.ts';
import type { PairFailure } from '../errors.ts';
import { fateOf, indexSetOf, SKIPPED } from '../run-directory/exemptions.ts';
import { isRetried } from '../run-directory/is-retried.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import type { RunFiles } from '../run-directory/run-files.ts';
import { findRunning } from './run-state.ts';
import { ownRuns } from './tasks/own-runs.ts';

/** Worst first: what a pair is as a whole is the worst that it is in a stage. */
export const PAIR_STATES = ['failed', 'skipped', 'foreign', 'in_progress', 'pending', 'completed'] as const;
export type PairStateName = (typeof PAIR_STATES)[number];

/** What a pair is in one stage. */
export interface StagePairState {
  readonly state: PairStateName;
  /** Of the latest failure, also where the pair is to be tried again. */
  readonly code?: string;
  readonly error?: string;
  /** ISO 8601. */
  readonly timestamp?: string;
}

export interface PairState {
  readonly index: number;
  readonly state: PairStateName;
  readonly midi: StagePairState;
  readonly text: StagePairState;
}

/**
 * The state of every pair in index order, from the checkpoints and the headers of the segments; holds one segment's
 * failures. A pair is in progress only while a run is going.
 */
export async function* pairStates(run: RunPlace): AsyncGenerator<PairState> {
  const { directory, checkpoints, tasks } = await filesOf(run);
  if (tasks !== undefined) {
    for (const { files, first, end } of ownRuns(directory, tasks)) yield* statesOfTask(files, first, end);
    return;
  }
  const isRunning = (await findRunning(directory)) !== null;
  const midi = await StageCursor.open(checkpoints.midi, isRunning);
  const text = await StageCursor.open(checkpoints.text, isRunning);
  const first = Math.max(midi.first, text.first);
  const end = first + Math.max(midi.total, text.total);
  for (let index = first; index < end; index++) {
    const states = { midi: await midi.stateOf(index), text: await text.stateOf(index) };
    const state = PAIR_STATES.find((name) => states.midi.state === name || states.text.state === name) ?? 'pending';
    yield { index, state, ...states };
  }
}

/** Pairs of a task that has not come to them, or has not begun, are pending. */
async function* statesOfTask(files: RunFiles, first: number, end: number): AsyncGenerator<PairState> {
  let next = first;
  for await (const state of pairStates(files)) {
    next = state.index + 1;
    yield state;
  }
  for (let index = next; index < end; index++) yield { index, state: 'pending', midi: PENDING, text: PENDING };
}

const PENDING: StagePairState = { state: 'pending' };

/** Tells the state of pairs in one stage, to be asked with ascending indices. */
class StageCursor {
  readonly #stage: StageReading | undefined;
  readonly #requests: StageRequests;
  readonly #skipped: { has(index: number): boolean };
  readonly #isRunning: boolean;
  readonly #failures: AsyncIterator<PairFailure> | undefined;
  #next: PairFailure | undefined;

  private constructor(stage: StageReading | undefined, requests: StageRequests, isRunning: boolean) {
    this.#stage = stage;
    this.#requests = requests;
    this.#skipped = indexSetOf(requests.skip);
    this.#isRunning = isRunning;
    this.#failures = stage?.reader.failures();
  }

  static async open(checkpointFile: string, isRunning: boolean): Promise<StageCursor> {
    const requests = await readRequests(stageFiles(checkpointFile), nodeFileSystem);
    const cursor = new StageCursor(await readStage(checkpointFile), requests, isRunning);
    await cursor.#advance();
    return cursor;
  }

  get first(): number {
    return this.#stage?.firstIndex ?? 0;
  }

  get total(): number {
    return this.#stage?.checkpoint.total_files ?? 0;
  }

  async stateOf(index: number): Promise<StagePairState> {
    while (this.#next !== undefined && this.#next.index < index) await this.#advance();
    if (this.#next?.index === index) return this.#failedState(this.#next);
    const isDone = this.#stage !== undefined && index <= this.#stage.lastIndex && !this.#stage.missing.has(index);
    if (isDone) return { state: 'completed' };
    if (this.#skipped.has(index)) return { state: SKIPPED };
    return { state: this.#isRunning && this.#isInWork(index) ? 'in_progress' : 'pending' };
  }

  #failedState({ code, error, timestamp, index }: PairFailure): StagePairState {
    const { retry } = this.#requests;
    const isPending =
      code === SKIPPED ? !this.#skipped.has(index) : retry !== undefined && isRetried(retry, { code, index });
    return { state: isPending ? 'pending' : fateOf(code), code, error, timestamp };
  }

  #isInWork(index: number): boolean {
    const [first, last] = this.#stage?.checkpoint.in_progress ?? [];
    return first !== undefined && last !== undefined && index >= first && index <= last;
  }

  async #advance(): Promise<void> {
    const { done, value } = (await this.#failures?.next()) ?? { done: true, value: undefined };
    this.#next = done === true ? undefined : value;
  }
}

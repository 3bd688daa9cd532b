import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readStage, type StageReading } from '../checkpoint/read-stage.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { readRequests, type StageRequests } from '../checkpoint/stage-requests.ts';
import type { PairFailure } from '../errors.ts';
import { indexSetOf } from '../run-directory/exemptions.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import type { RunFiles } from '../run-directory/run-files.ts';
import { type PairState, type StagePairState, type StageSituation, stateInStage, worstOf } from './pair-state.ts';
import { findRunning } from './run-state.ts';
import { ownRuns } from './tasks/own-runs.ts';

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
    yield { index, state: worstOf(states.midi.state, states.text.state), ...states };
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
  readonly #situation: StageSituation;
  readonly #failures: AsyncIterator<PairFailure> | undefined;
  #next: PairFailure | undefined;

  private constructor(stage: StageReading | undefined, requests: StageRequests, isRunning: boolean) {
    this.#stage = stage;
    this.#situation = {
      lastIndex: stage?.lastIndex ?? -1,
      missing: stage?.missing ?? new Set(),
      requests,
      skipped: indexSetOf(requests.skip),
      inWork: isRunning ? (stage?.checkpoint.in_progress ?? []) : [],
    };
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
    if (this.#next?.index !== index) return { state: stateInStage(this.#situation, index, undefined) };
    const { code, error, timestamp } = this.#next;
    return { state: stateInStage(this.#situation, index, code), code, error, timestamp };
  }

  async #advance(): Promise<void> {
    const { done, value } = (await this.#failures?.next()) ?? { done: true, value: undefined };
    this.#next = done === true ? undefined : value;
  }
}

import type { StageReading } from '../../checkpoint/read-stage.ts';
import type { StageRequests } from '../../checkpoint/stage-requests.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { inputChanges } from '../../inputs/input-changes.ts';
import { MIDI_INPUT, TEXT_INPUT } from '../../inputs/stage-input.ts';
import type { Plan } from '../../manifest/plan.ts';
import { inputReadingOf } from '../../pipeline/choose/input-reading.ts';
import type { StageUpdateCounts } from '../../pipeline/update/update-plan.ts';
import { SKIPPED } from '../../run-directory/exemptions.ts';
import { isRetried } from '../../run-directory/is-retried.ts';
import type { StageName } from '../../run-directory/run-files.ts';

export interface StagePlan {
  /** Pairs with an outcome, which would be kept. */
  readonly kept: number;
  /** Pairs that no session has come to. */
  readonly new: number;
  /** Failed pairs that would be tried again. */
  readonly retried: number;
  /** Pairs whose result is lost, whose file is another one by now, or that are not skipped any more. */
  readonly redone: number;
}

/** A stage as it lies there. */
export interface FoundStage {
  readonly reading: StageReading | undefined;
  readonly requests: StageRequests;
}

interface PlanningContext {
  readonly config: RunConfig;
  readonly plan: Plan;
  readonly signal: AbortSignal | undefined;
}

/** What a run would do in one stage. */
export async function planStage(
  { reading, requests }: FoundStage,
  stage: StageName,
  { config, plan, signal }: PlanningContext,
): Promise<StagePlan> {
  if (reading === undefined) return { kept: 0, new: plan.total, retried: 0, redone: 0 };
  const skip = new Set(requests.skip);
  const retried = new Set<number>();
  const redone = new Set(reading.missing);
  const all = { pass: 0, codes: [], indexes: [] };
  const retry = requests.retry ?? (config.mode === 'retry' ? all : undefined);
  for await (const failure of reading.reader.failures()) {
    signal?.throwIfAborted();
    if (failure.code === SKIPPED && !skip.has(failure.index)) redone.add(failure.index);
    else if (retry !== undefined && isRetried(retry, failure)) retried.add(failure.index);
  }
  for (const index of await changedInputs(reading, stage, { config, plan, signal })) {
    redone.add(index);
    retried.delete(index);
  }
  const done = reading.lastIndex + 1 - plan.first;
  return {
    kept: done - redone.size - retried.size,
    new: plan.total - done,
    retried: retried.size,
    redone: redone.size,
  };
}

/** The same in an update. */
export function updatedStage({ kept, made, causes }: StageUpdateCounts): StagePlan {
  const fresh = (causes.new ?? 0) + (causes.not_made ?? 0);
  return { kept, new: fresh, retried: 0, redone: made - fresh };
}

async function changedInputs(
  { reader, lastIndex }: StageReading,
  stage: StageName,
  { config, plan, signal }: PlanningContext,
): Promise<readonly number[]> {
  const { checkInputs, allowOutside, maxFileMb, midiRoot } = config;
  if (checkInputs === 'none' || lastIndex < plan.first || config.mode === 'merge') return [];
  const input = stage === 'midi' ? MIDI_INPUT : TEXT_INPUT;
  const access = {
    allowOutside,
    maxBytes: Math.floor(maxFileMb * 2 ** 20),
    ...inputReadingOf(config, plan),
    knownFolders: new Map(),
  };
  const root = midiRoot ?? plan.defaultMidiRoot;
  const changed: number[] = [];
  for await (const { index, kind } of inputChanges(reader, input, {
    plan,
    root,
    access,
    how: checkInputs,
    lastIndex,
    signal,
  })) {
    if (kind === 'changed') changed.push(index);
  }
  return changed;
}

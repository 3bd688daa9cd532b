import { dirname } from 'node:path';
import { readStage, type StageReading } from '../checkpoint/read-stage.ts';
import type { BadSegment } from '../checkpoint/walk-segments.ts';
import { CheckpointError, messageOf } from '../errors.ts';
import { recordCheck } from '../interchange/record-check.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import type { RunFiles, StageName } from '../run-directory/run-files.ts';
import type { Tasks } from '../run-directory/tasks-file.ts';
import type { OperationContext } from './operation-context.ts';
import { ownRuns } from './tasks/own-runs.ts';
import { expectRun } from './with-run-lock.ts';

export interface RunValidation {
  readonly valid: boolean;
  readonly stages: Readonly<Record<StageName, StageValidation>>;
}

export interface StageValidation {
  readonly checkpoint: string;
  /** `recoverable`: the next run mends it and says so. */
  readonly state: 'absent' | 'valid' | 'recoverable' | 'invalid';
  readonly problem: string | null;
  /** The first segment that is not good. */
  readonly bad_segment: Pick<BadSegment, 'sequence' | 'file' | 'reason'> | null;
  readonly segments: number;
  readonly records: number;
  readonly bytes: number;
}

/**
 * Walks both stages' chains and reads every record and holds it to what the pipeline makes. Changes nothing; a run may be going.
 *
 * @throws ConfigError `no_checkpoint`.
 */
export async function validateRun(run: RunPlace, { signal }: OperationContext = {}): Promise<RunValidation> {
  const files = await filesOf(run);
  await expectRun(files);
  return validateStages(files, signal);
}

/** The same where there may be no checkpoints any more. */
export async function validateStages(
  { directory, checkpoints: { midi, text }, tasks }: RunFiles,
  signal: AbortSignal | undefined,
): Promise<RunValidation> {
  if (tasks !== undefined) return validateTasks(directory, tasks, signal);
  const stages = { midi: await validateStage(midi, signal), text: await validateStage(text, signal) };
  const valid = [stages.midi, stages.text].every(({ state }) => state === 'absent' || state === 'valid');
  return { valid, stages };
}

/** Of a run in tasks: the sums over them, and of each stage the first task that is not good. */
async function validateTasks(directory: string, tasks: Tasks, signal: AbortSignal | undefined): Promise<RunValidation> {
  const found: { readonly name: string; readonly stages: RunValidation['stages'] }[] = [];
  for (const { name, files } of ownRuns(directory, tasks)) {
    found.push({ name, stages: (await validateStages(files, signal)).stages });
  }
  const stageOf = (stage: StageName): StageValidation => {
    const each = found.map(({ name, stages }) => ({ name, ...stages[stage] }));
    const worst = WORST_FIRST.flatMap((state) => each.find((one) => one.state === state) ?? [])[0];
    const sum = (amount: (one: StageValidation) => number): number =>
      each.reduce((total, one) => total + amount(one), 0);
    return {
      checkpoint: worst?.checkpoint ?? directory,
      state: worst?.state ?? 'absent',
      problem: worst?.problem == null ? null : `task ${worst.name}: ${worst.problem}`,
      bad_segment: worst?.bad_segment ?? null,
      segments: sum(({ segments }) => segments),
      records: sum(({ records }) => records),
      bytes: sum(({ bytes }) => bytes),
    };
  };
  const stages = { midi: stageOf('midi'), text: stageOf('text') };
  const isGood = ({ state }: StageValidation): boolean => state === 'absent' || state === 'valid';
  return { valid: found.every((one) => isGood(one.stages.midi) && isGood(one.stages.text)), stages };
}

const WORST_FIRST = ['invalid', 'recoverable', 'valid', 'absent'] as const;

async function validateStage(checkpoint: string, signal: AbortSignal | undefined): Promise<StageValidation> {
  const nothing = { checkpoint, problem: null, bad_segment: null, segments: 0, records: 0, bytes: 0 };
  try {
    const stage = await readStage(checkpoint);
    if (stage === undefined) return { ...nothing, state: 'absent' };
    const { segments, records, bytes } = stage.checkpoint.processed_data;
    const found = { ...nothing, segments, records, bytes };
    const bad = stage.bad[0] ?? (await stage.reader.verifyAll(signal));
    if (bad !== undefined) {
      const { sequence, file, reason } = bad;
      const problem = `segment ${sequence} of ${segments} is not good: ${reason}`;
      return { ...found, state: 'recoverable', problem, bad_segment: { sequence, file, reason } };
    }
    const fault = await findFault(stage, checkpoint, signal);
    if (fault !== undefined) return { ...found, state: 'invalid', problem: fault };
    if (!stage.agrees)
      return { ...found, state: 'invalid', problem: 'the checkpoint does not agree with its segments' };
    const { passedOver } = stage;
    if (passedOver === undefined) return { ...found, state: 'valid' };
    return { ...found, state: 'recoverable', problem: `its backup has to be used: ${passedOver}` };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return { ...nothing, state: 'invalid', problem: messageOf(error) };
  }
}

/** The first outcome that no run could have made, if any. */
async function findFault(
  { checkpoint, reader }: StageReading,
  file: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const findIn = recordCheck(checkpoint.stage, checkpoint.fingerprint, dirname(file));
  for await (const outcome of reader.records()) {
    signal?.throwIfAborted();
    const fault = findIn(outcome);
    if (fault !== undefined) return `pair ${outcome.index}: ${fault}`;
  }
  return undefined;
}

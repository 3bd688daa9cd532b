import type { StageStore } from '../checkpoint/stage-store.ts';
import { countPairs } from './count-pairs.ts';
import type { OpenedRun } from './open-stages.ts';
import type { RunResult, StageResult } from './run-result.ts';
import type { StageMeters } from './run-stages.ts';
import type { StageMeter } from './stage-meter.ts';

export async function writeOutputs(opened: OpenedRun, meters: StageMeters | undefined): Promise<RunResult> {
  const { config, context, plan, midi, text } = opened;
  const counts = await countPairs(midi, text);
  const isComplete = [midi, text].every((store) => store.lastIndex === plan.total - 1);
  return {
    status: isComplete ? 'complete' : context.signal.aborted ? 'interrupted' : 'incomplete',
    total: plan.total,
    ...counts,
    tooManyFailed: counts.failed > config.maxFailed,
    stages: { midi: stageResult(midi, meters?.midi), text: stageResult(text, meters?.text) },
    dataset: undefined,
    outputDir: config.outputDir,
    seconds: performance.now() / 1000,
  };
}

function stageResult({ saved, statistics }: StageStore, meter: StageMeter | undefined): StageResult {
  return {
    done: saved.processed_data.records,
    failed: saved.failed_count,
    doneNow: meter?.doneNow ?? 0,
    seconds: meter?.seconds ?? 0,
    saves: statistics,
    segmentBytes: saved.processed_data.bytes,
  };
}

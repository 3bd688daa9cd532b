import type { StageStatus } from '../../checkpoint/checkpoint-file.ts';
import { MAX_SHOWN_FAILURES } from '../../checkpoint/checkpoint-file.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import type { RunStatus, StageState } from '../read-run-status.ts';

const OF_PAIRS = ['total', 'completed', 'failed', 'skipped', 'foreign', 'pending'] as const;
const OF_STAGE = [...OF_PAIRS, 'in_progress', 'pairs_per_second', 'segments', 'bytes'] as const;

/** The pairs of several runs that have none in common, counted as those of one. */
export function addStatuses(
  directory: string,
  runs: readonly RunStatus[],
): Pick<RunStatus, 'directory' | 'pairs' | 'failure_codes' | 'stages'> {
  const codes = new Map<string, number>();
  for (const { failure_codes } of runs) {
    for (const [code, pairs] of Object.entries(failure_codes)) codes.set(code, (codes.get(code) ?? 0) + pairs);
  }
  const stage = (name: StageName): StageState =>
    addStages(
      directory,
      runs.map(({ stages }) => stages[name]),
    );
  return {
    directory,
    pairs: sums(
      OF_PAIRS,
      runs.map(({ pairs }) => pairs),
    ),
    failure_codes: Object.fromEntries([...codes].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))),
    stages: { midi: stage('midi'), text: stage('text') },
  };
}

function addStages(directory: string, stages: readonly StageState[]): StageState {
  const latest = stages.reduce<StageState | undefined>(
    (a, b) => ((a?.saved_at ?? '') < (b.saved_at ?? '') ? b : (a ?? b)),
    undefined,
  );
  let done = -1;
  for (const { last_processed_idx, status } of stages) {
    done = last_processed_idx;
    if (status !== 'completed') break;
  }
  return {
    ...sums(OF_STAGE, stages),
    checkpoint: directory,
    status: statusOf(stages.map(({ status }) => status)),
    last_processed_idx: done,
    saved_at: latest?.saved_at ?? null,
    session_id: latest?.session_id ?? null,
    failures: stages.flatMap(({ failures }) => failures).slice(-MAX_SHOWN_FAILURES),
  };
}

function statusOf(statuses: readonly StageState['status'][]): StageStatus | 'interrupted' {
  const isEvery = (wanted: StageState['status']): boolean => statuses.every((status) => status === wanted);
  if (isEvery('completed')) return 'completed';
  if (isEvery('not_started')) return 'not_started';
  return (['in_progress', 'failed'] as const).find((status) => statuses.includes(status)) ?? 'interrupted';
}

function sums<Name extends string>(
  names: readonly Name[],
  of: readonly Readonly<Record<Name, number>>[],
): Record<Name, number> {
  const entries = names.map((name) => [name, of.reduce((sum, each) => sum + each[name], 0)] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}

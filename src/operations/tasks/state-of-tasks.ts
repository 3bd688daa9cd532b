import type { DatasetState } from '../../dataset/dataset-state.ts';
import type { RunStateName } from '../run-state.ts';
import type { TaskStatuses } from './read-task-statuses.ts';

/** What a run is as a whole, by its tasks, where nobody joins them at the moment. */
export function stateOfTasks(
  { tasks, totals: { states } }: TaskStatuses,
  dataset: DatasetState,
): { readonly status: RunStateName; readonly reason: string | null } {
  const of = (state: keyof typeof states): number => states[state] ?? 0;
  const completed = of('completed');
  const told = (Object.keys(WORDS) as (keyof typeof WORDS)[])
    .filter((state) => of(state) > 0)
    .map((state) => `${of(state)} ${WORDS[state]}`);
  const ofAll = `of ${tasks.length} tasks ${[...told, `${completed} done`].join(', ')}`;
  if (of('in_progress') > 0) return { status: 'in_progress', reason: ofAll };
  if (of('waiting') > 0) return { status: 'waiting', reason: ofAll };
  if (of('not_started') === tasks.length) return { status: 'not_started', reason: null };
  if (of('failed') + of('invalid') > 0) return { status: 'failed', reason: ofAll };
  if (completed < tasks.length) return { status: 'interrupted', reason: ofAll };
  if (dataset === 'complete') return { status: 'completed', reason: null };
  return { status: 'interrupted', reason: 'all tasks are done; --mode merge joins them' };
}

const WORDS = {
  in_progress: 'going',
  waiting: 'waiting for a lock',
  not_started: 'not begun',
  interrupted: 'stopped',
  lost: 'lost',
  failed: 'failed',
  invalid: 'damaged',
} as const;

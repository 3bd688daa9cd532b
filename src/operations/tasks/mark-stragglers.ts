import type { TaskStatus } from './read-task-statuses.ts';

type Unmarked = Omit<TaskStatus, 'is_straggler'>;

/** Fewer have no middle that one could fall behind. */
const LEAST_TASKS = 3;
/** Of the middle rate: below it a task takes twice as long as the others. */
const SLOW = 0.5;

/** Marks the tasks that are going at less than half the rate of the middle one. */
export function markStragglers(tasks: readonly Unmarked[]): readonly TaskStatus[] {
  const rates = tasks
    .map(({ pairs_per_second }) => pairs_per_second)
    .filter((rate) => rate > 0)
    .sort((a, b) => a - b);
  const middle = rates.length < LEAST_TASKS ? 0 : (rates[Math.floor(rates.length / 2)] ?? 0);
  return tasks.map((task) => {
    const { state, pairs_per_second: rate } = task;
    return { ...task, is_straggler: state === 'in_progress' && rate > 0 && rate < SLOW * middle };
  });
}

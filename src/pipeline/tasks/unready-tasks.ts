import type { RunConfig } from '../../config/run-config.ts';
import { CheckpointError } from '../../errors.ts';
import type { TaskReading, TaskState } from '../../run-directory/read-task.ts';
import type { RunContext } from '../run-events.ts';

/** Names in one line. */
const SHOWN = 20;
const WORDS: Readonly<Record<Exclude<TaskState, 'done'>, string>> = {
  absent: 'not begun',
  running: 'still going',
  unfinished: 'begun, and nobody works on them',
  damaged: 'damaged',
  foreign: 'not made as tasks.json says',
};

/**
 * Names the tasks that are not done. What is wrong, and not only late, is refused unless the data set may be a partial one; what was
 * made in another way, always.
 *
 * @throws CheckpointError `tasks_damaged`, `tasks_mismatch`.
 */
export function refuseOrTell(
  tasks: readonly TaskReading[],
  { outputDir, savePartial }: RunConfig,
  { emit }: RunContext,
): void {
  const lines = (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((state) => linesOf(state, tasks));
  const has = (wrong: TaskState): boolean => tasks.some(({ state }) => state === wrong);
  if (has('foreign'))
    throw refusal('tasks_mismatch', outputDir, lines, 'Remove their directories, and work them off again');
  if (has('damaged') && !savePartial) {
    const advice = 'Go on with them by --mode continue and --task N, or without them by --save_partial';
    throw refusal('tasks_damaged', outputDir, lines, advice);
  }
  for (const line of lines) emit({ type: 'notice', message: line });
}

function linesOf(wanted: keyof typeof WORDS, tasks: readonly TaskReading[]): readonly string[] {
  const found = tasks.filter(({ state }) => state === wanted);
  if (found.length === 0) return [];
  const names = found.slice(0, SHOWN).map(({ name, reason }) => (reason === undefined ? name : `${name} (${reason})`));
  const more = found.length > SHOWN ? ` and ${found.length - SHOWN} more` : '';
  return [`${found.length} of ${tasks.length} tasks are ${WORDS[wanted]}: ${names.join(', ')}${more}`];
}

function refusal(code: string, directory: string, lines: readonly string[], advice: string): CheckpointError {
  return new CheckpointError(code, `The tasks of ${directory} cannot be joined:\n  ${lines.join('\n  ')}\n${advice}.`);
}

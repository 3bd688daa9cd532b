import type { TaskStatus, TaskStatuses } from '../operations/tasks/read-task-statuses.ts';
import { count } from './count.ts';
import { duration } from './duration.ts';
import { printable } from './printable.ts';
import { stateText } from './state-text.ts';

/** The tasks of a run: a line each, and one for all together. */
export function taskLines({ tasks, totals }: TaskStatuses): readonly string[] {
  const rows = [HEAD, ...tasks.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  const states = Object.entries(totals.states).map(([state, number]) => `${count(number)} ${state}`);
  const { done, pairs, pairs_per_second: rate, seconds_left: left } = totals;
  return [
    ...lines,
    `  ${count(tasks.length)} tasks: ${states.join(', ')}${totals.stragglers > 0 ? `, ${totals.stragglers} far behind` : ''}`,
    `  MIDI ${count(done.midi)}/${count(pairs)}, text ${count(done.text)}/${count(pairs)}` +
      `${rate > 0 ? `, ${count(Math.round(rate))} pairs/s` : ''}${left === null ? '' : `, ${duration(left)} left`}`,
  ];
}

const HEAD = ['task', 'MIDI', 'text', 'failed', 'pairs/s', 'left', 'host', 'heartbeat', 'state'];

function cellsOf(task: TaskStatus): readonly string[] {
  const { name, pairs, done, without_result: without, pairs_per_second: rate, seconds_left: left } = task;
  const { host, pid, heartbeat } = task;
  return [
    name,
    `${count(done.midi)}/${count(pairs)}`,
    `${count(done.text)}/${count(pairs)}`,
    count(Math.max(without.midi, without.text)),
    rate > 0 ? rate.toFixed(1) : '-',
    left === null ? '-' : duration(left),
    host === null ? '-' : `${printable(host)}:${pid}`,
    heartbeat === null ? '-' : heartbeat.slice(0, 19),
    `${stateText({ status: task.state, reason: task.reason })}${task.is_straggler ? ', far behind the others' : ''}`,
  ];
}

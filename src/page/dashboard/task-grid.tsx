import type { JSX } from 'preact';
import type { TaskView } from '../../dashboard/wire.ts';
import { counted, duration, percent, short, whole } from '../../report/format-number.ts';

const WORDS: Readonly<Record<TaskView['state'], string>> = {
  not_started: 'not begun',
  in_progress: 'running',
  waiting: 'waiting for a lock',
  interrupted: 'stopped',
  failed: 'failed',
  completed: 'complete',
  invalid: 'damaged',
  lost: 'lost',
};

/** Every task of a run as a square that fills; those that are behind are marked. */
export function TaskGrid({ tasks }: { readonly tasks: readonly TaskView[] }): JSX.Element {
  const stragglers = tasks.filter(({ is_straggler }) => is_straggler).length;
  const lost = tasks.filter(({ state }) => state === 'lost' || state === 'failed' || state === 'invalid');
  return (
    <section aria-labelledby="tasks-title">
      <h2 id="tasks-title">Tasks</h2>
      <p class="lead">
        {counted(tasks.length, 'task')}, {whole(tasks.filter(({ state }) => state === 'completed').length)} complete
        {stragglers > 0 && `, ${whole(stragglers)} at less than half the rate of the others`}
        {lost.length > 0 &&
          `; to be worked off again: ${lost
            .slice(0, 12)
            .map(({ name }) => name)
            .join(', ')}`}
        .
      </p>
      <ul class="tasks">
        {tasks.map((task) => (
          <li key={task.name}>
            <a
              class={`task is-${task.state}${task.is_straggler ? ' straggler' : ''}`}
              href={`#/runs/${task.id}`}
              title={detailOf(task)}
            >
              <span class="name">{task.name.split('-')[0]?.replace(/^0+(?=\d)/, '')}</span>
              <Fill task={task} />
              <span class="unseen">{detailOf(task)}</span>
            </a>
          </li>
        ))}
      </ul>
      <p class="keys">
        {(['completed', 'in_progress', 'interrupted', 'lost', 'not_started'] as const).map((state) => (
          <span key={state} class={`key task-key is-${state}`}>
            {WORDS[state]}
          </span>
        ))}
        <span class="key task-key straggler">straggler</span>
      </p>
    </section>
  );
}

function shareOf({ done, pairs }: TaskView): number {
  return Math.min(done.midi, done.text) / Math.max(pairs, 1);
}

/** How much is done, from below. */
function Fill({ task }: { readonly task: TaskView }): JSX.Element {
  const height = 100 * shareOf(task);
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <rect class="fill" y={100 - height} width="100" height={height} />
    </svg>
  );
}

function detailOf(task: TaskView): string {
  const {
    name,
    state,
    reason,
    pairs,
    pairs_per_second: rate,
    seconds_left: left,
    host,
    without_result,
    is_straggler,
  } = task;
  const without = without_result.midi + without_result.text;
  return [
    `${name}: ${WORDS[state]}, ${percent(shareOf(task), 1)} of ${whole(pairs)} pairs`,
    ...(is_straggler ? ['a straggler'] : []),
    ...(without > 0 ? [`${whole(without)} without a result`] : []),
    ...(state === 'in_progress' && rate > 0 ? [`${short(rate)} a second`] : []),
    ...(left === null ? [] : [`${duration(left)} left`]),
    ...(host === null ? [] : [`on ${host}`]),
    ...(reason === null ? [] : [reason]),
  ].join(', ');
}

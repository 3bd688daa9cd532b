import type { JSX } from 'preact';
import type { JobView } from '../../dashboard/wire.ts';
import { percent, whole } from '../../report/format-number.ts';
import { send } from './ask-server.ts';
import { ProgressBar } from './progress-bar.tsx';

const WORDS: Readonly<Record<JobView['state'], string>> = {
  going: 'is going',
  done: 'done',
  failed: 'failed',
  stopped: 'stopped',
};

/** Something that was asked for: how far it is, and what came of it. */
export function JobCard({ job }: { readonly job: JobView }): JSX.Element {
  const { state, action, command, progress, said, error, result } = job;
  return (
    <article class={`card job is-${state}`} aria-label={`${action} ${WORDS[state]}`}>
      <header>
        <h3>
          {action.replace('_', ' ')} <span class={`state is-${state}`}>{WORDS[state]}</span>
        </h3>
        {state === 'going' && (
          <button type="button" onClick={() => void send(`runs/${job.run}/jobs/${job.id}/stop`, {}).catch(() => {})}>
            Stop
          </button>
        )}
      </header>
      <p class="same">
        <code>{command}</code>
      </p>
      {state === 'going' && (
        <ProgressBar
          parts={[{ className: 'done', count: progress?.done ?? 0 }]}
          total={progress?.total ?? 1}
          label={
            progress === null
              ? 'at work'
              : `${percent(progress.done, progress.total)} of ${whole(progress.total)} pairs`
          }
        />
      )}
      {error !== null && (
        <p class="problem" role="alert">
          {error.message} <small>[{error.code}]</small>
        </p>
      )}
      {said.length > 0 && (
        <ul class="said">
          {said.map((line, at) => (
            <li key={`${at} ${line}`}>{line}</li>
          ))}
        </ul>
      )}
      {state === 'done' && (
        <details>
          <summary>{summaryOf(result)}</summary>
          <pre class="manifest" tabIndex={0}>
            {JSON.stringify(result, null, 2)}
          </pre>
        </details>
      )}
    </article>
  );
}

/** The result in a few words, where it has some. */
function summaryOf(result: unknown): string {
  if (typeof result !== 'object' || result === null) return 'Result';
  const { valid, verified, rows, status }: { valid?: unknown; verified?: unknown; rows?: unknown; status?: unknown } =
    result;
  if (typeof valid === 'boolean') return valid ? 'All is good' : 'Not all is good';
  if (typeof verified === 'boolean') return verified ? 'Verified' : 'Not as it should be';
  if (typeof rows === 'number') return `${whole(rows)} rows`;
  return typeof status === 'string' ? `Ended: ${status}` : 'Result';
}

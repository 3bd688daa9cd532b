import type { JSX } from 'preact';
import type { RunView } from '../../dashboard/wire.ts';
import { ago, moment } from './format-time.ts';
import { StatePill } from './state-pill.tsx';
import { useNow } from './use-now.ts';

/** Which run it is, and what it is doing. */
export function RunHead({ view: { run, has_report, has_card } }: { readonly view: RunView }): JSX.Element {
  const now = useNow();
  const { running, waiting, reason, saved_at: saved } = run;
  return (
    <header class="run-head">
      <p class="crumbs">
        <a href="#/">All runs</a>
        {run.part_of !== null && (
          <>
            {' / '}
            <a href={`#/runs/${run.part_of}`}>the run that this is a task of</a>
          </>
        )}
      </p>
      <h1>
        <bdi>{run.name}</bdi>
      </h1>
      <p class="when">
        <StatePill status={run.status} />{' '}
        {running !== null && (
          <span>
            process {running.pid} on <bdi>{running.host}</bdi>, for {ago(running.since, now)}
            {' · '}
          </span>
        )}
        {waiting.map(({ pid, host, since }) => (
          <span key={`${host} ${pid} ${since}`} class="waits">
            process {pid} on <bdi>{host}</bdi> waits for a lock, for {ago(since, now)}
            {' · '}
          </span>
        ))}
        {reason !== null && <span class="reason">{reason} · </span>}
        {saved === null ? (
          'nothing saved yet'
        ) : (
          <time dateTime={saved} title={moment(saved)}>
            saved {ago(saved, now)} ago
          </time>
        )}
      </p>
      <p class="directory">
        <code>{run.directory}</code>
      </p>
      {(has_report || has_card) && (
        <p class="links">
          {has_report && (
            <a href={`/api/runs/${run.id}/report`} target="_blank" rel="noreferrer">
              Report
            </a>
          )}
          {has_card && (
            <a href={`/api/runs/${run.id}/card`} target="_blank" rel="noreferrer">
              Data set card
            </a>
          )}
        </p>
      )}
    </header>
  );
}

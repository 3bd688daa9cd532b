import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { FailurePage, FailureRow, RunView } from '../../dashboard/wire.ts';
import { counted, percent, whole } from '../../report/format-number.ts';
import { ask } from './ask-server.ts';
import { moment } from './format-time.ts';
import { Notice } from './notice.tsx';

interface RunFailuresProps {
  readonly view: RunView;
  readonly version: number;
}

/** What has failed, by code; opened, with the pairs and their messages. */
export function RunFailures({ view: { run, failure_codes: codes, pairs }, version }: RunFailuresProps): JSX.Element {
  const entries = Object.entries(codes);
  return (
    <section aria-labelledby="failures-title">
      <h2 id="failures-title">Failures</h2>
      {entries.length === 0 ? (
        <p class="good-news">No pair has failed.</p>
      ) : (
        <p class="lead">
          {counted(pairs?.failed ?? 0, 'pair has', 'pairs have')} failed,{' '}
          {percent(pairs?.failed ?? 0, pairs?.total ?? 0)} of all. A failure never ends a run; what is mended is tried
          again by <code>midiloom checkpoint retry</code>.
        </p>
      )}
      {entries.map(([code, count]) => (
        <Code key={code} run={run.id} code={code} count={count} version={version} />
      ))}
    </section>
  );
}

interface CodeProps {
  readonly run: string;
  readonly code: string;
  readonly count: number;
  readonly version: number;
}

const PAGE = 50;

function Code({ run, code, count, version }: CodeProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [rows, setRows] = useState<readonly FailureRow[]>();
  const [hasMore, setMore] = useState(false);
  const [error, setError] = useState<Error>();
  const load = async (from: number, limit: number): Promise<FailurePage> =>
    ask<FailurePage>(`runs/${run}/failures?code=${encodeURIComponent(code)}&from=${from}&limit=${limit}`);
  useEffect(() => {
    if (!isOpen) return;
    let isOver = false;
    load(0, Math.max(PAGE, Math.min(rows?.length ?? 0, 200)))
      .then((page) => {
        if (isOver) return;
        setRows(page.failures);
        setError(undefined);
        setMore(page.has_more);
      })
      .catch((reason: Error) => !isOver && setError(reason));
    return () => {
      isOver = true;
    };
  }, [isOpen, run, code, version]);
  const more = (): void => {
    load((rows?.at(-1)?.index ?? -1) + 1, PAGE)
      .then((page) => {
        setRows((before) => [...(before ?? []), ...page.failures]);
        setMore(page.has_more);
      })
      .catch((reason: Error) => setError(reason));
  };
  return (
    <details class="code" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <code>{code}</code> <span class="count">{whole(count)}</span>
      </summary>
      {error !== undefined && <Notice error={error} />}
      {rows === undefined ? (
        <p class="empty">{isOpen ? 'reading…' : ''}</p>
      ) : (
        <ul>
          {rows.map((row) => (
            <li key={`${row.index} ${row.stage}`}>
              <a href={`#/runs/${run}/pairs/${row.index}`}>Pair {row.index}</a>{' '}
              <span class="file">
                <bdi>{row.midi_file ?? ''}</bdi>
              </span>
              <p class="message">
                {row.error}
                {row.state === 'pending' && <strong> to be tried again</strong>}
                {row.timestamp !== null && <small> {moment(row.timestamp)}</small>}
              </p>
              {row.caption !== null && (
                <p class="caption" dir="auto">
                  {row.caption}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {hasMore && (
        <button type="button" onClick={more}>
          More
        </button>
      )}
    </details>
  );
}

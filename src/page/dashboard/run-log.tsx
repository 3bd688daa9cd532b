import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from './ask-server.ts';
import { clock, moment } from './format-time.ts';

interface LogPart {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
  readonly text: string;
}

/** Lines that are kept on the page. */
const KEPT = 2000;
const READ_MS = 1000;

/** The end of the log, live. */
export function RunLog({ id, version }: { readonly id: string; readonly version: number }): JSX.Element {
  const [log, setLog] = useState<{
    readonly name: string;
    readonly end: number;
    readonly lines: readonly string[];
  } | null>();
  const box = useRef<HTMLDivElement>(null);
  const end = useRef<{ name: string; end: number } | undefined>(undefined);
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<void> => {
      const part = await ask<LogPart | null>(
        `runs/${id}/log${end.current === undefined ? '' : `?after=${end.current.end}`}`,
      );
      if (isOver) return;
      if (part === null) return setLog(null);
      const isOn = end.current?.name === part.name && end.current.end === part.begin;
      end.current = { name: part.name, end: part.end };
      const lines = part.text.split('\n').filter(Boolean);
      setLog((before) => ({
        name: part.name,
        end: part.end,
        lines: [...(isOn ? (before?.lines ?? []) : []), ...lines].slice(-KEPT),
      }));
    };
    const again = (): void => void read().catch(() => {});
    again();
    const timer = setInterval(again, READ_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [id, version]);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (box.current !== null && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [log?.end]);
  return (
    <section aria-labelledby="log-title">
      <h2 id="log-title">Log</h2>
      {log === null && (
        <p class="empty">
          There is no log in the run directory. <code>midiloom process --log_file RUN_DIR/log.jsonl</code> writes one.
        </p>
      )}
      {log !== null && log !== undefined && (
        <>
          <p class="lead">
            The end of <code>{log.name}</code>, as it grows.
          </p>
          <div
            class="log"
            ref={box}
            role="log"
            aria-label="Lines of the log"
            tabIndex={0}
            onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
              isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40;
            }}
          >
            {log.lines.map((line, at) => (
              <Line key={log.end - log.lines.length + at} line={line} />
            ))}
          </div>
        </>
      )}
    </section>
  );
}

function Line({ line }: { readonly line: string }): JSX.Element {
  const entry = entryOf(line);
  if (entry === undefined) return <p>{line}</p>;
  const { time, level, message, fields } = entry;
  return (
    <p class={`is-${level}`}>
      <time dateTime={time} title={moment(time)}>
        {clock(time)}
      </time>{' '}
      <b>{level}</b> {message} <span>{fields}</span>
    </p>
  );
}

/** What a line of a log of ours says; `undefined` for one of something else. */
function entryOf(line: string) {
  try {
    const { time, level, message, fields }: Record<string, unknown> = JSON.parse(line);
    if (typeof time !== 'string' || Number.isNaN(Date.parse(time)) || typeof message !== 'string') return undefined;
    const isKnown = typeof level === 'string' && /^[a-z]+$/.test(level);
    return {
      time,
      level: isKnown ? level : 'info',
      message,
      fields: fields === undefined ? '' : JSON.stringify(fields),
    };
  } catch {
    return undefined;
  }
}

import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { sizeText } from '../../cli/size-text.ts';
import type { RunRow, StageRow } from '../../dashboard/wire.ts';
import { duration, short, whole } from '../../report/format-number.ts';
import { ask, listen } from './ask-server.ts';
import { ago, moment } from './format-time.ts';
import { Notice } from './notice.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { progressOf, progressText, rateOf, secondsLeft, withoutResult } from './run-pace.ts';
import { StatePill, stateWord } from './state-pill.tsx';
import { useNarrow } from './use-narrow.ts';
import { useNow } from './use-now.ts';
import { VirtualTable } from './virtual-table.tsx';

interface RunListProps {
  readonly onState: (isOpen: boolean) => void;
}

/** All runs, live. */
export function RunList({ onState }: RunListProps): JSX.Element {
  const { runs, error } = useRuns(onState);
  const [{ search, status, sort, isDescending }, setChoice] = useState(FIRST_CHOICE);
  const choose = (part: Partial<typeof FIRST_CHOICE>): void => setChoice((before) => ({ ...before, ...part }));
  const shown = useMemo(
    () => sorted(found(runs ?? [], search, status), sort, isDescending),
    [runs, search, status, sort, isDescending],
  );
  const isNarrow = useNarrow();
  const now = useNow();
  useEffect(() => {
    document.title = 'Runs · midiloom';
  }, []);
  if (error !== undefined && runs === undefined) return <Notice error={error} />;
  return (
    <section aria-labelledby="runs-title">
      <h1 id="runs-title">Runs</h1>
      <search class="controls">
        <label class="grow">
          Search
          <input
            type="search"
            placeholder="name, folder, reason, machine"
            value={search}
            onInput={({ currentTarget }) => choose({ search: currentTarget.value })}
          />
        </label>
        <label>
          State
          <select value={status} onChange={({ currentTarget }) => choose({ status: currentTarget.value })}>
            <option value="">any ({whole(runs?.length ?? 0)})</option>
            {STATES.map((each) => (
              <option key={each} value={each}>
                {stateWord(each)} ({whole((runs ?? []).filter((run) => run.status === each).length)})
              </option>
            ))}
          </select>
        </label>
        <label>
          Sort by
          <select value={sort} onChange={({ currentTarget }) => choose({ sort: currentTarget.value })}>
            {Object.keys(SORTS).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" aria-pressed={isDescending} onClick={() => choose({ isDescending: !isDescending })}>
          Descending
        </button>
        <output>{runs === undefined ? 'looking…' : `${whole(shown.length)} shown`}</output>
      </search>
      {runs !== undefined && shown.length === 0 ? (
        <p class="empty">
          {runs.length === 0
            ? 'There is no run under the folders that were named. midiloom process begins one; it appears here by itself.'
            : 'No run matches.'}
        </p>
      ) : (
        <VirtualTable
          label="Runs"
          className="runs"
          total={shown.length}
          rowHeight={isNarrow ? 104 : 60}
          keyOf={(at) => shown[at]?.id ?? at}
          header={<Header />}
          row={(at) => {
            const run = shown[at];
            return run === undefined ? null : <Cells run={run} now={now} />;
          }}
        />
      )}
    </section>
  );
}

const FIRST_CHOICE = { search: '', status: '', sort: 'last save', isDescending: true };
const STATES: readonly RunRow['status'][] = [
  'in_progress',
  'waiting',
  'interrupted',
  'failed',
  'completed',
  'not_started',
  'invalid',
];

/** By the names of the sort box. */
const SORTS: Readonly<Record<string, (run: RunRow) => string | number>> = {
  'last save': (run) => (run.running === null ? '' : '~') + (run.saved_at ?? ''),
  name: (run) => run.name.toLowerCase(),
  state: (run) => STATES.indexOf(run.status),
  progress: (run) => progressOf(run).done / Math.max(progressOf(run).total, 1),
  pairs: (run) => progressOf(run).total,
  rate: (run) => rateOf(run) ?? -1,
  'time left': (run) => secondsLeft(run) ?? -1,
  'without result': withoutResult,
  size: (run) => run.bytes,
};

function found(runs: readonly RunRow[], search: string, status: string): readonly RunRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((run) => {
    const text = `${run.name} ${run.directory} ${run.reason ?? ''} ${run.running?.host ?? ''}`.toLowerCase();
    return (
      (status === '' || statesOf(run).some((state) => state === status)) && words.every((word) => text.includes(word))
    );
  });
}

/** One that is going may be waited for as well. */
function statesOf({ status, waiting }: RunRow): readonly RunRow['status'][] {
  return waiting.length > 0 && status !== 'waiting' ? [status, 'waiting'] : [status];
}

function sorted(runs: readonly RunRow[], sort: string, isDescending: boolean): readonly RunRow[] {
  const sortKey = SORTS[sort] ?? SORTS.name ?? (() => 0);
  const keyed = runs.map((run) => ({ run, value: sortKey(run) }));
  keyed.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : a.run.name < b.run.name ? -1 : 1));
  if (isDescending) keyed.reverse();
  return keyed.map(({ run }) => run);
}

function Header(): JSX.Element {
  return (
    <>
      {[
        ['name', 'Run'],
        ['status', 'State'],
        ['bars', 'Progress'],
        ['rate', 'Rate'],
        ['left', 'Left'],
        ['without', 'No result'],
        ['saved', 'Saved'],
        ['size', 'Size'],
        ['machine', 'Machine'],
      ].map(([name, title]) => (
        <span key={name} role="columnheader" class={name}>
          {title}
        </span>
      ))}
    </>
  );
}

function Cells({ run, now }: { readonly run: RunRow; readonly now: number }): JSX.Element {
  const rate = rateOf(run);
  const left = secondsLeft(run);
  return (
    <>
      <span role="cell" class="name">
        <a href={`#/runs/${run.id}`}>
          <bdi>{run.name}</bdi>
        </a>
        <small title={run.reason ?? undefined}>{run.reason ?? run.directory}</small>
      </span>
      <span role="cell" class="status">
        {statesOf(run).map((state) => (
          <StatePill key={state} status={state} />
        ))}
      </span>
      <span role="cell" class="bars">
        <StageBar name="MIDI" stage={run.stages.midi} />
        <StageBar name="text" stage={run.stages.text} />
        <span class="share">{progressText(progressOf(run))}</span>
      </span>
      <span role="cell" class="rate">
        {rate === null ? '' : `${short(rate)}/s`}
      </span>
      <span role="cell" class="left">
        {left === null ? '' : duration(left)}
      </span>
      <span role="cell" class={`without ${withoutResult(run) > 0 ? 'some' : ''}`}>
        {whole(withoutResult(run))}
      </span>
      <span role="cell" class="saved">
        {run.saved_at === null ? (
          'never'
        ) : (
          <time dateTime={run.saved_at} title={moment(run.saved_at)}>
            {ago(run.saved_at, now)} ago
          </time>
        )}
      </span>
      <span role="cell" class="size">
        {sizeText(run.bytes)}
      </span>
      <span role="cell" class="machine">
        {run.running?.host ?? ''}
      </span>
    </>
  );
}

function StageBar({ name, stage }: { readonly name: string; readonly stage: StageRow }): JSX.Element {
  const { done, total, without_result: without } = stage;
  const parts = [
    { className: 'done', count: done - without },
    { className: 'failed', count: without },
  ];
  return <ProgressBar parts={parts} total={total} label={`${name}: ${whole(done)} of ${whole(total)} pairs`} />;
}

/** The rows, kept up by events. */
function useRuns(onState: (isOpen: boolean) => void): {
  readonly runs: readonly RunRow[] | undefined;
  readonly error: Error | undefined;
} {
  const [rows, setRows] = useState<ReadonlyMap<string, RunRow>>();
  const [error, setError] = useState<Error>();
  useEffect(() => {
    const load = (): void => {
      ask<readonly RunRow[]>('runs').then(
        (runs) => {
          setRows(new Map(runs.map((run) => [run.id, run])));
          setError(undefined);
        },
        (reason: Error) => setError(reason),
      );
    };
    // Changes of a moment become one, so that a thousand runs are drawn once.
    const changes = new Map<string, RunRow | undefined>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const apply = (): void => {
      timer = undefined;
      const latest = [...changes];
      changes.clear();
      setRows((before) => {
        if (before === undefined) return before;
        const after = new Map(before);
        for (const [id, row] of latest) {
          if (row === undefined) after.delete(id);
          else after.set(id, row);
        }
        return after;
      });
    };
    const close = listen(
      undefined,
      (name, data) => {
        if (name === 'run' && 'stages' in data) changes.set(data.id, data);
        else if (name === 'gone') changes.set(String(data.id), undefined);
        else return;
        timer ??= setTimeout(apply, 100);
      },
      (isOpen) => {
        onState(isOpen);
        if (isOpen) load();
      },
    );
    return () => {
      close();
      clearTimeout(timer);
    };
  }, [onState]);
  return { runs: useMemo(() => rows && [...rows.values()], [rows]), error };
}

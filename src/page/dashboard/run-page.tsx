import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { RunView } from '../../dashboard/wire.ts';
import { listen } from './ask-server.ts';
import { Notice } from './notice.tsx';
import { paced } from './paced.ts';
import { RunFailures } from './run-failures.tsx';
import { RunHead } from './run-head.tsx';
import { RunLog } from './run-log.tsx';
import { RunManage } from './run-manage.tsx';
import { RunOptions } from './run-options.tsx';
import { RunOverview } from './run-overview.tsx';
import { RunPairs } from './run-pairs.tsx';
import { useAnswer } from './use-answer.ts';

interface RunPageProps {
  readonly id: string;
  /** What of the run: `failures`, `pairs`, … */
  readonly place: readonly string[];
  readonly mayManage: boolean;
  readonly onState: (isOpen: boolean) => void;
}

/** A run that saves twice a second is asked for less often. */
const LOOK_MS = 2000;

/** One run, live. */
export function RunPage({ id, place: [tab = 'overview', item], mayManage, onState }: RunPageProps): JSX.Element {
  const [version, setVersion] = useState(0);
  const [jobs, setJobs] = useState(0);
  useEffect(() => {
    const again = paced(() => setVersion((before) => before + 1), LOOK_MS);
    const close = listen(
      id,
      (name) => (name === 'job' ? setJobs((before) => before + 1) : again.soon()),
      (isOpen) => {
        onState(isOpen);
        if (isOpen) again.soon();
      },
    );
    return () => {
      close();
      again.end();
    };
  }, [id, onState]);
  const { value: view, error } = useAnswer<RunView>(`runs/${id}`, version);
  useEffect(() => {
    document.title = `${view?.run.name ?? 'Run'} · midiloom`;
  }, [view?.run.name]);
  if (view === undefined) {
    return error === undefined ? <p class="empty waiting">Reading the run…</p> : <Notice error={error} />;
  }
  return (
    <>
      <RunHead view={view} />
      <nav class="tabs" aria-label="Parts of the run">
        <ul>
          {TABS.filter(([name]) => name !== 'manage' || mayManage).map(([name, title]) => (
            <li key={name}>
              <a href={`#/runs/${id}/${name}`} aria-current={tab === name ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {error !== undefined && <Notice error={error} />}
      <Tab
        tab={tab}
        index={/^\d{1,10}$/.test(item ?? '') ? Number(item) : undefined}
        view={view}
        version={version}
        jobs={jobs}
      />
    </>
  );
}

const TABS = [
  ['overview', 'Overview'],
  ['failures', 'Failures'],
  ['pairs', 'Pairs'],
  ['log', 'Log'],
  ['options', 'Options'],
  ['manage', 'Manage'],
] as const;

interface TabProps {
  readonly tab: string;
  /** Of the pair that the address names. */
  readonly index: number | undefined;
  readonly view: RunView;
  readonly version: number;
  /** Changes with every job. */
  readonly jobs: number;
}

function Tab({ tab, index, view, version, jobs }: TabProps): JSX.Element {
  switch (tab) {
    case 'failures':
      return <RunFailures view={view} version={version} />;
    case 'pairs':
      return <RunPairs view={view} open={index} version={version} />;
    case 'log':
      return <RunLog id={view.run.id} version={version} />;
    case 'options':
      return <RunOptions options={view.options} />;
    case 'manage':
      return <RunManage view={view} version={version + jobs} />;
    default:
      return <RunOverview view={view} />;
  }
}

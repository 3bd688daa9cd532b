import type { JSX } from 'preact';
import { sizeText } from '../../cli/size-text.ts';
import type { RunView, StageCounts, StageRow } from '../../dashboard/wire.ts';
import { rateChart } from '../../report/charts/timeline-chart.ts';
import { compact, duration, percent, short, whole } from '../../report/format-number.ts';
import { Chart } from './chart.tsx';
import { CURVE_SIZE } from './charts/curve.ts';
import { memoryChart } from './charts/memory-chart.ts';
import { sessionChart } from './charts/session-chart.ts';
import { waitChart } from './charts/wait-chart.ts';
import { moment, zone } from './format-time.ts';
import { ProgressBar } from './progress-bar.tsx';
import { rateOf, secondsLeft } from './run-pace.ts';
import { TaskGrid } from './task-grid.tsx';

/** How far a run is, how quick it was, and what stopped it. */
export function RunOverview({ view }: { readonly view: RunView }): JSX.Element {
  const { run, stages, timeline, activity, sessions } = view;
  const hasSaves = Object.values(timeline.stages).some((points) => points.length > 0);
  return (
    <>
      <section aria-labelledby="progress-title">
        <h2 id="progress-title">Progress</h2>
        <Tiles view={view} />
        <div class="stages">
          <Stage name="MIDI" row={run.stages.midi} counts={stages?.midi} />
          <Stage name="Text" row={run.stages.text} counts={stages?.text} />
        </div>
      </section>
      {view.tasks !== null && <TaskGrid tasks={view.tasks} />}
      {view.tasks === null && (
        <section aria-labelledby="pace-title">
          <h2 id="pace-title">Pace</h2>
          {hasSaves ? (
            <div class="curves">
              <figure class="card">
                <h3>Rate</h3>
                <Legend />
                <Chart label="Rate over time" data={timeline} chart={smallRateChart} />
                <figcaption>
                  Pairs a second between saves, along the time at work. A dashed line is where a session ended.
                </figcaption>
              </figure>
              <figure class="card">
                <h3>Waiting</h3>
                <Legend />
                <Chart label="Share of the time that each stage waited" data={view} chart={waitChart} />
                <figcaption>
                  Share of the time that a stage stood still: for its workers (line), and for a save (filled).
                </figcaption>
              </figure>
              <figure class="card">
                <h3>Memory</h3>
                <Chart label="Memory of the process" data={activity} chart={memoryChart} />
                <figcaption>Of the main process with its worker threads, at each save.</figcaption>
              </figure>
            </div>
          ) : (
            <p class="empty">Nothing was saved yet: curves begin with the first save.</p>
          )}
        </section>
      )}
      <section aria-labelledby="sessions-title">
        <h2 id="sessions-title">Sessions</h2>
        {sessions.length === 0 ? (
          <p class="empty">
            {view.tasks === null
              ? 'No session is noted.'
              : 'Those of each task are on its page; joining them is one of the run.'}
          </p>
        ) : (
          <>
            {hasSaves && (
              <figure class="card wide">
                <Chart label="Sessions and saves by the clock" data={view} chart={sessionChart} />
                <figcaption>
                  Every bar is a session, every mark on it a save; a cross is where it was killed. Times in {zone()}.
                </figcaption>
              </figure>
            )}
            <SessionTable sessions={sessions} isRunning={run.running !== null} />
          </>
        )}
      </section>
    </>
  );
}

/** The report's, as wide as the others here. */
const smallRateChart: typeof rateChart = (plot, draw, timeline) => rateChart(plot, draw, timeline, CURVE_SIZE);

function Legend(): JSX.Element {
  return (
    <p class="legend">
      <span class="key bar-1">MIDI</span>
      <span class="key bar-2">text</span>
    </p>
  );
}

function Tiles({ view: { run, pairs, activity, sessions } }: { readonly view: RunView }): JSX.Element {
  const rate = rateOf(run);
  const left = secondsLeft(run);
  const memory = [...activity.midi, ...activity.text].sort((a, b) => a.at - b.at).at(-1)?.rss_bytes;
  const done = pairs === null ? null : pairs.total - pairs.pending;
  return (
    <div class="tiles">
      <Tile
        value={pairs === null ? 'unknown' : percent(done ?? 0, pairs.total)}
        name="done"
        detail={pairs === null ? 'a checkpoint is damaged' : `${whole(done ?? 0)} of ${whole(pairs.total)} pairs`}
      />
      <Tile
        value={pairs === null ? 'unknown' : compact(pairs.completed)}
        name="with both results"
        detail={
          pairs === null ? '' : `${whole(pairs.failed)} failed, ${whole(pairs.skipped + pairs.foreign)} passed over`
        }
      />
      <Tile
        value={rate === null ? '–' : short(rate)}
        name="pairs a second"
        detail={rate === null ? 'it is not running' : 'of the slower stage'}
      />
      <Tile value={left === null ? '–' : duration(left)} name="left" detail={left === null ? '' : 'if it goes on so'} />
      <Tile
        value={sizeText(run.bytes)}
        name="of results"
        detail={`${whole(run.stages.midi.segments + run.stages.text.segments)} segments`}
      />
      <Tile
        value={memory === undefined ? '–' : sizeText(memory)}
        name="of memory"
        detail={`${whole(sessions.length)} ${sessions.length === 1 ? 'session' : 'sessions'}`}
      />
    </div>
  );
}

function Tile({
  value,
  name,
  detail,
}: {
  readonly value: string;
  readonly name: string;
  readonly detail: string;
}): JSX.Element {
  return (
    <div class="tile">
      <strong>{value}</strong>
      <span>{name}</span>
      <small>{detail || '\u00a0'}</small>
    </div>
  );
}

interface StageProps {
  readonly name: string;
  readonly row: StageRow;
  readonly counts: StageCounts | undefined;
}

function Stage({ name, row, counts }: StageProps): JSX.Element {
  const parts = [
    { className: 'done', count: counts?.completed ?? row.done - row.without_result, word: 'with a result' },
    { className: 'failed', count: counts?.failed ?? row.without_result, word: 'failed' },
    { className: 'left-out', count: (counts?.skipped ?? 0) + (counts?.foreign ?? 0), word: 'passed over' },
    { className: 'in-work', count: counts?.in_progress ?? 0, word: 'in work' },
    { className: 'pending', count: counts?.pending ?? row.total - row.done, word: 'pending' },
  ];
  const label = `${name}: ${parts.map(({ count, word }) => `${whole(count)} ${word}`).join(', ')}.`;
  return (
    <div class="stage-line">
      <h3>
        {name} <small>{row.total === 0 ? 'not begun' : `${whole(row.done)} of ${whole(row.total)}`}</small>
      </h3>
      {row.problem !== null && <p class="problem">{row.problem}</p>}
      <ProgressBar parts={parts} total={row.total} label={label} />
      <p class="keys">
        {parts.map(({ className, count, word }) => (
          <span key={className} class={`key ${className}`}>
            {whole(count)} {word}
          </span>
        ))}
      </p>
    </div>
  );
}

interface SessionTableProps {
  readonly sessions: RunView['sessions'];
  readonly isRunning: boolean;
}

function SessionTable({ sessions, isRunning }: SessionTableProps): JSX.Element {
  const latest = sessions.at(-1);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Table of sessions">
      <table>
        <thead>
          <tr>
            <th scope="col">Began</th>
            <th scope="col" class="number">
              Time
            </th>
            <th scope="col">Ended</th>
            <th scope="col" class="number">
              MIDI
            </th>
            <th scope="col" class="number">
              Text
            </th>
            <th scope="col" class="number">
              Saves
            </th>
            <th scope="col">Machine</th>
          </tr>
        </thead>
        <tbody>
          {[...sessions].reverse().map((session) => (
            <tr key={session.session_id}>
              <th scope="row">
                <time dateTime={session.started_at}>{moment(session.started_at)}</time>
              </th>
              <td class="number">{session.seconds === null ? '' : duration(session.seconds)}</td>
              <td>
                {session === latest && isRunning && session.seconds === null ? 'running' : session.status}
                {session.reason !== undefined && (
                  <small>
                    {' '}
                    {session.reason}
                    {session.error !== undefined && `: ${session.error}`}
                  </small>
                )}
              </td>
              <td class="number">{session.stages?.midi === undefined ? '' : whole(session.stages.midi.done)}</td>
              <td class="number">{session.stages?.text === undefined ? '' : whole(session.stages.text.done)}</td>
              <td class="number">{whole(session.saves)}</td>
              <td>{session.host ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

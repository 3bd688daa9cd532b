import type { RunView } from '../../../dashboard/wire.ts';
import type { DrawChart, Plot } from '../../../report/charts/draw-chart.ts';
import { duration, whole } from '../../../report/format-number.ts';
import type { Markup } from '../../../report/html.ts';
import { moment } from '../format-time.ts';

const COLOURS: Readonly<Record<string, string>> = {
  complete: 'var(--good)',
  killed: 'var(--alert)',
  failed: 'var(--alert)',
  interrupted: 'var(--left-out)',
};
/** More would not be told apart. */
const SHOWN = 30;

interface Span {
  readonly from: Date;
  readonly to: Date;
  readonly status: string;
}

/** Sessions by the clock, with their saves, pauses between them, and what ended them. */
export function sessionChart(plot: Plot, draw: DrawChart, { timeline, run, sessions }: RunView): Markup {
  const latest = sessions.at(-1);
  const isOn = ({ session_id }: { readonly session_id: string }): boolean =>
    run.running !== null && session_id === latest?.session_id && latest.seconds === null;
  const shown = timeline.sessions.slice(-SHOWN);
  const spans = shown.map(
    ({ started_at, from, to, ...session }): Span & { readonly at: number; readonly end: number } => ({
      from: new Date(started_at),
      to: new Date(Date.parse(started_at) + Math.max(to - from, 0.2) * 1000),
      status: isOn(session) ? 'running' : session.status,
      at: from,
      end: to,
    }),
  );
  const saves = Object.entries(timeline.stages).flatMap(([stage, points]) =>
    points.flatMap(({ at, done }) => {
      const span = spans.find((each) => at > each.at && at <= each.end);
      return span === undefined ? [] : [{ stage, done, at: new Date(span.from.getTime() + (at - span.at) * 1000) }];
    }),
  );
  const killed = spans.filter(({ status }) => status === 'killed' || status === 'failed');
  return draw(
    {
      width: 860,
      height: 110,
      marginLeft: 16,
      marginRight: 16,
      marginTop: 14,
      marginBottom: 34,
      x: { type: 'time', label: null, ticks: 6 },
      y: { axis: null, domain: [0, 3] },
      marks: [
        plot.rect(spans, {
          x1: 'from',
          x2: 'to',
          y1: 0.4,
          y2: 2.6,
          fill: ({ status }: Span) => COLOURS[status] ?? 'var(--accent)',
          fillOpacity: 0.22,
          stroke: ({ status }: Span) => COLOURS[status] ?? 'var(--accent)',
          title: ({ from, to, status }: Span) =>
            `${status}: ${moment(from.toISOString())}, ${duration((to.getTime() - from.getTime()) / 1000)}`,
        }),
        plot.ruleX(saves, {
          x: 'at',
          y1: ({ stage }: { stage: string }) => (stage === 'midi' ? 1.6 : 0.6),
          y2: ({ stage }: { stage: string }) => (stage === 'midi' ? 2.4 : 1.4),
          stroke: ({ stage }: { stage: string }) => (stage === 'midi' ? 'var(--bar)' : 'var(--bar-2)'),
          strokeWidth: 2,
          title: ({ stage, done, at }: { stage: string; done: number; at: Date }) =>
            `${stage} saved ${whole(done)} pairs, ${moment(at.toISOString())}`,
        }),
        plot.dot(killed, { x: 'to', y: 1.5, symbol: 'times', r: 6, stroke: 'var(--alert)', strokeWidth: 2.5 }),
        plot.ruleY([0]),
      ],
    },
    {
      label: `${shown.length} sessions by the clock with ${saves.length} saves; ${killed.length} of them were killed or failed.`,
      className: 'wide',
    },
  );
}

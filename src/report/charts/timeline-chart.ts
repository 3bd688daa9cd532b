import { duration, short, whole } from '../format-number.ts';
import type { Markup } from '../html.ts';
import type { Timeline, TimelinePoint } from '../timeline.ts';
import type { DrawChart, Plot } from './draw-chart.ts';

type StagePoint = TimelinePoint & { readonly stage: string };

const STAGE_COLOURS: Readonly<Record<string, string>> = { midi: 'var(--bar)', text: 'var(--bar-2)' };

/** In pixels. */
const RATE_SIZE = { width: 860, height: 240 };

/** Pairs a second between checkpoints, a dot for each, and a line where a session ended and another took over. */
export function rateChart(plot: Plot, draw: DrawChart, timeline: Timeline, size = RATE_SIZE): Markup {
  const stages = Object.entries(timeline.stages).filter(([, points]) => points.length > 0);
  const points = stages.flatMap(([stage, own]) => own.map((point): StagePoint => ({ ...point, stage })));
  const breaks = timeline.sessions.slice(1);
  const highest = Math.max(...points.map(({ rate }) => rate), 1);
  return draw(
    {
      ...size,
      marginLeft: 58,
      marginRight: 16,
      marginTop: 26,
      marginBottom: 38,
      x: {
        label: 'time at work, without pauses',
        labelAnchor: 'center',
        labelArrow: 'none',
        domain: [0, Math.max(timeline.seconds, 0.001)],
        tickFormat: duration,
      },
      y: { label: 'pairs per second', labelArrow: 'none', grid: true, ticks: 5, domain: [0, highest * 1.08] },
      marks: [
        ...stages.map(([stage]) => {
          const own = points.filter((point) => point.stage === stage);
          return plot.rectY(own, {
            x1: 'from',
            x2: 'at',
            y: 'rate',
            fill: STAGE_COLOURS[stage] ?? 'var(--bar)',
            fillOpacity: 0.16,
          });
        }),
        plot.ruleY(points, { x1: 'from', x2: 'at', y: 'rate', stroke: colourOf, strokeWidth: 2 }),
        plot.dot(points, {
          x: 'at',
          y: 'rate',
          fill: colourOf,
          r: 3.5,
          title: ({ stage, at, done, rate }: StagePoint) =>
            `${stage}, checkpoint after ${duration(at)}: ${whole(done)} pairs done, ${short(rate)} a second`,
        }),
        plot.ruleX(breaks, { x: 'from', stroke: 'var(--alert)', strokeWidth: 1.5, strokeDasharray: '5 3' }),
        plot.text(breaks.slice(0, 12), {
          x: 'from',
          frameAnchor: 'top',
          dy: -14,
          text: (_: unknown, at: number) => timeline.sessions[at]?.status ?? '',
          fill: 'var(--alert)',
        }),
        plot.ruleY([0]),
      ],
    },
    {
      label: `Pairs per second over ${duration(timeline.seconds)} of work in ${timeline.sessions.length} sessions, with ${points.length} checkpoints.`,
      className: 'wide',
    },
  );
}

function colourOf({ stage }: StagePoint): string {
  return STAGE_COLOURS[stage] ?? 'var(--bar)';
}

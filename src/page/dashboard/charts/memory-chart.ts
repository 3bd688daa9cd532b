import { sizeText } from '../../../cli/size-text.ts';
import type { ActivityPoint, RunView } from '../../../dashboard/wire.ts';
import type { DrawChart, Plot } from '../../../report/charts/draw-chart.ts';
import { duration } from '../../../report/format-number.ts';
import type { Markup } from '../../../report/html.ts';
import { CURVE_SIZE, timeAxis } from './curve.ts';

/** Memory of the process at its saves. */
export function memoryChart(plot: Plot, draw: DrawChart, { midi, text }: RunView['activity']): Markup {
  const points = [...midi, ...text].sort((a, b) => a.at - b.at);
  const most = Math.max(...points.map(({ rss_bytes }) => rss_bytes), 1);
  const last = points.at(-1)?.at ?? 0;
  return draw(
    {
      ...CURVE_SIZE,
      x: timeAxis(last),
      y: { label: 'memory', labelArrow: 'none', grid: true, ticks: 4, domain: [0, most * 1.08], tickFormat: sizeText },
      marks: [
        plot.areaY(points, { x: 'at', y1: 0, y2: 'rss_bytes', fill: 'var(--good)', fillOpacity: 0.16 }),
        plot.lineY(points, { x: 'at', y: 'rss_bytes', stroke: 'var(--good)', strokeWidth: 2 }),
        plot.dot(points, {
          x: 'at',
          y: 'rss_bytes',
          r: 2,
          fill: 'var(--good)',
          title: ({ at, rss_bytes }: ActivityPoint) => `${sizeText(rss_bytes)} after ${duration(at)}`,
        }),
      ],
    },
    { label: `Memory of the process over ${duration(last)} of work, at most ${sizeText(most)}.` },
  );
}

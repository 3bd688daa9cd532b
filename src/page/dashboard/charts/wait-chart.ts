import type { ActivityPoint, RunView } from '../../../dashboard/wire.ts';
import type { DrawChart, Plot } from '../../../report/charts/draw-chart.ts';
import { duration, percent } from '../../../report/format-number.ts';
import type { Markup } from '../../../report/html.ts';
import { CURVE_SIZE, timeAxis } from './curve.ts';

/** The share of its time that each stage stood still. */
export function waitChart(plot: Plot, draw: DrawChart, { activity, timeline }: RunView): Markup {
  const stages = [
    [activity.midi, 'var(--bar)', 'MIDI'],
    [activity.text, 'var(--bar-2)', 'text'],
  ] as const;
  return draw(
    {
      ...CURVE_SIZE,
      x: timeAxis(timeline.seconds),
      y: {
        label: 'share of the time',
        labelArrow: 'none',
        grid: true,
        ticks: 4,
        domain: [0, 1],
        tickFormat: (value: number) => percent(value, 1),
      },
      marks: stages.flatMap(([points, colour, name]) => [
        plot.rectY(points, { x1: 'from', x2: 'at', y: 'waited_for_saves', fill: colour, fillOpacity: 0.3 }),
        plot.ruleY(points, { x1: 'from', x2: 'at', y: 'waited_for_work', stroke: colour, strokeWidth: 2 }),
        plot.dot(points, {
          x: 'at',
          y: 'waited_for_work',
          r: 2,
          fill: colour,
          title: ({ at, waited_for_work: work, waited_for_saves: saves }: ActivityPoint) =>
            `${name} after ${duration(at)}: waited ${percent(work, 1)} for its workers, ${percent(saves, 1)} for saves`,
        }),
      ]),
    },
    { label: `Share of the time that the stages waited, over ${duration(timeline.seconds)} of work.` },
  );
}

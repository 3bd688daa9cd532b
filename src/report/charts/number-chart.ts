import type { NumberDistribution } from '../distributions/distribution.ts';
import { duration, short, whole } from '../format-number.ts';
import type { Markup } from '../html.ts';
import { CHART_SIZE, type DrawChart, type Plot } from './draw-chart.ts';

/** Bars over a band for the middle half and a line at the median. */
export function numberChart(plot: Plot, draw: DrawChart, distribution: NumberDistribution): Markup {
  const { title, unit, format, facts, binned } = distribution;
  const written = format === 'duration' ? duration : short;
  const median = `median ${written(facts.p50)}`;
  const first = binned.bins[0]?.from ?? 0;
  const last = binned.bins.at(-1)?.to ?? 1;
  const isRight = facts.p50 > (binned.scale === 'log' ? Math.sqrt(first * last) : (first + last) / 2);
  return draw(
    {
      ...CHART_SIZE,
      marginLeft: 44,
      marginRight: 12,
      marginTop: 22,
      marginBottom: 36,
      x: {
        type: binned.scale,
        domain: [first, last],
        label: binned.scale === 'log' ? `${unit}, logarithmic` : unit,
        labelAnchor: 'center',
        labelArrow: 'none',
        ticks:
          binned.scale === 'log'
            ? logTicks(first, last)
            : format === 'duration'
              ? timeTicks(first, last)
              : last >= 1000
                ? 5
                : 6,
        tickFormat: (value: number) => (format === 'duration' ? duration(value) : tickText(value)),
      },
      y: { label: 'pairs', grid: true, ticks: 4, tickFormat: whole, labelArrow: 'none' },
      marks: [
        plot.rectX([facts], {
          x1: Math.max(facts.p25, first),
          x2: Math.min(facts.p75, last),
          fill: 'var(--band)',
          title: () => `the middle half: ${written(facts.p25)} to ${written(facts.p75)}`,
        }),
        plot.rectY(binned.bins, {
          x1: 'from',
          x2: 'to',
          y: 'count',
          fill: 'var(--bar)',
          inset: 0.5,
          title: ({ from, to, count }) => `${written(from)} to ${written(to)}: ${whole(count)}`,
        }),
        plot.ruleX([facts.p50], { stroke: 'var(--ink)', strokeWidth: 1.5 }),
        plot.text([median], {
          x: facts.p50,
          frameAnchor: 'top',
          dy: -14,
          dx: isRight ? -5 : 5,
          textAnchor: isRight ? 'end' : 'start',
          text: (text: string) => text,
        }),
        plot.ruleY([0]),
      ],
    },
    {
      label: `Histogram of ${title.toLowerCase()} in ${unit}: median ${written(facts.p50)}, middle half ${written(facts.p25)} to ${written(facts.p75)}, from ${written(facts.min)} to ${written(facts.max)}.`,
    },
  );
}

/** Thousands by a letter, so that neighbours do not touch. */
function tickText(value: number): string {
  return value >= 1000 ? `${short(value / 1000)}k` : short(value);
}

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600];

/** Whole seconds, minutes or hours, at most seven. */
function timeTicks(from: number, to: number): number[] {
  const step = TIME_STEPS.find((candidate) => (to - from) / candidate <= 7.5) ?? 3600 * Math.ceil((to - from) / 21_600);
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, at) => (first + at) * step);
}

/** 1, 2, 5 times powers of ten. */
function logTicks(from: number, to: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++) {
    for (const factor of [1, 2, 5]) ticks.push(factor * 10 ** power);
  }
  const inside = ticks.filter((tick) => tick >= from && tick <= to);
  return inside.length > 7 ? inside.filter((tick) => /^1|^0\.0*1/.test(String(tick))) : inside;
}

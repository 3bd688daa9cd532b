import { type Bar, type CategoryDistribution, LYING_BARS } from '../distributions/distribution.ts';
import { compact, percent, whole } from '../format-number.ts';
import type { Markup } from '../html.ts';
import { CHART_SIZE, type DrawChart, type Plot } from './draw-chart.ts';

/** Pixels of a character of a label, and of the longest label. */
const CHARACTER = 6.1;
const MAX_LABEL = 20;

export function categoryChart(plot: Plot, draw: DrawChart, distribution: CategoryDistribution): Markup {
  return distribution.direction === 'lying'
    ? lyingBars(plot, draw, distribution)
    : standingBars(plot, draw, distribution);
}

function lyingBars(plot: Plot, draw: DrawChart, { title, unit, total, bars }: CategoryDistribution): Markup {
  const rows = bars.map((bar) => ({ ...bar, label: shortened(bar.label) }));
  const longest = Math.max(...rows.map(({ label }) => label.length), 4);
  return draw(
    {
      ...CHART_SIZE,
      marginLeft: 12 + longest * CHARACTER,
      marginRight: 84,
      marginTop: 4,
      marginBottom: 4 + (CHART_SIZE.height - 8) * (1 - Math.max(rows.length, 4) / Math.max(LYING_BARS, rows.length)),
      x: { axis: null, domain: [0, Math.max(...rows.map(({ count }) => count), 1)] },
      y: { label: null, domain: padded(rows), tickSize: 0, padding: 0.25, tickFormat: (label: string) => label.trim() },
      marks: [
        plot.barX(rows, {
          x: 'count',
          y: 'label',
          fill: 'var(--bar)',
          rx: 2,
          title: (bar: Bar) => titleOf(bar, total),
        }),
        plot.text(rows, {
          x: 'count',
          y: 'label',
          dx: 6,
          textAnchor: 'start',
          text: ({ count }: Bar) => `${compact(count)} · ${percent(count, total)}`,
          className: 'value',
        }),
        plot.ruleX([0]),
      ],
    },
    { label: labelOf(title, unit, total, rows) },
  );
}

function standingBars(plot: Plot, draw: DrawChart, { title, unit, total, bars }: CategoryDistribution): Markup {
  const series = [...new Set(bars.flatMap((bar) => bar.series ?? []))];
  return draw(
    {
      ...CHART_SIZE,
      marginLeft: 40,
      marginRight: 2,
      marginTop: 18,
      marginBottom: 34,
      x: {
        label: null,
        domain: [...new Set(bars.map(({ label }) => label))],
        padding: 0.18,
        tickSize: 0,
        // Two names of a key on two lines.
        tickFormat: (label: string) => label.replace('/', '\n'),
      },
      y: { label: unit, grid: true, ticks: 4, tickFormat: whole, labelArrow: 'none' },
      color: { type: 'ordinal', domain: series, range: ['var(--bar)', 'var(--bar-2)'] },
      marks: [
        plot.barY(bars, {
          x: 'label',
          y: 'count',
          fill: 'series',
          title: (bar: Bar) => titleOf({ ...bar, label: `${bar.label} ${bar.series ?? ''}` }, total),
        }),
        plot.ruleY([0]),
      ],
    },
    { label: labelOf(title, unit, total, bars) },
  );
}

/** A bar alone is no thicker than one of four. */
function padded(rows: readonly Bar[]): string[] {
  const blanks = Array.from({ length: Math.max(0, 4 - rows.length) }, (_, at) => ' '.repeat(at + 1));
  return [...rows.map(({ label }) => label), ...blanks];
}

function shortened(label: string): string {
  return label.length > MAX_LABEL ? `${label.slice(0, MAX_LABEL - 1)}…` : label;
}

function titleOf({ label, count }: Bar, total: number): string {
  return `${label}: ${whole(count)} (${percent(count, total)})`;
}

function labelOf(title: string, unit: string, total: number, bars: readonly Bar[]): string {
  const most = [...bars].sort((a, b) => b.count - a.count).slice(0, 3);
  const named = most.map((bar) => titleOf({ ...bar, label: `${bar.label} ${bar.series ?? ''}`.trim() }, total));
  return `Bars of ${title.toLowerCase()} by ${unit}; the most frequent are ${named.join(', ')}.`;
}

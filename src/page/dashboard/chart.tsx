import * as plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { DrawChart, Plot } from '../../report/charts/draw-chart.ts';
import { finishedChart } from '../../report/charts/finished-chart.ts';
import type { Markup } from '../../report/html.ts';

const draw: DrawChart = (options, text) => finishedChart(plot.plot({ style: {}, ...options }), text);

interface ChartProps<Data> {
  readonly label: string;
  readonly data: Data;
  /** Any chart of the report's. */
  readonly chart: (plot: Plot, draw: DrawChart, data: Data) => Markup;
}

/** A chart of the report's, drawn in the browser. The picture is ours; texts in it are escaped as it is drawn. */
export function Chart<Data>({ label, data, chart }: ChartProps<Data>): JSX.Element {
  const { text } = useMemo(() => chart(plot, draw, data), [chart, data]);
  return (
    <div class="plot scroll" tabIndex={0} role="region" aria-label={label} dangerouslySetInnerHTML={{ __html: text }} />
  );
}

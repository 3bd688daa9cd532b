import type { PlotOptions } from '@observablehq/plot';
import type { Markup } from '../html.ts';
import { type ChartText, finishedChart } from './finished-chart.ts';

/** Draws a chart of Observable Plot without a browser. */
export type DrawChart = (options: PlotOptions, text: ChartText) => Markup;

/** Of a chart among others, in pixels: what a phone shows, so that no text gets smaller than it is drawn. */
export const CHART_SIZE = { width: 360, height: 200 } as const;

export type Plot = typeof import('@observablehq/plot');

/** The library and a document for it are loaded only where a page is made. */
export async function openChartRoom(): Promise<{ readonly plot: Plot; readonly draw: DrawChart }> {
  const plot = await import('@observablehq/plot');
  const { parseHTML } = await import('linkedom');
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const draw: DrawChart = (options, text) => finishedChart(plot.plot({ document, style: {}, ...options }), text);
  return { plot, draw };
}

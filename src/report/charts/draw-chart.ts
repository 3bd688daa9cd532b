import type { PlotOptions } from '@observablehq/plot';
import { Markup } from '../html.ts';

/** Draws a chart of Observable Plot without a browser. */
export type DrawChart = (options: PlotOptions, text: ChartText) => Markup;

export interface ChartText {
  /** What a screen reader says of the whole picture. */
  readonly label: string;
  readonly className?: string;
}

/** Of a chart among others, in pixels: what a phone shows, so that no text gets smaller than it is drawn. */
export const CHART_SIZE = { width: 360, height: 200 } as const;

export type Plot = typeof import('@observablehq/plot');

/** The library and a document for it are loaded only where a page is made. */
export async function openChartRoom(): Promise<{ readonly plot: Plot; readonly draw: DrawChart }> {
  const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const draw: DrawChart = (options, { label, className = '' }) => {
    const svg = plot.plot({ document, style: {}, ...options });
    // Style sheets and attributes are in the page's own, which the security policy knows; a picture has one label, not many.
    for (const style of svg.querySelectorAll('style')) style.remove();
    for (const part of svg.querySelectorAll('*')) {
      for (const name of ['style', 'aria-label', 'aria-hidden', 'aria-description']) part.removeAttribute(name);
    }
    for (const name of ['style', 'width', 'height', 'font-family', 'font-size']) svg.removeAttribute(name);
    svg.setAttribute('class', `chart ${className}`.trim());
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
    return new Markup(shortened(svg.outerHTML));
  };
  return { plot, draw };
}

/** Coordinates to a hundredth of a pixel. */
function shortened(svg: string): string {
  return svg.replace(/ (?:d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/(\.\d\d)\d+/g, '$1'),
  );
}

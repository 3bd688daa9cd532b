import { Markup } from '../html.ts';

export interface ChartText {
  /** What a screen reader says of the whole picture. */
  readonly label: string;
  readonly className?: string;
}

/** What is needed of an element, in a browser or without one. */
interface DrawnElement {
  readonly outerHTML: string;
  querySelectorAll(selector: string): Iterable<DrawnElement>;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  remove(): void;
}

/**
 * A chart as the pages have it. Style sheets and attributes are in the page's own, which the security policy knows; a picture has
 * one label, not many.
 */
export function finishedChart(svg: DrawnElement, { label, className = '' }: ChartText): Markup {
  for (const style of svg.querySelectorAll('style')) style.remove();
  for (const part of svg.querySelectorAll('*')) {
    for (const name of ['style', 'aria-label', 'aria-hidden', 'aria-description']) part.removeAttribute(name);
  }
  for (const name of ['style', 'width', 'height', 'font-family', 'font-size']) svg.removeAttribute(name);
  svg.setAttribute('class', `chart ${className}`.trim());
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  return new Markup(shortened(svg.outerHTML));
}

/** Coordinates to a hundredth of a pixel. */
function shortened(svg: string): string {
  return svg.replace(/ (?:d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/(\.\d\d)\d+/g, '$1'),
  );
}

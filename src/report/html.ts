import { escapeXml, visibleText } from './escape-xml.ts';

/** Text that is HTML already. Only `html` and the charts make it, so that everything else is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template; nothing is written for `undefined` and `false`. */
export type Insertion = Markup | string | number | undefined | false | readonly Insertion[];

/**
 * A template whose insertions are escaped, in text and in quoted attributes alike.
 *
 * @example html`<p title="${caption}">${caption}</p>`
 */
export function html(strings: TemplateStringsArray, ...insertions: readonly Insertion[]): Markup {
  return new Markup(strings.reduce((text, string, at) => text + textOf(insertions[at - 1]) + string));
}

function textOf(insertion: Insertion): string {
  if (insertion === undefined || insertion === false) return '';
  if (insertion instanceof Markup) return insertion.text;
  if (typeof insertion === 'string' || typeof insertion === 'number') return escapeXml(String(insertion));
  return insertion.map(textOf).join('');
}

/** JSON for the inside of a `script` element: nothing in it can end the element or begin a comment; texts as in `escapeXml`. */
export function jsonMarkup(value: unknown): Markup {
  const visible = (_: string, item: unknown): unknown => (typeof item === 'string' ? visibleText(item) : item);
  const text = JSON.stringify(value, visible).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return new Markup(text);
}

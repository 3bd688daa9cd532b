import { textWidth } from './text-width.ts';

const INDENT = '  ';
/** In a window that is narrower, whole words would leave most of it empty. */
const NARROWEST = 20;

/** A text in lines of at most so many columns, broken between words; a longer word is left whole to the terminal. */
export function wrapped(text: string, columns: number): string {
  if (columns < NARROWEST) return text;
  return text
    .split('\n')
    .map((line) => wrappedLine(line, columns))
    .join('\n');
}

function wrappedLine(text: string, columns: number): string {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(' ')) {
    if (line === undefined) line = word;
    else if (textWidth(line) + 1 + textWidth(word) <= columns) line += ` ${word}`;
    else {
      lines.push(line);
      line = INDENT + word;
    }
  }
  return [...lines, line ?? ''].join('\n');
}

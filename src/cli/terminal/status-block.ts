import { cutToWidth, textWidth } from './text-width.ts';
import { type TerminalStream, windowOf } from './window.ts';
import { wrapped } from './wrapped.ts';

/**
 * A few lines at the bottom of a terminal that are painted again and again, and text above them that stays. The cursor
 * is left at the start of the line below and is never hidden: whatever ends the process, the terminal is as it should be.
 */
export class StatusBlock {
  readonly #stream: TerminalStream;
  #lines: readonly string[] = [];
  /** Columns that each line on the screen has. */
  #painted: readonly number[] = [];

  constructor(stream: TerminalStream) {
    this.#stream = stream;
  }

  paint(lines: readonly string[]): void {
    this.#lines = lines;
    this.#write('');
  }

  /** Text that stays: whole, with the block below it. */
  above(text: string): void {
    this.#write(`${wrapped(text, windowOf(this.#stream).columns)}\n`);
  }

  /** Leaves the block on the screen as it is; the next one begins below. */
  release(): void {
    this.#lines = [];
    this.#painted = [];
  }

  #write(text: string): void {
    const { columns, rows } = windowOf(this.#stream);
    // A line that fills its row may or may not move the cursor on; the last column stays free.
    const lines = this.#lines.slice(-Math.max(rows - 1, 1)).map((line) => cutToWidth(line, columns - 1));
    this.#stream.write(this.#erasure(columns) + text + lines.map((line) => `${line}\n`).join(''));
    this.#painted = lines.map(textWidth);
  }

  /** A window that got narrower has wrapped the lines that do not fit any more. */
  #erasure(columns: number): string {
    const rows = this.#painted.reduce((sum, width) => sum + Math.max(Math.ceil(width / columns), 1), 0);
    return rows === 0 ? '' : `\x1b[${rows}A\r\x1b[J`;
  }
}

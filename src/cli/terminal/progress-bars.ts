import type { RunEvent } from '../../pipeline/run-events.ts';
import { count } from '../count.ts';
import { printable } from '../printable.ts';
import { megabytes, progressFacts } from '../progress-text.ts';
import { type BarState, barLine } from './bar-line.ts';
import { StatusBlock } from './status-block.ts';
import { windowOf } from './window.ts';

/** From top to bottom, whichever comes first. */
const ORDER = ['model', 'midi', 'text', 'merge'];
const FRAME_MS = 100;
/** Smaller files of a model are there before a bar could be seen. */
const WORTH_A_BAR_BYTES = 10e6;

/** The bars of a run on a terminal, and lines above them. */
export class ProgressBars {
  readonly #stream: NodeJS.WriteStream;
  readonly #block: StatusBlock;
  readonly #bars = new Map<string, BarState>();
  #nextFrame: NodeJS.Timeout | undefined;
  readonly #repaint = (): void => this.#paint();

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#block = new StatusBlock(stream);
    stream.on('resize', this.#repaint);
  }

  /** A line that stays, above the bars. */
  line(text: string): void {
    this.#block.above(text);
  }

  show(event: RunEvent): void {
    const bar = barOf(event);
    if (bar === undefined) return;
    this.#bars.set(bar.name, bar);
    this.#nextFrame ??= setTimeout(this.#repaint, FRAME_MS).unref();
  }

  /** Paints what is so, and leaves it there: what comes next is below. */
  pause(): void {
    if (this.#bars.size > 0) this.#paint();
    this.#bars.clear();
    this.#block.release();
  }

  end(): void {
    this.pause();
    this.#stream.off('resize', this.#repaint);
  }

  #paint(): void {
    clearTimeout(this.#nextFrame);
    this.#nextFrame = undefined;
    const columns = windowOf(this.#stream).columns - 1;
    const bars = ORDER.flatMap((name) => this.#bars.get(name) ?? []);
    this.#block.paint(bars.map((bar) => barLine(bar, columns)));
  }
}

function barOf(event: RunEvent): BarState | undefined {
  switch (event.type) {
    case 'progress':
    case 'saved':
      return {
        name: event.stage,
        done: event.progress.done,
        total: event.progress.total,
        facts: progressFacts(event.progress),
      };
    case 'merging':
      return { name: 'merge', done: event.pairs, total: event.total, facts: [`${count(event.rows)} rows`] };
    case 'download': {
      const { file, loadedBytes, totalBytes } = event;
      if (totalBytes < WORTH_A_BAR_BYTES) return undefined;
      return {
        name: 'model',
        done: loadedBytes,
        total: totalBytes,
        facts: [megabytes(totalBytes), printable(file)],
      };
    }
    default:
      return undefined;
  }
}

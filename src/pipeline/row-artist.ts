import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PieceDrawing } from '../report/piece-drawing.ts';
import type { GalleryRow } from '../report/sample-rows.ts';
import type { Drawings } from '../report/sections/gallery-section.ts';
import type { TokenizerConfig } from '../tokens/tokenizer-config.ts';

export type RowToDraw = Pick<GalleryRow, 'index' | 'tokens' | 'features'>;

export interface DrawnRow {
  readonly index: number;
  readonly drawing: PieceDrawing | undefined;
}

const ENTRY = new URL('../pipeline/drawing-worker.js', import.meta.url);
const HEAP = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 };

/**
 * Draws rows for the report in a thread of its own, while others are still merged. What it does not get done, be it that it cannot
 * start, whoever makes the page draws.
 */
export class RowArtist {
  readonly #tokenizer: TokenizerConfig;
  readonly #waiting: RowToDraw[] = [];
  readonly #drawings = new Map<number, PieceDrawing | undefined>();
  #worker: Worker | undefined;
  #hasFailed = false;
  #asked = 0;
  #onDrawn: () => void = () => {};

  constructor(tokenizer: TokenizerConfig) {
    this.#tokenizer = tokenizer;
  }

  /** From now on a core is idle. */
  begin(): void {
    if (this.#worker !== undefined || availableParallelism() < 2) return;
    const worker = new Worker(ENTRY, { workerData: this.#tokenizer, resourceLimits: HEAP });
    this.#worker = worker;
    worker.on('message', ({ index, drawing }: DrawnRow) => {
      this.#drawings.set(index, drawing);
      this.#onDrawn();
    });
    const fail = (): void => {
      this.#hasFailed = true;
      this.#onDrawn();
    };
    worker.once('error', fail).once('exit', fail).unref();
    for (const row of this.#waiting.splice(0)) this.#post(worker, row);
  }

  draw({ index, tokens, features }: GalleryRow): void {
    const row = { index, tokens, features: { instruments: features.instruments } };
    if (this.#worker === undefined) this.#waiting.push(row);
    else this.#post(this.#worker, row);
  }

  /** What was drawn, when all that was asked for is, or no more comes. */
  async drawings(): Promise<Drawings> {
    this.#worker?.ref();
    await new Promise<void>((resolve) => {
      this.#onDrawn = () => {
        if (this.#hasFailed || this.#drawings.size === this.#asked) resolve();
      };
      this.#onDrawn();
    });
    this.close();
    return this.#drawings;
  }

  close(): void {
    void this.#worker?.terminate();
  }

  #post(worker: Worker, row: RowToDraw): void {
    this.#asked++;
    worker.postMessage(row);
  }
}

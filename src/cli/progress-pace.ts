import type { RunEvent } from '../pipeline/run-events.ts';

/** Which of a run's many progress events are told where no bar is: of each stage its end, and one in an interval. */
export class ProgressPace {
  readonly #intervalMs: number;
  /** When each stage was told of last, or begun. */
  readonly #toldAtMs = new Map<string, number>();

  /** @param intervalMs 0 for every save. */
  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  isDue(event: RunEvent): boolean {
    if (event.type === 'planned' || event.type === 'notice') return true;
    const stage = stageOf(event);
    const now = performance.now();
    const toldAtMs = this.#toldAtMs.get(stage);
    if (toldAtMs === undefined) this.#toldAtMs.set(stage, now);
    // Somebody waits for it.
    if (event.type === 'download' && toldAtMs === undefined) return true;
    const isEnd = event.type === 'saved' && event.progress.saved >= event.progress.total;
    const isSaveOfMany = this.#intervalMs === 0 && event.type === 'saved';
    const isTime = this.#intervalMs > 0 && toldAtMs !== undefined && now - toldAtMs >= this.#intervalMs;
    if (!isEnd && !isSaveOfMany && !isTime) return false;
    this.#toldAtMs.set(stage, now);
    return true;
  }
}

type Progress = Exclude<RunEvent, { readonly type: 'planned' | 'notice' }>;

function stageOf(event: Progress): string {
  if (event.type === 'download') return `download ${event.file}`;
  return event.type === 'merging' ? event.type : event.stage;
}

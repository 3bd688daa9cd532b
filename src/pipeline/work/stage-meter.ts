import type { WaitCause } from '../../engine/run-stage.ts';
import type { SaveMetrics } from '../../run-directory/metrics-log.ts';
import type { StageProgress } from '../run-events.ts';

/** Where a stage stood when the session began. */
export interface StageBefore {
  readonly done: number;
  readonly failed: number;
  /** Of earlier sessions. */
  readonly seconds: number;
}

/** Keeps the figures of a stage that the progress display shows. Durations come from a clock that never jumps. */
export class StageMeter {
  readonly #total: number;
  readonly #before: StageBefore;
  /** Pairs that this session is to do, those that it tries again among them. */
  #toDo: number;
  #retried = 0;
  readonly #startedAtMs = performance.now();
  #endedAtMs: number | undefined;
  #doneNow = 0;
  #failed: number;
  #saved: number;
  #savedNow = 0;
  #savedAt: Date | undefined;
  readonly #waitedSeconds = { work: 0, saves: 0 };
  #noted = { doneNow: 0, seconds: 0, work: 0, saves: 0 };

  /** @param toDo - pairs that this session is to do beside those that it tries again. */
  constructor(total: number, before: StageBefore, toDo = total - before.done) {
    this.#total = total;
    this.#before = before;
    this.#toDo = toDo;
    this.#failed = before.failed;
    this.#saved = before.done;
  }

  /** So many pairs that have an outcome are tried once more: they are pending again, and failed only if they fail again. */
  again({ pairs, failed }: { readonly pairs: number; readonly failed: number }): void {
    this.#toDo += pairs;
    this.#retried += pairs;
    this.#failed -= failed;
    this.#saved -= pairs;
  }

  add(batch: { readonly pairs: number; readonly failed: number }): void {
    this.#doneNow += batch.pairs;
    this.#failed += batch.failed;
  }

  saved(pairs: number): void {
    this.#saved += pairs;
    this.#savedNow += pairs;
    this.#savedAt = new Date();
  }

  waited(cause: WaitCause, seconds: number): void {
    this.#waitedSeconds[cause] += seconds;
  }

  end(): void {
    this.#endedAtMs = performance.now();
  }

  /** Seconds of this session. */
  get seconds(): number {
    return ((this.#endedAtMs ?? performance.now()) - this.#startedAtMs) / 1000;
  }

  /** Seconds of all sessions. */
  get totalSeconds(): number {
    return this.#before.seconds + this.seconds;
  }

  /** Seconds of this session in which the stage stood still for a save. */
  get waitedSeconds(): number {
    return this.#waitedSeconds.saves;
  }

  /** Pairs done in this session. */
  get doneNow(): number {
    return this.#doneNow;
  }

  /** What there is to note of the time since the last call, or the start of the session. */
  sinceLastNote(): Pick<SaveMetrics, 'pairs' | 'seconds' | 'waited_for_work_s' | 'waited_for_saves_s'> {
    const before = this.#noted;
    this.#noted = { doneNow: this.#savedNow, seconds: this.seconds, ...this.#waitedSeconds };
    return {
      pairs: this.#noted.doneNow - before.doneNow,
      seconds: milliseconds(this.#noted.seconds - before.seconds),
      waited_for_work_s: milliseconds(this.#noted.work - before.work),
      waited_for_saves_s: milliseconds(this.#noted.saves - before.saves),
    };
  }

  progress(): StageProgress {
    const done = this.#before.done - this.#retried + this.#doneNow;
    const left = this.#toDo - this.#doneNow;
    const pairsPerSecond = this.#doneNow / Math.max(this.seconds, 1e-3);
    return {
      done,
      total: this.#total,
      failed: this.#failed,
      saved: this.#saved,
      pairsPerSecond,
      secondsLeft: pairsPerSecond > 0 && left > 0 ? left / pairsPerSecond : undefined,
      savedAt: this.#savedAt,
    };
  }
}

/** Seconds to the millisecond. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

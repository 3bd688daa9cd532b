import { codeOf, messageOf } from '../errors.ts';
import type { Prepared } from './actions/action.ts';
import { RequestError } from './api-error.ts';
import type { KnownRun } from './run-registry.ts';
import type { JobView } from './wire.ts';

/** Jobs that are over and still told of, and lines that each has said. */
const KEPT = 50;
const KEPT_LINES = 40;

interface Job {
  view: JobView;
  readonly controller: AbortController;
  readonly over: Promise<void>;
}

/** What was asked for: one thing at a time in a run, each with its progress and its result. */
export class Jobs {
  readonly #jobs = new Map<number, Job>();
  readonly #tell: (job: JobView) => void;
  #last = 0;

  /** @param tell - told of everything that changes. */
  constructor(tell: (job: JobView) => void) {
    this.#tell = tell;
  }

  of(run: string): readonly JobView[] {
    return [...this.#jobs.values()].map(({ view }) => view).filter((view) => view.run === run);
  }

  /** @throws RequestError 409 while something else is done in the run. */
  async begin(run: KnownRun, action: string, prepared: Prepared): Promise<JobView> {
    const command = await prepared.command(run.files);
    const going = this.of(run.id).find(({ state }) => state === 'going');
    if (going !== undefined)
      throw new RequestError(409, 'job_going', `${going.action} is still going in this run; wait for it, or stop it`);
    const id = ++this.#last;
    const controller = new AbortController();
    const view: JobView = {
      id,
      run: run.id,
      action,
      command,
      state: 'going',
      said: [],
      progress: null,
      result: null,
      error: null,
    };
    const over = Promise.resolve().then(() => this.#work(id, run, prepared, controller.signal));
    this.#jobs.set(id, { view, controller, over });
    this.#forgetOldest();
    this.#tell(view);
    return view;
  }

  /** Gives a job up between two steps; it says itself when it has ended. */
  stop(run: string, id: number): void {
    const job = this.#jobs.get(id);
    if (job === undefined || job.view.run !== run) throw new RequestError(404, 'no_job', 'there is no such job');
    job.controller.abort(new Error('it was stopped from the page'));
  }

  /** Ends all that goes on. */
  async close(): Promise<void> {
    for (const { controller } of this.#jobs.values()) controller.abort(new Error('the dashboard was ended'));
    await Promise.all([...this.#jobs.values()].map(({ over }) => over));
  }

  async #work(id: number, run: KnownRun, prepared: Prepared, signal: AbortSignal): Promise<void> {
    try {
      const result = await prepared.perform(run.files, {
        signal,
        log: (level, message, fields) => {
          if (level === 'debug') return;
          const facts = fields === undefined ? '' : ` ${JSON.stringify(fields())}`;
          this.#change(id, ({ said }) => ({ said: [...said, `${level}: ${message}${facts}`].slice(-KEPT_LINES) }));
        },
        progress: (progress) => this.#change(id, () => ({ progress })),
      });
      this.#change(id, () => ({ state: 'done', result: result ?? null }));
    } catch (error) {
      const state = signal.aborted ? 'stopped' : 'failed';
      this.#change(id, () => ({ state, error: { code: codeOf(error) ?? 'unexpected', message: messageOf(error) } }));
    }
  }

  #change(id: number, change: (view: JobView) => Partial<JobView>): void {
    const job = this.#jobs.get(id);
    if (job === undefined) return;
    job.view = { ...job.view, ...change(job.view) };
    this.#tell(job.view);
  }

  #forgetOldest(): void {
    for (const [id, { view }] of this.#jobs) {
      if (this.#jobs.size <= KEPT) return;
      if (view.state !== 'going') this.#jobs.delete(id);
    }
  }
}

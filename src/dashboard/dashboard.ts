import { type Log, silent } from '../log.ts';
import { RequestError } from './api-error.ts';
import { FollowedRun } from './followed-run.ts';
import { type KnownRun, RunRegistry } from './run-registry.ts';
import { RunWatch } from './run-watch.ts';

/** Runs of which more than a line is kept: those that were looked at last. */
const FOLLOWED = 8;

export interface DashboardSetting {
  readonly manage: boolean;
  readonly log?: Log | undefined;
}

/** What all pages of a server share. */
export class Dashboard {
  readonly registry: RunRegistry;
  readonly watch: RunWatch;
  readonly manage: boolean;
  readonly log: Log;
  readonly #followed = new Map<string, FollowedRun>();
  readonly #closing = new AbortController();

  private constructor(registry: RunRegistry, { manage, log = silent }: DashboardSetting) {
    this.registry = registry;
    this.watch = new RunWatch(registry);
    this.manage = manage;
    this.log = log;
  }

  /** @throws ConfigError `folder_unreadable`. */
  static async open(paths: readonly string[], setting: DashboardSetting): Promise<Dashboard> {
    const registry = new RunRegistry(paths);
    await registry.search();
    return new Dashboard(registry, setting);
  }

  /** Aborted when the server ends. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** @throws RequestError 404 for an id that no run has. */
  find(id: string): KnownRun {
    const run = this.registry.find(id);
    if (run === undefined)
      throw new RequestError(404, 'no_run', 'there is no such run under the folders that are shown');
    return run;
  }

  follow(run: KnownRun): FollowedRun {
    const known = this.#followed.get(run.id) ?? new FollowedRun(run);
    this.#followed.delete(run.id);
    this.#followed.set(run.id, known);
    for (const oldest of this.#followed.keys()) {
      if (this.#followed.size <= FOLLOWED) break;
      this.#followed.delete(oldest);
    }
    return known;
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }
}

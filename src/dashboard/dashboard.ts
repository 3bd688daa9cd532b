import { setMaxListeners } from 'node:events';
import { type Log, silent } from '../log.ts';
import { RequestError } from './api-error.ts';
import { FollowedRun } from './followed-run.ts';
import { Jobs } from './jobs.ts';
import { ManifestPairs } from './manifest-pairs.ts';
import { PairPages, type PairSource } from './pair-pages.ts';
import { type KnownRun, RunRegistry, tasksOf } from './run-registry.ts';
import { RunWatch } from './run-watch.ts';
import { TaskedPairs } from './tasked-pairs.ts';

/** Runs of which more than a line is kept: those that were looked at last. */
const KEPT = 8;

export interface DashboardSetting {
  readonly manage: boolean;
  readonly log?: Log | undefined;
}

interface Kept {
  readonly followed: FollowedRun;
  readonly pairs: PairSource;
}

function newlyKept(run: KnownRun): Kept {
  const followed = new FollowedRun(run);
  const tasks = tasksOf(run);
  const manifest = new ManifestPairs(run.files.directory);
  return {
    followed,
    pairs: tasks.length === 0 ? new PairPages(followed, manifest) : new TaskedPairs(tasks, manifest),
  };
}

/** What all pages of a server share. */
export class Dashboard {
  readonly registry: RunRegistry;
  readonly watch: RunWatch;
  readonly manage: boolean;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly #kept = new Map<string, Kept>();
  readonly #closing = new AbortController();

  private constructor(registry: RunRegistry, { manage, log = silent }: DashboardSetting) {
    this.registry = registry;
    this.watch = new RunWatch(registry);
    // Every open page listens.
    setMaxListeners(0, this.#closing.signal);
    this.manage = manage;
    this.jobs = new Jobs((job) => this.watch.tell({ name: 'job', data: job }));
    this.log = log;
  }

  /** @throws ConfigError `folder_unreadable`. */
  static async open(paths: readonly string[], setting: DashboardSetting): Promise<Dashboard> {
    const registry = new RunRegistry(paths);
    await registry.search();
    const dashboard = new Dashboard(registry, setting);
    // So that the first page need not wait for a thousand runs.
    void dashboard.watch.rows().catch(() => {});
    return dashboard;
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

  /** What is kept of a run while it is looked at. */
  follow(run: KnownRun): FollowedRun {
    return this.#keep(run).followed;
  }

  pairsOf(run: KnownRun): PairSource {
    return this.#keep(run).pairs;
  }

  #keep(run: KnownRun): Kept {
    const kept = this.#kept.get(run.id) ?? newlyKept(run);
    this.#kept.delete(run.id);
    this.#kept.set(run.id, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return kept;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.jobs.close();
  }
}

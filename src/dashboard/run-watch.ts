import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { runOverview } from '../operations/run-overview.ts';
import { ownRuns } from '../operations/tasks/own-runs.ts';
import type { KnownRun, RunRegistry } from './run-registry.ts';
import type { DashboardEvents, RunRow } from './wire.ts';

export type WatchEvent = {
  readonly [Name in keyof DashboardEvents]: { readonly name: Name; readonly data: DashboardEvents[Name] };
}[keyof DashboardEvents];

/** How often it is looked whether something has changed, and whether there are new runs. */
const LOOK_MS = 2000;
const SEARCH_MS = 10_000;
/** It is looked for new runs sooner for so long after a folder that holds runs has changed. */
const EAGER_MS = 15_000;
const EAGER_SEARCH_MS = 1500;
/** How long runs at rest are looked at in a turn, one after the other; all that are going are. */
const RESTING_MS = 10;
/** Runs that are looked at side by side. */
const TOGETHER = 16;
/** A change so close to the look before may have been within one tick of the file system's clock. */
const RACY_MS = 2000;
/** Of a run that is going it is looked so often, in turns, whether its process is alive: no file tells of its death. */
const PULSE_TURNS = 2;

interface Watched {
  readonly run: KnownRun;
  /** Of the run directory and where its checkpoints are, when the row was made. */
  signature: string;
  isRacy: boolean;
  row: RunRow;
}

/**
 * Sees what becomes of runs by the times of their directories, which every save changes; one for all pages, and at rest
 * while there are none.
 */
export class RunWatch {
  readonly #registry: RunRegistry;
  readonly #watched = new Map<string, Watched>();
  readonly #listeners = new Set<(event: WatchEvent) => void>();
  #timer: NodeJS.Timeout | undefined;
  #turn = 0;
  #nextResting = 0;
  #searchAt = 0;
  #eagerUntil = 0;
  #folders = '';
  #looking: Promise<void> | undefined;

  constructor(registry: RunRegistry) {
    this.#registry = registry;
  }

  /** The rows of all runs as they are now. */
  async rows(): Promise<readonly RunRow[]> {
    await this.#look(true);
    return [...this.#watched.values()].map(({ row }) => row).filter(({ part_of }) => part_of === null);
  }

  /** The row of one run as it is now. */
  async row(run: KnownRun): Promise<RunRow> {
    return (await this.#lookAt(run)).row;
  }

  /** Tells of every change from now on, until the returned function is called. */
  subscribe(listener: (event: WatchEvent) => void): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => void this.#look(false), LOOK_MS);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  tell(event: WatchEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Looks once more at all runs, or at those whose turn it is; a look that takes long is not begun twice. */
  #look(isOfAll: boolean): Promise<void> {
    const after = this.#looking ?? Promise.resolve();
    if (this.#looking !== undefined && !isOfAll) return after;
    const looking = after.then(() => this.#lookAround(isOfAll));
    this.#looking = looking;
    return looking.finally(() => {
      if (this.#looking === looking) this.#looking = undefined;
    });
  }

  async #lookAround(isOfAll: boolean): Promise<void> {
    this.#turn++;
    this.#noticeNewFolders();
    if (performance.now() >= this.#searchAt) await this.#search();
    const runs = [...this.#registry.runs];
    const isGoing = (run: KnownRun): boolean => isOccupied(this.#watched.get(run.id)?.row);
    const resting = runs.filter((run) => !isGoing(run));
    const going = runs.filter(isGoing);
    if (isOfAll) return this.#lookAtAll(runs);
    await this.#lookAtAll(going);
    const until = performance.now() + RESTING_MS;
    for (let seen = 0; seen < resting.length && performance.now() < until; seen++) {
      const run = resting[this.#nextResting++ % resting.length];
      if (run !== undefined) await this.#lookAt(run).catch(() => {});
    }
  }

  /** Some at a time: each waits for its files. What one cannot be asked for now it is asked for in the next turn. */
  async #lookAtAll(runs: readonly KnownRun[]): Promise<void> {
    for (let at = 0; at < runs.length; at += TOGETHER) {
      await Promise.all(runs.slice(at, at + TOGETHER).map((run) => this.#lookAt(run).catch(() => {})));
    }
  }

  /** A run that begins makes its directory first, which its folder shows at once. */
  #noticeNewFolders(): void {
    const seen = [...this.#registry.folders()].map((folder) => `${folder} ${statOf(folder)?.mtimeMs}`).join('\n');
    if (this.#folders !== '' && this.#folders !== seen) {
      this.#searchAt = 0;
      this.#eagerUntil = performance.now() + EAGER_MS;
    }
    this.#folders = seen;
  }

  async #search(): Promise<void> {
    const begin = performance.now();
    // Where a folder cannot be looked into now, what was found there before stays.
    await this.#registry.search().catch(() => {});
    const now = performance.now();
    const isEager = now < this.#eagerUntil;
    this.#searchAt = now + Math.max(isEager ? EAGER_SEARCH_MS : SEARCH_MS, (isEager ? 10 : 100) * (now - begin));
    for (const id of this.#watched.keys()) {
      if (this.#registry.find(id) !== undefined) continue;
      this.#watched.delete(id);
      this.tell({ name: 'gone', data: { id } });
    }
  }

  async #lookAt(run: KnownRun): Promise<Watched> {
    const known = this.#watched.get(run.id);
    const { signature, changedMs } = signatureOf(run);
    const isPulse = known !== undefined && isOccupied(known.row) && this.#turn % PULSE_TURNS === 0;
    if (known !== undefined && known.signature === signature && !known.isRacy && !isPulse) return known;
    const row = await rowOf(run);
    const watched = { run, signature, isRacy: Date.now() - changedMs < RACY_MS, row };
    this.#watched.set(run.id, watched);
    if (known === undefined || JSON.stringify(known.row) !== JSON.stringify(row) || known.signature !== signature)
      this.tell({ name: 'run', data: row });
    return watched;
  }
}

/** Whether a process works on it or waits to, which no file tells once it is killed; one that was not looked at yet may be. */
function isOccupied(row: RunRow | undefined): boolean {
  return row === undefined || row.running !== null || row.waiting.length > 0;
}

async function rowOf({ id, name, files, partOf }: KnownRun): Promise<RunRow> {
  const { age_seconds: _age, ...overview } = await runOverview(files, new Date());
  return { id, name, part_of: partOf ?? null, ...overview };
}

/** Asked at once: to hand a thousand short questions to other threads takes ten times as long. */
function signatureOf({ files }: KnownRun): { readonly signature: string; readonly changedMs: number } {
  const { midi, text } = files.checkpoints;
  const tasks = files.tasks === undefined ? [] : ownRuns(files.directory, files.tasks);
  const folders = new Set([
    files.directory,
    dirname(midi),
    dirname(text),
    ...tasks.map((task) => task.files.directory),
  ]);
  let [signature, changedMs] = ['', 0];
  for (const folder of folders) {
    const found = statOf(folder);
    signature += found === undefined ? 'gone ' : `${found.ino} ${found.mtimeMs} `;
    changedMs = Math.max(changedMs, found?.mtimeMs ?? 0);
  }
  return { signature, changedMs };
}

function statOf(folder: string): Stats | undefined {
  try {
    return statSync(folder, { throwIfNoEntry: false });
  } catch {
    return undefined; // may not be looked into, or its disk is away
  }
}

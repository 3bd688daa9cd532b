import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { backupName } from '../checkpoint/durable-replace.ts';
import { findRunDirectories } from '../operations/find-run-directories.ts';
import { ownRuns } from '../operations/tasks/own-runs.ts';
import { locateRun } from '../run-directory/locate-run.ts';
import { defaultCheckpointName, defaultRunFiles, type RunFiles, STAGES } from '../run-directory/run-files.ts';
import { tasksFile } from '../run-directory/tasks-file.ts';

/** A run that was found. */
export interface KnownRun {
  readonly id: string;
  readonly name: string;
  readonly files: RunFiles;
  /** The run that it is a task of. */
  readonly partOf?: string;
}

export interface KnownTask extends KnownRun {
  readonly span: PairSpan;
}

/** Consecutive pairs, the last one not among them. */
export interface PairSpan {
  readonly first: number;
  readonly end: number;
}

/** By which a folder is a run directory, also one whose run has not saved yet. */
const MARKS: ReadonlySet<string> = new Set([
  'run.json',
  'tasks.json',
  ...STAGES.map(defaultCheckpointName).flatMap((name) => [name, backupName(name)]),
]);

/** The runs under some folders, each known by an id: what is asked for is one of these, never a path. */
export class RunRegistry {
  readonly #roots: readonly string[];
  #runs: ReadonlyMap<string, KnownRun> = new Map();
  /** Parts of runs: known by ids too, and not among the runs. */
  #tasks: ReadonlyMap<string, KnownRun> = new Map();

  constructor(roots: readonly string[]) {
    this.#roots = roots.map((root) => resolve(root));
  }

  get runs(): Iterable<KnownRun> {
    return this.#runs.values();
  }

  /** Where runs lie: the folders that are shown, and those that hold a run. */
  folders(): ReadonlySet<string> {
    return new Set([...this.#roots, ...[...this.#runs.values()].map(({ files }) => dirname(files.directory))]);
  }

  find(id: string): KnownRun | undefined {
    return this.#runs.get(id) ?? this.#tasks.get(id);
  }

  /** Looks for runs again; those that were known before keep what is known of them. */
  async search(): Promise<void> {
    const found = new Map<string, KnownRun>();
    for (const root of this.#roots) {
      for (const directory of await findRunDirectories(root, MARKS)) {
        const id = idOf(directory);
        const known = found.get(id) ?? this.#runs.get(id);
        const isAsKnown = known !== undefined && (known.files.tasks !== undefined || !existsSync(tasksFile(directory)));
        found.set(id, isAsKnown ? known : await knownRun(id, directory, root));
      }
    }
    this.#runs = found;
    this.#tasks = new Map([...found.values()].flatMap(tasksOf).map((task) => [task.id, task]));
  }
}

async function knownRun(id: string, directory: string, root: string): Promise<KnownRun> {
  // A run.json that cannot be read is no reason to show nothing.
  const files = await locateRun({ outputDir: directory }).catch(() => defaultRunFiles(directory));
  return { id, name: relative(root, directory) || basename(directory), files };
}

/** The runs of a run's tasks, each with the pairs that fell to it. */
export function tasksOf({ id, name, files }: KnownRun): readonly KnownTask[] {
  if (files.tasks === undefined) return [];
  return ownRuns(files.directory, files.tasks).map((own) => ({
    id: idOf(own.files.directory),
    name: `${name}/${own.name}`,
    files: own.files,
    partOf: id,
    span: { first: own.first, end: own.end },
  }));
}

/** The same every time, so that an address can be kept. */
function idOf(directory: string): string {
  return createHash('sha256').update(directory).digest('base64url').slice(0, 12);
}

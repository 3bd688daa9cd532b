import { createHash } from 'node:crypto';
import { basename, relative, resolve } from 'node:path';
import { backupName } from '../checkpoint/durable-replace.ts';
import { findRunDirectories } from '../operations/find-run-directories.ts';
import { locateRun } from '../run-directory/locate-run.ts';
import { defaultCheckpointName, defaultRunFiles, type RunFiles, STAGES } from '../run-directory/run-files.ts';

/** A run that was found. */
export interface KnownRun {
  readonly id: string;
  readonly name: string;
  readonly files: RunFiles;
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

  constructor(roots: readonly string[]) {
    this.#roots = roots.map((root) => resolve(root));
  }

  get runs(): Iterable<KnownRun> {
    return this.#runs.values();
  }

  find(id: string): KnownRun | undefined {
    return this.#runs.get(id);
  }

  /** Looks for runs again; those that were known before keep what is known of them. */
  async search(): Promise<void> {
    const found = new Map<string, KnownRun>();
    for (const root of this.#roots) {
      for (const directory of await findRunDirectories(root, MARKS)) {
        const id = idOf(directory);
        if (!found.has(id)) found.set(id, this.#runs.get(id) ?? (await knownRun(id, directory, root)));
      }
    }
    this.#runs = found;
  }
}

async function knownRun(id: string, directory: string, root: string): Promise<KnownRun> {
  // A run.json that cannot be read is no reason to show nothing.
  const files = await locateRun({ outputDir: directory }).catch(() => defaultRunFiles(directory));
  return { id, name: relative(root, directory) || basename(directory), files };
}

/** The same every time, so that an address can be kept. */
function idOf(directory: string): string {
  return createHash('sha256').update(directory).digest('base64url').slice(0, 12);
}

/**
 * The second place (`--backup_dir`): a folder, on another disk as a rule, or a prefix of a bucket, that gets a copy of every
 * checkpoint and segment. It may vanish at any time, and what then lies at its path may be the empty folder that a drive is mounted on. So it is known by a
 * marker in it, whose id the run directory remembers: without the marker nothing is written there. It belongs to one run: the
 * marker has that run's latest claim, which only the run directory knows that made it, and a lock says who is using it.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CheckpointError, codeOf, LockError, messageOf } from '../errors.ts';
import { joinPlace, resolvePlace } from '../s3/s3-address.ts';
import { copyIfChanged } from './copy-file.ts';
import { createDirectory } from './durable-replace.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { readWhole } from './read-file.ts';
import type { RunLock } from './run-lock.ts';
import {
  type KnownPlace,
  memoryFile,
  parsePlaceFile,
  readPlaces,
  rememberPlace,
  writePlaceFile,
} from './second-place-memory.ts';
import { listDirectory } from './stage-files.ts';

/** How long the end of a run waits for the lock of the place to be taken away. */
const CLOSE_MS = 5000;
/** What makes a folder a second place. */
export const PLACE_MARKER = 'midiloom-backup.json';

export interface SecondPlaceSetup {
  /** A folder, or `s3://bucket/prefix`. */
  readonly directory: string;
  readonly runDirectory: string;
  /** How files are read and written there. */
  readonly files: FileSystem;
  /** And in the run directory. */
  readonly fs?: FileSystem;
  /** `undefined`: none is taken. */
  readonly takeLock?: (directory: string) => Promise<RunLock>;
  /** Names of files of the run directory that go along with its checkpoints. */
  readonly companions?: readonly string[];
}

/** Whose the place is, as its marker says. */
interface Owner {
  readonly claim: string;
  readonly directory: string;
  readonly host: string;
  /** When it was claimed, ISO 8601. */
  readonly since: string;
}

interface Marker {
  readonly id: string;
  /** `undefined`: made by midiloom 0.1.0, which did not say. */
  readonly owner: Owner | undefined;
}

export class SecondPlace {
  readonly directory: string;
  readonly files: FileSystem;
  readonly #runDirectory: string;
  readonly #fs: FileSystem;
  readonly #takeLock: SecondPlaceSetup['takeLock'];
  readonly #companions: readonly string[];
  #copying: Promise<void> = Promise.resolve();
  #id: string | undefined;
  #claim: string | undefined;
  #lock: RunLock | undefined;
  #isClosed = false;

  constructor({ directory, runDirectory, files, fs = nodeFileSystem, takeLock, companions = [] }: SecondPlaceSetup) {
    this.directory = directory;
    this.files = files;
    this.#runDirectory = runDirectory;
    this.#fs = fs;
    this.#takeLock = takeLock;
    this.#companions = companions;
  }

  /**
   * Makes sure that the place is there, is the one it was, and is used by nobody else; on its first use it is created.
   *
   * @throws LockError `backup_locked` where another run uses it; any other error where it is not there.
   */
  async reach(): Promise<void> {
    if (this.#isClosed) throw new Error(`${this.directory} is not in use any more`);
    const marker = await this.#readMarker();
    const known = await this.#known(marker);
    const id = this.#id ?? known?.id;
    if (id !== undefined && marker?.id !== id) {
      throw new Error(
        `${this.directory} is not the place it was (is the drive mounted?); if that is meant so, remove ${memoryFile(this.#runDirectory)}`,
      );
    }
    if (this.#claim !== undefined && marker?.owner?.claim !== this.#claim) {
      throw new Error(`${this.directory} was taken over by ${ownerText(marker?.owner)}`);
    }
    if (this.#id !== undefined) return;
    if (marker === undefined) await this.#create();
    await this.#takeItsLock();
    this.#id = marker?.id ?? (await this.#readMarker())?.id;
  }

  /**
   * Makes sure that the place is this run's, before anything is written there. One that nobody has claimed, or that holds nothing,
   * becomes so.
   *
   * @param adopts - it becomes so whoever had it: this run is that one, brought back from there.
   * @throws CheckpointError `backup_of_another_run`, and as `reach`.
   */
  async own(adopts = false): Promise<void> {
    await this.reach();
    if (this.#claim !== undefined) return;
    const marker = await this.#readMarker();
    if (marker === undefined) throw new Error(`${this.directory} is gone`);
    const known = await this.#known(marker);
    const { id, owner } = marker;
    const isOurs = adopts || owner === undefined || known?.claims.includes(owner.claim) || (await this.#isEmpty());
    if (!isOurs) throw this.refusal(`it belongs to ${ownerText(owner)}`);
    const claim = freshId();
    const claims = owner === undefined ? [claim] : [owner.claim, claim];
    await createDirectory(this.#runDirectory, this.#fs);
    await rememberPlace(
      this.#runDirectory,
      { id, directory: resolvePlace(this.directory), claims, retired: known?.retired ?? [] },
      this.#fs,
    );
    const directory = resolve(this.#runDirectory);
    await this.#writeMarker({ id, owner: { claim, directory, host: hostname(), since: new Date().toISOString() } });
    this.#claim = claim;
  }

  /** Copies what goes along with the checkpoints; to be called once the place is this run's. */
  copyCompanions(): Promise<void> {
    const copy = async (): Promise<void> => {
      for (const name of this.#companions) {
        await copyIfChanged(
          { path: joinPlace(this.#runDirectory, name), fs: this.#fs },
          { path: joinPlace(this.directory, name), fs: this.files },
        );
      }
    };
    // Both stages ask for it; what failed for one of them is tried again by the other.
    this.#copying = this.#copying.then(copy, copy);
    return this.#copying;
  }

  /** Why what lies there is left alone. */
  refusal(reason: string): CheckpointError {
    return new CheckpointError(
      'backup_of_another_run',
      `${this.directory} holds the copy of another run, which is left as it is: ${reason}; give this run a --backup_dir of its own`,
    );
  }

  /** Notes in the run directory, before they are gone there, that the copies of these checkpoints are out of date. */
  async retire(names: readonly string[]): Promise<void> {
    const known = await this.#known();
    if (known === undefined) return;
    const retired = [...new Set([...known.retired, ...names])];
    await rememberPlace(this.#runDirectory, { ...known, retired }, this.#fs);
  }

  async isRetired(name: string): Promise<boolean> {
    return (await this.#known())?.retired.includes(name) ?? false;
  }

  /** The copy is out of the way. */
  async forgetRetired(name: string): Promise<void> {
    const known = await this.#known();
    if (known === undefined || !known.retired.includes(name)) return;
    const retired = known.retired.filter((each) => each !== name);
    await rememberPlace(this.#runDirectory, { ...known, retired }, this.#fs);
  }

  /** Lets others use the place. Does not wait for a drive that hangs: its lock is stale soon after the process has ended. */
  async close(): Promise<void> {
    // A copy that is still on its way must not take the lock again.
    this.#isClosed = true;
    const lock = this.#lock;
    this.#lock = undefined;
    this.#id = undefined;
    if (lock === undefined) return;
    const patience = new AbortController();
    const waited = pause(CLOSE_MS, undefined, { ref: false, signal: patience.signal }).catch(() => {}); // it was not needed
    await Promise.race([lock.release(), waited]).finally(() => patience.abort());
  }

  async #create(): Promise<void> {
    await createDirectory(this.directory, this.files);
    try {
      await this.#writeMarker({ id: freshId(), owner: undefined });
    } catch (error) {
      // Another run has just made it: the lock decides whose it is.
      if (codeOf(error) !== 's3_conflict') throw error;
    }
  }

  async #takeItsLock(): Promise<void> {
    if (this.#takeLock === undefined || (this.#lock !== undefined && !this.#lock.lost.aborted)) return;
    try {
      const lock = await this.#takeLock(this.directory);
      this.#lock = lock;
      if (this.#isClosed) await lock.release();
    } catch (error) {
      if (!(error instanceof LockError)) throw error;
      throw new LockError('backup_locked', `the second place is in use: ${messageOf(error)}`, { cause: error });
    }
  }

  /** What the run directory remembers of it; a drive may be mounted elsewhere by now. */
  async #known(marker?: Marker): Promise<KnownPlace | undefined> {
    const places = await readPlaces(this.#runDirectory, this.#fs);
    const here = resolvePlace(this.directory);
    return (
      places.find(({ directory }) => resolvePlace(directory) === here) ?? places.find(({ id }) => id === marker?.id)
    );
  }

  /** Whether no checkpoint lies there that could be brought back: all else is what a kill before the first one left. */
  async #isEmpty(): Promise<boolean> {
    const names = (await listDirectory(this.directory, this.files)) ?? [];
    const others = new Set([PLACE_MARKER, ...this.#companions]);
    return !names.some((name) => !others.has(name) && /(?<!\.requests)\.json(\.bak)?$/.test(name));
  }

  async #readMarker(): Promise<Marker | undefined> {
    const file = joinPlace(this.directory, PLACE_MARKER);
    const bytes = await readWhole(file, this.files);
    if (bytes === undefined) return undefined;
    const fields = parsePlaceFile(bytes, file);
    if (!fields.has('run')) return { id: fields.text('id'), owner: undefined };
    const run = fields.object('run');
    const owner = {
      claim: run.text('claim'),
      directory: run.text('directory'),
      host: run.text('host'),
      since: run.text('since'),
    };
    return { id: fields.text('id'), owner };
  }

  async #writeMarker({ id, owner }: Marker): Promise<void> {
    await writePlaceFile(joinPlace(this.directory, PLACE_MARKER), { id, run: owner ?? null }, this.files);
  }
}

function ownerText(owner: Owner | undefined): string {
  return owner === undefined ? 'somebody else' : `the run in ${owner.directory} on ${owner.host}, since ${owner.since}`;
}

function freshId(): string {
  return randomBytes(12).toString('hex');
}

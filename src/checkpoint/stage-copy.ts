import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CheckpointError, messageOf } from '../errors.ts';
import { copyFile, copyIfChanged, copyOnce } from './copy-file.ts';
import { makeDirectory, replaceDurably, syncDirectory } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import type { SecondPlace } from './second-place.ts';
import { readSegmentHeader, type SegmentInfo } from './segment.ts';
import { removeSuperseded, setAsideStage } from './set-aside.ts';
import { type StageFiles, segmentFile, stageFiles } from './stage-files.ts';

/** How long the end of a run waits for the second place to get what it lacks. */
const SETTLE_MS = 60_000;

/** What is saved and should be in the second place too. */
interface Target {
  readonly checkpoint: Uint8Array;
  readonly segments: number;
}

/**
 * Keeps a copy of one stage in the second place, beside the run: a commit never waits for it and never fails with it. When
 * the place vanishes, the user is told once; when it is back, what it lacks is copied.
 */
export class StageCopy {
  /** The copy, as a stage of its own. */
  readonly files: StageFiles;
  readonly #original: StageFiles;
  readonly #place: SecondPlace;
  readonly #fs: FileSystem;
  readonly #notify: (message: string) => void;
  #wanted: Target | undefined;
  #working: Promise<void> | undefined;
  /** Segments that are known to be there. */
  #copied = 0;
  #isAway = false;
  #hasCopied = false;

  constructor(original: StageFiles, place: SecondPlace, notify: (message: string) => void, fs: FileSystem) {
    this.files = stageFiles(join(place.directory, basename(original.checkpoint)));
    this.#original = original;
    this.#place = place;
    this.#notify = notify;
    this.#fs = fs;
  }

  /** Whether the place is there; if not, the user is told. */
  async isThere(): Promise<boolean> {
    try {
      await this.#place.reach();
      return true;
    } catch (error) {
      this.#leave(error);
      return false;
    }
  }

  /** For a run that starts over: the copy is kept until the new run has been copied. */
  async setAside(): Promise<void> {
    if (await this.isThere()) await setAsideStage(this.files, this.#fs);
  }

  /**
   * Refuses to overwrite the copy of another run. Segments are a function of the manifest and the options, so one with the same
   * of both is not another.
   */
  async refuseOther(): Promise<void> {
    if (!(await this.isThere())) return;
    const [ours, theirs] = await Promise.all([this.#firstSegment(this.#original), this.#firstSegment(this.files)]);
    if (ours === undefined || theirs === undefined) return;
    const common = Math.min(ours.header.pairHashes.length, theirs.header.pairHashes.length);
    const isSame =
      ours.header.fingerprint === theirs.header.fingerprint &&
      ours.header.pairHashes.subarray(0, common).every((hash, at) => hash === theirs.header.pairHashes[at]);
    if (isSame) return;
    throw new CheckpointError(
      'backup_of_another_run',
      `${this.files.checkpoint} is the copy of another run; give another --backup_dir, or start over with --force_restart`,
    );
  }

  /** Notes what is saved; the copy follows by itself. */
  update(checkpoint: Uint8Array, segments: number): void {
    this.#wanted = { checkpoint, segments };
    this.#working ??= this.#work();
  }

  /** The segments from this one on are others now. */
  forgetFrom(sequence: number): void {
    this.#copied = Math.min(this.#copied, sequence);
  }

  /** Waits for what is under way; tells the user what is missing in the end. */
  async settle(): Promise<void> {
    if (this.#working === undefined && this.#isAway && this.#wanted !== undefined) this.#working = this.#work();
    await this.#inTime();
    if (this.#wanted !== undefined) {
      this.#notify(
        `${this.files.checkpoint} lacks what was saved last; the next run with the same --backup_dir copies it`,
      );
    }
  }

  /** Resolves when what is under way is done, or after `SETTLE_MS`: a drive that hangs must not hold the run for ever. */
  async #inTime(): Promise<void> {
    if (this.#working === undefined) return;
    const patience = new AbortController();
    const waited = pause(SETTLE_MS, undefined, { ref: false, signal: patience.signal }).catch(() => {}); // it was not needed
    await Promise.race([this.#working, waited]);
    patience.abort();
  }

  /** Copies until nothing newer is wanted, or the place is away: then the next save tries again. */
  async #work(): Promise<void> {
    try {
      while (this.#wanted !== undefined) {
        const target = this.#wanted;
        await this.#copy(target);
        if (this.#wanted === target) this.#wanted = undefined;
      }
    } catch (error) {
      this.#leave(error);
    } finally {
      this.#working = undefined;
    }
  }

  async #copy({ checkpoint, segments }: Target): Promise<void> {
    await this.#place.reach();
    if (!this.#hasCopied) {
      // Never its parents: what was the drive a moment ago may be the folder that it was mounted on.
      await makeDirectory(this.files.segments, this.#fs);
      await syncDirectory(this.#place.directory, this.#fs);
      await copyOnce(this.#original.foreign, this.files.foreign, this.#fs);
      this.#copied = await this.#countEqual(segments);
    }
    await copyIfChanged(this.#original.requests, this.files.requests, this.#fs);
    const before = this.#copied;
    while (this.#copied < segments) {
      const sequence = this.#copied;
      const isRead = await copyFile(segmentFile(this.#original, sequence), segmentFile(this.files, sequence), this.#fs);
      if (!isRead) throw new Error(`${segmentFile(this.#original, sequence)} is gone`);
      // What was dropped while it was copied is to be copied again.
      if (this.#copied === sequence) this.#copied++;
    }
    await this.#place.reach();
    await replaceDurably(this.files.checkpoint, checkpoint, this.#fs);
    if (!this.#hasCopied) await removeSuperseded(this.files, this.#fs);
    this.#hasCopied = true;
    if (!this.#isAway) return;
    this.#isAway = false;
    this.#notify(`${this.files.checkpoint} can be written again; ${this.#copied - before} segments were copied`);
  }

  /** How many segments, from the first on, an earlier session has copied. */
  async #countEqual(segments: number): Promise<number> {
    for (let sequence = 0; sequence < segments; sequence++) {
      const [original, copy] = await Promise.all([
        chainIn(segmentFile(this.#original, sequence), this.#fs),
        chainIn(segmentFile(this.files, sequence), this.#fs),
      ]);
      if (original === undefined || original !== copy) return sequence;
    }
    return segments;
  }

  async #firstSegment(files: StageFiles): Promise<SegmentInfo | undefined> {
    return readSegmentHeader(segmentFile(files, 0), this.#fs).catch(() => undefined); // absent or damaged: nothing to compare
  }

  #leave(error: unknown): void {
    if (this.#isAway) return;
    this.#isAway = true;
    this.#notify(
      `${this.files.checkpoint} cannot be kept up: ${messageOf(error)}; the run goes on, and copies what is missing when it can`,
    );
  }
}

async function chainIn(file: string, fs: FileSystem): Promise<string | undefined> {
  try {
    return (await readSegmentHeader(file, fs)).chain;
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}

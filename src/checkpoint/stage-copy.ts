import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CheckpointError, LockError, messageOf } from '../errors.ts';
import { joinPlace } from '../s3/s3-address.ts';
import { type CheckpointFile, encodeCheckpoint } from './checkpoint-file.ts';
import { copyFile, copyIfChanged, copyOnce, type FileIn } from './copy-file.ts';
import { makeDirectory, replaceDurably, syncDirectory } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import type { SecondPlace } from './second-place.ts';
import { readSegmentHeader, type SegmentInfo } from './segment.ts';
import { removeSuperseded, setAsideStage } from './set-aside.ts';
import { type StageFiles, segmentFile, stageFiles } from './stage-files.ts';
import { segmentsNamedBy } from './walk-segments.ts';

/** How long the end of a run waits for the second place where nothing of what it lacks arrives there. */
const SETTLE_MS = 60_000;
/** Segments whose copies are looked at together when a session begins: a bucket answers after a while, but many at a time. */
const LOOKED_AT = 16;

/**
 * Keeps a copy of one stage in the second place, beside the run: a commit never waits for it and never fails with it. When
 * the place vanishes, the user is told once; when it is back, what it lacks is copied.
 */
export class StageCopy {
  /** The copy, as a stage of its own. */
  readonly files: StageFiles;
  /** Where these are. */
  readonly fs: FileSystem;
  readonly #original: StageFiles;
  readonly #place: SecondPlace;
  readonly #originalFs: FileSystem;
  readonly #notify: (message: string) => void;
  /** What is saved and should be in the second place too. */
  #wanted: CheckpointFile | undefined;
  #working: Promise<void> | undefined;
  /** Segments that are known to be there. */
  #copied = 0;
  /** Files that this process has copied. */
  #arrived = 0;
  #isAway = false;
  #hasCopied = false;

  constructor(original: StageFiles, place: SecondPlace, notify: (message: string) => void, fs: FileSystem) {
    this.files = stageFiles(joinPlace(place.directory, basename(original.checkpoint)));
    this.fs = place.files;
    this.#original = original;
    this.#place = place;
    this.#notify = notify;
    this.#originalFs = fs;
  }

  /**
   * Whether the place is there; if not, the user is told. A copy that was retired is set aside first.
   *
   * @throws LockError, CheckpointError where the place is another run's.
   */
  async isThere(): Promise<boolean> {
    try {
      await this.#place.reach();
      await this.#setAsideRetired();
      return true;
    } catch (error) {
      if (error instanceof LockError || error instanceof CheckpointError) throw error;
      this.#leave(error);
      return false;
    }
  }

  /** For a stage that starts over: whatever happens, its copy is not brought back, and is kept until the new run has been copied. */
  async setAside(): Promise<void> {
    await this.#place.retire([this.#name]);
    await this.own();
  }

  /**
   * Makes the place this run's, if it is there. This run is the one that is copied there where it `adopts` it: then it has been
   * examined, and is brought back.
   *
   * @throws CheckpointError `backup_of_another_run`, LockError.
   */
  async own(adopts = false): Promise<void> {
    if (!(await this.isThere())) return;
    if (!adopts) await this.#refuseOther();
    await this.#place.own(adopts);
  }

  /** Why the copy is not this run's. */
  refusal(reason: string): CheckpointError {
    return this.#place.refusal(reason);
  }

  async #setAsideRetired(): Promise<void> {
    if (!(await this.#place.isRetired(this.#name))) return;
    await this.#place.own();
    await setAsideStage(this.files, this.fs);
    await this.#place.forgetRetired(this.#name);
  }

  get #name(): string {
    return basename(this.#original.checkpoint);
  }

  /**
   * A place may say of no run that it is its own. Segments are a function of the manifest and the options, so that a copy with the
   * same of both is not another's.
   */
  async #refuseOther(): Promise<void> {
    const [ours, theirs] = await Promise.all([
      firstSegment(this.#original, this.#originalFs),
      firstSegment(this.files, this.fs),
    ]);
    if (ours === undefined || theirs === undefined) return;
    const common = Math.min(ours.header.pairHashes.length, theirs.header.pairHashes.length);
    const isSame =
      ours.header.fingerprint === theirs.header.fingerprint &&
      ours.header.pairHashes.subarray(0, common).every((hash, at) => hash === theirs.header.pairHashes[at]);
    if (isSame) return;
    throw this.#place.refusal('it was made from another manifest, or with other options');
  }

  /** Notes what is saved; the copy follows by itself. */
  update(checkpoint: CheckpointFile): void {
    this.#wanted = checkpoint;
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

  /** Resolves when what is under way is done, or stands still for `SETTLE_MS`: a drive that hangs must not hold the run for ever. */
  async #inTime(): Promise<void> {
    for (let arrived = -1; this.#working !== undefined && arrived < this.#arrived; ) {
      arrived = this.#arrived;
      const patience = new AbortController();
      const waited = pause(SETTLE_MS, undefined, { ref: false, signal: patience.signal }).catch(() => {}); // it was not needed
      await Promise.race([this.#working, waited]);
      patience.abort();
    }
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

  async #copy(checkpoint: CheckpointFile): Promise<void> {
    const { count, lost } = segmentsNamedBy(checkpoint);
    await this.#place.own();
    if (!this.#hasCopied) {
      await this.#setAsideRetired();
      // Never its parents: what was the drive a moment ago may be the folder that it was mounted on.
      await makeDirectory(this.files.segments, this.fs);
      await syncDirectory(this.#place.directory, this.fs);
      await copyOnce(this.#here(this.#original.foreign), this.#there(this.files.foreign));
    }
    await this.#place.copyCompanions();
    await copyIfChanged(this.#here(this.#original.requests), this.#there(this.files.requests));
    let copied = 0;
    while (this.#copied < count) {
      const first = this.#copied;
      const sequences = Array.from({ length: Math.min(LOOKED_AT, count - first) }, (_, at) => first + at);
      const equal = await Promise.all(sequences.map((each) => lost.has(each) || this.#isEqual(each)));
      for (const [at, sequence] of sequences.entries()) {
        // What was lost while it was copied is looked at again.
        if (this.#copied !== sequence) break;
        if (equal[at] === false) {
          await this.#copySegment(sequence);
          copied++;
        }
        if (this.#copied === sequence) this.#copied++;
      }
    }
    await this.#place.own();
    await replaceDurably(this.files.checkpoint, encodeCheckpoint(checkpoint), this.fs);
    this.#arrived++;
    if (!this.#hasCopied) await removeSuperseded(this.files, this.fs);
    this.#hasCopied = true;
    if (!this.#isAway) return;
    this.#isAway = false;
    this.#notify(`${this.files.checkpoint} can be written again; ${copied} segments were copied`);
  }

  async #copySegment(sequence: number): Promise<void> {
    const [from, to] = [segmentFile(this.#original, sequence), segmentFile(this.files, sequence)];
    if (!(await copyFile(this.#here(from), this.#there(to)))) throw new Error(`${from} is gone`);
    this.#arrived++;
  }

  /** Whether the place has the segment, as an earlier session may have copied it. */
  async #isEqual(sequence: number): Promise<boolean> {
    const copy = await chainIn(segmentFile(this.files, sequence), this.fs);
    return copy !== undefined && copy === (await chainIn(segmentFile(this.#original, sequence), this.#originalFs));
  }

  #here(path: string): FileIn {
    return { path, fs: this.#originalFs };
  }

  #there(path: string): FileIn {
    return { path, fs: this.fs };
  }

  #leave(error: unknown): void {
    if (this.#isAway) return;
    this.#isAway = true;
    this.#notify(
      `${this.files.checkpoint} cannot be kept up: ${messageOf(error)}; the run goes on, and copies what is missing when it can`,
    );
  }
}

async function firstSegment(files: StageFiles, fs: FileSystem): Promise<SegmentInfo | undefined> {
  return readSegmentHeader(segmentFile(files, 0), fs).catch(() => undefined); // absent or damaged: nothing to compare
}

async function chainIn(file: string, fs: FileSystem): Promise<string | undefined> {
  try {
    return (await readSegmentHeader(file, fs)).chain;
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}

import { basename, dirname } from 'node:path';
import { CheckpointError, codeOf, messageOf, type PairFailure } from '../errors.ts';
import type { Log } from '../log.ts';
import { type CheckpointFile, encodeCheckpoint, type StageStatus } from './checkpoint-file.ts';
import { contextOf, describeCheckpoint, NOTHING_YET, type SaveContext } from './describe-checkpoint.ts';
import { createDirectory, replaceDurably } from './durable-replace.ts';
import type { FailedPair } from './failed-pairs.ts';
import type { FileSystem } from './file-system.ts';
import { type Packing, storeRecords } from './pack-records.ts';
import { restoreSegments } from './restore-stage.ts';
import { writeSegment } from './segment.ts';
import { headerFor, type SegmentCommit } from './segment-commit.ts';
import { removeSuperseded, setAside } from './set-aside.ts';
import type { StageCopy } from './stage-copy.ts';
import { type StageFiles, segmentFile } from './stage-files.ts';
import type { StageProgress } from './stage-progress.ts';
import { type MadeFrom, type ManifestPart, StageReader, type StageRecord } from './stage-reader.ts';
import { readRequests, type StageRequests, saveRequests } from './stage-requests.ts';
import { identityOf, type StageSession } from './stage-session.ts';
import { recordsOfUnsaved, type UnsavedOutcomes } from './unsaved-outcomes.ts';
import { type BadSegment, expectedLink, segmentsNamedBy, walkSegments } from './walk-segments.ts';

/** What this process has written to the stage so far. */
export interface CommitStatistics {
  readonly commits: number;
  readonly bytesWritten: number;
  readonly seconds: number;
}

/** What `openStageStore` hands to the store. */
export interface StageStoreSetup extends StageSession {
  readonly files: StageFiles;
  readonly fs: FileSystem;
  readonly log: Log;
  readonly now: () => Date;
  readonly copy: StageCopy | undefined;
  readonly lost?: AbortSignal | undefined;
  /** How the records of new segments are packed. */
  readonly packing?: Packing | undefined;
}

/**
 * One stage's checkpoint and segments, opened by `openStageStore` under the run's lock. A storage error leaves the last
 * saved checkpoint good; the store then refuses to write until it is opened anew.
 */
export class StageStore {
  readonly #setup: StageStoreSetup;
  #progress: StageProgress;
  #saved: CheckpointFile;
  #queue: Promise<unknown> = Promise.resolve();
  #broken: unknown;
  #unsaved: UnsavedOutcomes[] = [];
  #waiting: (() => void)[] = [];
  #isPrepared = false;
  #hasSaved = false;
  #commits = 0;
  #bytesWritten = 0;
  #seconds = 0;

  constructor(setup: StageStoreSetup, progress: StageProgress, loaded: CheckpointFile | undefined) {
    this.#setup = setup;
    this.#progress = progress;
    this.#saved = loaded ?? this.#describe('not_started', NOTHING_YET);
  }

  get files(): StageFiles {
    return this.#setup.files;
  }

  /** The checkpoint as it was last saved or loaded; `not_started` where there is none yet. */
  get saved(): CheckpointFile {
    return this.#saved;
  }

  /** Index of the first pair that is the stage's. */
  get firstIndex(): number {
    return this.#setup.plan.firstIndex;
  }

  /** Last index of the main pass that is saved: one less than the first index where nothing is. */
  get lastIndex(): number {
    return this.#saved.last_processed_idx;
  }

  /** Pairs up to `lastIndex` that are to be made again, as the segments they were in are lost; ascending. */
  get missing(): Iterable<number> {
    return this.#progress.missing;
  }

  /** Whether results of a retry may be lost: their pairs have failed again. */
  get lacksRetries(): boolean {
    return this.#progress.lacksRetries;
  }

  isMissing(index: number): boolean {
    return this.#progress.missing.has(index);
  }

  /** Whether each pair before `end` has an outcome. */
  isDone(end: number): boolean {
    return this.lastIndex === end - 1 && this.#progress.missing.size === 0;
  }

  /** Rolling hash of the manifest up to `lastIndex`; empty where nothing is saved. */
  get planHash(): string {
    return this.#saved.plan.hash_at_last;
  }

  /** Number of the next retry. */
  get nextPass(): number {
    return this.#progress.latestPass + 1;
  }

  /** Last index that a retry has come to: nothing before its first commit, everything after a later one has begun. */
  lastIndexOfPass(pass: number): number {
    return this.#progress.lastIndexOfPass(pass);
  }

  /** What the user asked for beside the run. */
  requests(): Promise<StageRequests> {
    return readRequests(this.#setup.files, this.#setup.fs);
  }

  saveRequests(requests: StageRequests): Promise<void> {
    return this.#inTurn(async () => {
      await this.#prepare();
      await saveRequests(this.#setup.files, requests, this.#setup.fs);
    });
  }

  get statistics(): CommitStatistics {
    return { commits: this.#commits, bytesWritten: this.#bytesWritten, seconds: this.#seconds };
  }

  /** Whether the pair's latest outcome is a failure. */
  /** Pairs without a result, in order, with their codes; from memory. */
  get failedPairs(): Iterable<FailedPair> {
    return this.#progress.failedPairs;
  }

  isFailed(index: number): boolean {
    return this.#progress.isFailed(index);
  }

  /**
   * Saves a segment, then the checkpoint that names it; resolves when both are on the disk. Commits wait for each other.
   * Throws `StorageError`, or `CheckpointError` `segment_refused` where the outcomes do not fit the range or the stage.
   */
  commit(segment: SegmentCommit, context: SaveContext): Promise<void> {
    return this.#inTurn(async () => {
      const { fs, files } = this.#setup;
      const stored = await storeRecords(segment.frames, this.#setup.packing);
      const header = headerFor(segment, stored, this.#setup, this.#progress);
      const sequence = this.#progress.nextSequence;
      await this.#prepare();
      const info = await writeSegment(segmentFile(files, sequence), header, stored.chunks, fs);
      this.#bytesWritten += info.sizeBytes;
      this.#progress.apply(info);
      this.#unsaved = this.#unsaved.filter(({ last }) => last > this.#progress.lastIndex);
      await this.#save('in_progress', context);
      this.#commits++;
    });
  }

  /** Saves a change of status without new records. */
  saveStatus(status: StageStatus, context: SaveContext): Promise<void> {
    return this.#inTurn(() => this.#save(status, context));
  }

  /** As of the reader, like the next five: what is committed at the time of the call. */
  records(): AsyncGenerator<StageRecord> {
    return this.#reader().records();
  }

  /** Lets those who follow have what the main pass has made and will commit. */
  announce(outcomes: UnsavedOutcomes): void {
    this.#unsaved.push(outcomes);
    this.#wake();
  }

  /**
   * Every pair's outcome in index order, as `records` has them: what is committed, and then what the main pass adds, until `end` resolves.
   * Throws what `end` is rejected with, and `CheckpointError` `records_out_of_order` as soon as anything but the main pass changes what pairs have.
   */
  async *follow(end: Promise<void>): AsyncGenerator<StageRecord> {
    let hasEnded = false;
    const ended = end.then(() => {
      hasEnded = true;
    });
    ended.catch(() => {}); // the race below throws it
    const read = this.#reader().segmentReader();
    const progress = this.#progress;
    for (let [next, at] = [this.firstIndex, 0]; ; ) {
      if (this.#progress !== progress || progress.latestPass > 0 || progress.lost.size > 0) {
        throw new CheckpointError('records_out_of_order', `the ${this.#setup.stage} stage goes back to earlier pairs`);
      }
      const unsaved = this.#unsaved.find(({ first }) => first === next);
      while ((progress.segments[at]?.last ?? next) < next) at++;
      const ref = progress.segments[at];
      if (unsaved !== undefined) {
        yield* recordsOfUnsaved(unsaved);
        next = unsaved.last + 1;
      } else if (ref !== undefined) {
        for (const record of await read(ref)) if (record.index >= next) yield record;
        next = ref.last + 1;
      } else if (hasEnded) return;
      else await Promise.race([this.#nextChange(), ended]);
    }
  }

  /** Resolves when the main pass has saved a pair, or when `end` does. Throws what `end` is rejected with. */
  async untilSaved(index: number, end: Promise<void>): Promise<void> {
    let hasEnded = false;
    const ended = end.then(() => {
      hasEnded = true;
    });
    ended.catch(() => {}); // the race below throws it, unless there is nothing to wait for
    while (!hasEnded && this.lastIndex < index) await Promise.race([this.#nextChange(), ended]);
  }

  failures(): AsyncGenerator<PairFailure> {
    return this.#reader().failures();
  }

  manifest(): AsyncGenerator<ManifestPart> {
    return this.#reader().manifest();
  }

  madeFrom(): AsyncGenerator<MadeFrom> {
    return this.#reader().madeFrom();
  }

  recordsOf(indices: ReadonlySet<number>): Promise<ReadonlyMap<number, Uint8Array>> {
    return this.#reader().recordsOf(indices);
  }

  verifyAll(): Promise<BadSegment | undefined> {
    return this.#reader().verifyAll();
  }

  /** Puts the copy of a damaged segment in its place; returns whether the second place has one that fits. */
  async restore(bad: BadSegment): Promise<boolean> {
    const { copy, files, fs } = this.#setup;
    if (copy === undefined || !(await copy.isThere())) return false;
    const expected = await expectedLink(files, segmentsNamedBy(this.#saved), bad.sequence, fs);
    return (await restoreSegments(files, copy, [{ ...bad, expected }], fs)) > 0;
  }

  /** Lets the second place have what is saved; it follows by itself from then on. */
  updateCopy(): void {
    this.#setup.copy?.update(this.#saved);
  }

  /** Waits until the second place has everything, or tells the user that it does not. */
  async settleCopy(): Promise<void> {
    await this.#setup.copy?.settle();
  }

  /** Goes on without a segment that turned out bad, and saves that; the file is kept as evidence. Its pairs are missing then. */
  lose(bad: BadSegment): Promise<void> {
    return this.#inTurn(async () => {
      const { files, fs, log } = this.#setup;
      const named = segmentsNamedBy(this.#saved);
      const lost = new Set([...named.lost, bad.sequence]);
      const { progress } = await walkSegments(files, identityOf(this.#setup), { ...named, lost }, fs);
      if (bad.present) await setAside(bad.file, 'corrupt', fs);
      this.#setup.copy?.forgetFrom(bad.sequence);
      this.#progress = progress;
      await this.#save('in_progress', contextOf(this.#saved));
      log('warning', 'a segment is lost', () => ({ ...bad, missing: progress.missing.size }));
    });
  }

  /** Resolves when there is more, or a step has been taken. */
  #nextChange(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** One step at a time; after a step that failed half-way none follows. */
  #inTurn(step: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(async () => {
      if (this.#broken !== undefined) throw this.#broken;
      this.#setup.lost?.throwIfAborted();
      const start = performance.now();
      try {
        await step();
      } catch (error) {
        if (codeOf(error) !== 'segment_refused') this.#broken = error;
        throw error;
      } finally {
        this.#seconds += (performance.now() - start) / 1000;
        this.#wake();
      }
    });
    this.#queue = turn.catch(() => {}); // whoever asked for the step has the error
    return turn;
  }

  async #save(status: StageStatus, context: SaveContext): Promise<void> {
    const { files, fs, log } = this.#setup;
    const checkpoint = this.#describe(status, context);
    const { status: before } = this.#saved;
    await this.#prepare();
    this.#bytesWritten += await replaceDurably(files.checkpoint, encodeCheckpoint(checkpoint), fs);
    this.#saved = checkpoint;
    this.updateCopy();
    if (status !== before) log('debug', 'state changed', () => ({ file: files.checkpoint, from: before, to: status }));
    log('debug', 'checkpoint saved', () => ({ file: files.checkpoint, status, last: checkpoint.last_processed_idx }));
    if (this.#hasSaved) return;
    this.#hasSaved = true;
    await removeSuperseded(files, fs).catch((error) => {
      log('warning', 'what an earlier run left cannot be removed', () => ({ error: messageOf(error) }));
    });
  }

  /** Before the first write: the directories are there, and stay. */
  async #prepare(): Promise<void> {
    if (this.#isPrepared) return;
    const { files, fs } = this.#setup;
    await createDirectory(dirname(files.checkpoint), fs);
    await createDirectory(files.segments, fs);
    this.#isPrepared = true;
  }

  #describe(status: StageStatus, context: SaveContext): CheckpointFile {
    const { files, now } = this.#setup;
    return describeCheckpoint(this.#setup, basename(files.segments), this.#progress, status, context, now());
  }

  #reader(): StageReader {
    return new StageReader(this.#setup.files, this.#progress, this.#setup.fs);
  }
}

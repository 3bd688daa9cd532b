import { basename, dirname } from 'node:path';
import { CheckpointError, codeOf, messageOf, type PairFailure } from '../errors.ts';
import type { Log } from '../log.ts';
import { type CheckpointFile, encodeCheckpoint, type StageStatus } from './checkpoint-file.ts';
import {
  contextOf,
  describeCheckpoint,
  NOTHING_YET,
  type SaveContext,
  type StageSession,
} from './describe-checkpoint.ts';
import { createDirectory, replaceDurably } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import { mergePasses } from './merge-passes.ts';
import { readSegment, readSegmentHeader, writeSegment } from './segment.ts';
import { headerFor, type SegmentCommit } from './segment-commit.ts';
import { removeSuperseded, setAside } from './set-aside.ts';
import { type StageFiles, segmentFile } from './stage-files.ts';
import { identityOf, type SegmentRef, type StageProgress } from './stage-progress.ts';
import { type BadSegment, walkSegments } from './walk-segments.ts';

export type StageRecord =
  | { readonly index: number; readonly ok: true; readonly bytes: Uint8Array }
  | { readonly index: number; readonly ok: false; readonly failure: PairFailure };

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

  /** The checkpoint as it was last saved or loaded; `not_started` where there is none yet. */
  get saved(): CheckpointFile {
    return this.#saved;
  }

  /** Last index of the main pass that is saved: -1 where nothing is. */
  get lastIndex(): number {
    return this.#saved.last_processed_idx;
  }

  /** Rolling hash of the manifest up to `lastIndex`; empty where nothing is saved. */
  get planHash(): string {
    return this.#saved.plan.hash_at_last;
  }

  /** Number of the next retry. */
  get nextPass(): number {
    return this.#progress.latestPass + 1;
  }

  get statistics(): CommitStatistics {
    return { commits: this.#commits, bytesWritten: this.#bytesWritten, seconds: this.#seconds };
  }

  /** Whether the pair's latest outcome is a failure. */
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
      const header = headerFor(segment, this.#setup, this.#progress);
      const sequence = this.#progress.segments.length;
      await this.#prepare();
      const info = await writeSegment(segmentFile(files, sequence), header, segment.frames, fs);
      this.#bytesWritten += info.sizeBytes;
      this.#progress.apply(info);
      await this.#save('in_progress', context);
      this.#commits++;
    });
  }

  /** Saves a change of status without new records. */
  saveStatus(status: StageStatus, context: SaveContext): Promise<void> {
    return this.#inTurn(() => this.#save(status, context));
  }

  /**
   * Every pair's latest outcome in index order, from the first to `lastIndex`; holds one segment per pass. A segment that
   * turns out damaged is `CheckpointError` `segment_corrupt` or `segment_missing`: see `verifyAll` and `dropFrom`.
   */
  records(): AsyncGenerator<StageRecord> {
    return mergePasses(this.#byPass((ref) => this.#readRecords(ref)));
  }

  /** The latest failure of every pair that has no result, in index order; reads headers only. */
  async *failures(): AsyncGenerator<PairFailure> {
    for await (const { failure } of mergePasses(this.#byPass((ref) => this.#readFailures(ref)))) {
      if (failure !== undefined) yield failure;
    }
  }

  /** The hashes of the manifest's entries as the main pass saw them, one segment after the other, in index order. */
  async *pairHashes(): AsyncGenerator<{ readonly first: number; readonly hashes: Uint32Array }> {
    for (const ref of this.#progress.segments) {
      if (ref.pass > 0) continue;
      const { header } = await readSegmentHeader(this.#file(ref), this.#setup.fs);
      yield { first: header.first, hashes: header.pairHashes };
    }
  }

  /** Reads and verifies every record of every segment; the first segment that is not good, if any. */
  async verifyAll(): Promise<BadSegment | undefined> {
    for (const ref of this.#progress.segments) {
      const file = this.#file(ref);
      try {
        await readSegment(file, this.#setup.fs);
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
        const present = error.code !== 'segment_missing';
        return { sequence: ref.sequence, file, present, reason: messageOf(error) };
      }
    }
    return undefined;
  }

  /** Falls back to the segments before `bad` and saves that; a damaged file is kept as evidence. The rest is to be redone. */
  dropFrom(bad: BadSegment): Promise<void> {
    return this.#inTurn(async () => {
      const { files, fs, log } = this.#setup;
      const { progress } = await walkSegments(files, identityOf(this.#setup), bad.sequence, undefined, fs);
      if (bad.present) await setAside(bad.file, 'corrupt', fs);
      this.#progress = progress;
      await this.#save('in_progress', contextOf(this.#saved));
      log('warning', 'dropped back to the last good segment', () => ({ ...bad, last: progress.lastIndex }));
    });
  }

  /** One step at a time; after a step that failed half-way none follows. */
  #inTurn(step: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(async () => {
      if (this.#broken !== undefined) throw this.#broken;
      const start = performance.now();
      try {
        await step();
      } catch (error) {
        if (codeOf(error) !== 'segment_refused') this.#broken = error;
        throw error;
      } finally {
        this.#seconds += (performance.now() - start) / 1000;
      }
    });
    this.#queue = turn.catch(() => {}); // whoever asked for the step has the error
    return turn;
  }

  async #save(status: StageStatus, context: SaveContext): Promise<void> {
    const { files, fs, log } = this.#setup;
    const checkpoint = this.#describe(status, context);
    await this.#prepare();
    this.#bytesWritten += await replaceDurably(files.checkpoint, encodeCheckpoint(checkpoint), fs);
    this.#saved = checkpoint;
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

  /** One generator per pass, in pass order, over the outcomes of that pass's segments. */
  #byPass<T>(read: (ref: SegmentRef) => Promise<readonly T[]>): AsyncGenerator<readonly T[]>[] {
    const passes = new Map<number, SegmentRef[]>();
    for (const ref of this.#progress.segments) {
      const refs = passes.get(ref.pass);
      if (refs === undefined) passes.set(ref.pass, [ref]);
      else refs.push(ref);
    }
    return [...passes].sort(([a], [b]) => a - b).map(([, refs]) => readEach(refs, read));
  }

  async #readRecords(ref: SegmentRef): Promise<readonly StageRecord[]> {
    const { header, records } = await readSegment(this.#file(ref), this.#setup.fs);
    const outcomes: StageRecord[] = records.map(({ index, bytes }) => ({ index, ok: true, bytes }));
    for (const failure of header.failures) outcomes.push({ index: failure.index, ok: false, failure });
    return outcomes.sort((a, b) => a.index - b.index);
  }

  async #readFailures(ref: SegmentRef): Promise<readonly { index: number; failure: PairFailure | undefined }[]> {
    const { header } = await readSegmentHeader(this.#file(ref), this.#setup.fs);
    const failed = new Map(header.failures.map((failure) => [failure.index, failure]));
    const indices = ref.pass === 0 ? failed.keys() : header.retried;
    return Array.from(indices, (index) => ({ index, failure: failed.get(index) }));
  }

  #file(ref: SegmentRef): string {
    return segmentFile(this.#setup.files, ref.sequence);
  }
}

async function* readEach<T>(
  refs: readonly SegmentRef[],
  read: (ref: SegmentRef) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for (const ref of refs) yield await read(ref);
}

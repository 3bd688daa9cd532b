import { CheckpointError, messageOf, type PairFailure } from '../errors.ts';
import type { FileSystem } from './file-system.ts';
import { mergePasses } from './merge-passes.ts';
import { readSegment, readSegmentHeader } from './segment.ts';
import { type StageFiles, segmentFile } from './stage-files.ts';
import type { SegmentRef, StageProgress } from './stage-progress.ts';
import type { BadSegment } from './walk-segments.ts';

export type StageRecord =
  | { readonly index: number; readonly ok: true; readonly bytes: Uint8Array }
  | { readonly index: number; readonly ok: false; readonly failure: PairFailure };

/** A segment's part of the manifest. */
export interface MainPassPart {
  readonly first: number;
  /** One hash per pair, from `first` on. */
  readonly hashes: Uint32Array;
  /** Rolling hash of the manifest up to the last of them. */
  readonly planHash: string;
}

/** What the segments of a stage hold. Segments never change, so that this works beside a run that adds to them. */
export class StageReader {
  readonly #files: StageFiles;
  readonly #fs: FileSystem;
  readonly #segments: readonly SegmentRef[];

  constructor(files: StageFiles, { segments }: StageProgress, fs: FileSystem) {
    this.#files = files;
    this.#fs = fs;
    this.#segments = [...segments];
  }

  /**
   * Every pair's latest outcome in index order, from the first to the last that was tried. The bytes of a record are good
   * until the next one is asked for: each pass reads its segments into the same memory. A segment that turns out damaged is
   * `CheckpointError` `segment_corrupt` or `segment_missing`: see `verifyAll`.
   */
  records(): AsyncGenerator<StageRecord> {
    return mergePasses(
      this.#byPass(() => {
        const memory = new ReusedMemory();
        return (ref) => this.#readRecords(ref, memory);
      }),
    );
  }

  /** The latest failure of every pair that has no result, in index order; reads headers only. */
  async *failures(): AsyncGenerator<PairFailure> {
    for await (const { failure } of mergePasses(this.#byPass(() => (ref) => this.#readFailures(ref)))) {
      if (failure !== undefined) yield failure;
    }
  }

  /** What the main pass noted of the manifest, one segment after the other, in index order. */
  async *mainPass(): AsyncGenerator<MainPassPart> {
    for (const ref of this.#segments) {
      if (ref.pass > 0) continue;
      const { header } = await readSegmentHeader(this.#file(ref), this.#fs);
      yield { first: header.first, hashes: header.pairHashes, planHash: header.planHash };
    }
  }

  /** Reads and verifies every record of every segment; the first segment that is not good, if any. */
  async verifyAll(): Promise<BadSegment | undefined> {
    for (const ref of this.#segments) {
      const file = this.#file(ref);
      try {
        await readSegment(file, this.#fs);
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
        const present = error.code !== 'segment_missing';
        return { sequence: ref.sequence, file, present, reason: messageOf(error) };
      }
    }
    return undefined;
  }

  /** One generator per pass, in pass order, over the outcomes of that pass's segments. */
  #byPass<T>(readerOfPass: () => (ref: SegmentRef) => Promise<readonly T[]>): AsyncGenerator<readonly T[]>[] {
    const passes = new Map<number, SegmentRef[]>();
    for (const ref of this.#segments) {
      const refs = passes.get(ref.pass);
      if (refs === undefined) passes.set(ref.pass, [ref]);
      else refs.push(ref);
    }
    return [...passes].sort(([a], [b]) => a - b).map(([, refs]) => readEach(refs, readerOfPass()));
  }

  async #readRecords(ref: SegmentRef, memory: ReusedMemory): Promise<readonly StageRecord[]> {
    const { header, records } = await readSegment(this.#file(ref), this.#fs, (bytes) => memory.take(bytes));
    const outcomes: StageRecord[] = records.map(({ index, bytes }) => ({ index, ok: true, bytes }));
    for (const failure of header.failures) outcomes.push({ index: failure.index, ok: false, failure });
    return outcomes.sort((a, b) => a.index - b.index);
  }

  async #readFailures(ref: SegmentRef): Promise<readonly { index: number; failure: PairFailure | undefined }[]> {
    const { header } = await readSegmentHeader(this.#file(ref), this.#fs);
    const failed = new Map(header.failures.map((failure) => [failure.index, failure]));
    const indices = ref.pass === 0 ? failed.keys() : header.retried;
    return Array.from(indices, (index) => ({ index, failure: failed.get(index) }));
  }

  #file(ref: SegmentRef): string {
    return segmentFile(this.#files, ref.sequence);
  }
}

async function* readEach<T>(
  refs: readonly SegmentRef[],
  read: (ref: SegmentRef) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for (const ref of refs) yield await read(ref);
}

/** Memory for one thing after the other: a new buffer for each would wait in its dozens for the collector. */
class ReusedMemory {
  #buffer = Buffer.alloc(0);

  take(bytes: number): Buffer {
    if (bytes > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(bytes);
    return this.#buffer.subarray(0, bytes);
  }
}

import { CheckpointError, messageOf, type PairFailure } from '../errors.ts';
import type { FileSystem } from './file-system.ts';
import { mergePasses } from './merge-passes.ts';
import { readSegment, readSegmentHeader } from './segment.ts';
import { KEY_BYTES, STAMP_BYTES, triedIndices } from './segment-header.ts';
import { type StageFiles, segmentFile } from './stage-files.ts';
import type { SegmentRef, StageProgress } from './stage-progress.ts';
import type { BadSegment } from './walk-segments.ts';

export type StageRecord =
  | { readonly index: number; readonly ok: true; readonly bytes: Uint8Array }
  | { readonly index: number; readonly ok: false; readonly failure: PairFailure };

/** What was noted of the manifest for consecutive pairs. */
export interface ManifestPart {
  readonly first: number;
  /** One hash per pair, from `first` on. */
  readonly hashes: Uint32Array;
  /** Rolling hash of the manifest up to the last of them, where it was noted. */
  readonly planHash: string | undefined;
}

/** What a pair's latest outcome was made from. */
export interface MadeFrom {
  readonly index: number;
  /** Of `STAMP_BYTES`; `undefined` where it was not noted. */
  readonly stamp: Uint8Array | undefined;
  readonly ok: boolean;
  /** The code of its failure, where it has one. */
  readonly code: string | undefined;
}

/** What a pair is known by: a view of `KEY_BYTES`. */
export interface PairKey {
  readonly index: number;
  readonly key: Uint8Array;
}

/** What the segments of a stage hold. Segments never change, so that this works beside a run that adds to them. */
/** What a reader tells; of several stages one after the other, the same. */
export type StageOutcomes = Pick<
  StageReader,
  'records' | 'failures' | 'manifest' | 'madeFrom' | 'keys' | 'recordsOf' | 'verifyAll'
>;

export class StageReader {
  readonly #files: StageFiles;
  readonly #fs: FileSystem;
  readonly #segments: readonly SegmentRef[];
  readonly #end: { readonly lastIndex: number; readonly planHash: string };

  constructor(files: StageFiles, { segments, lastIndex, planHash }: StageProgress, fs: FileSystem) {
    this.#files = files;
    this.#fs = fs;
    this.#segments = [...segments];
    this.#end = { lastIndex, planHash };
  }

  /**
   * Every pair's latest outcome in index order, from the first to the last that was tried. The bytes of a record are good
   * until the next one is asked for: each pass reads its segments into the same memory. A segment that turns out damaged is
   * `CheckpointError` `segment_corrupt` or `segment_missing`: see `verifyAll`.
   */
  records(): AsyncGenerator<StageRecord> {
    return mergePasses(this.#byPass(() => this.segmentReader()));
  }

  /** Reads the outcomes of one segment after the other, as `records` has them; bytes are good until the next one is read. */
  segmentReader(): (ref: SegmentRef) => Promise<readonly StageRecord[]> {
    const memory = new ReusedMemory();
    return (ref) => this.#readRecords(ref, memory);
  }

  /** The latest failure of every pair that has no result, in index order; reads headers only. */
  async *failures(): AsyncGenerator<PairFailure> {
    for await (const { failure } of mergePasses(this.#byPass(() => (ref) => this.#readFailures(ref)))) {
      if (failure !== undefined) yield failure;
    }
  }

  /** What was noted of the manifest, in index order; reads headers only. */
  async *manifest(): AsyncGenerator<ManifestPart> {
    const { lastIndex, planHash } = this.#end;
    let first = 0;
    let hashes: number[] = [];
    const part = (hash: string | undefined): ManifestPart => ({
      first,
      hashes: Uint32Array.from(hashes),
      planHash: hash,
    });
    for await (const entry of mergePasses(this.#byPass(() => (ref) => this.#readManifest(ref)))) {
      if (hashes.length > 0 && entry.index !== first + hashes.length) {
        yield part(undefined);
        hashes = [];
      }
      if (hashes.length === 0) first = entry.index;
      hashes.push(entry.hash);
      const planHashHere = entry.index === lastIndex ? planHash : entry.planHash;
      if (planHashHere === undefined) continue;
      yield part(planHashHere);
      hashes = [];
    }
    if (hashes.length > 0) yield part(undefined);
  }

  /** What every pair's latest outcome was made from, in index order; reads headers only. */
  madeFrom(): AsyncGenerator<MadeFrom> {
    return mergePasses(this.#byPass(() => (ref) => this.#readMadeFrom(ref)));
  }

  /** What every pair is known by, in index order, as far as it was noted; reads headers only. */
  keys(): AsyncGenerator<PairKey> {
    return mergePasses(this.#byPass(() => (ref) => this.#readKeys(ref)));
  }

  /** The latest results of some pairs, in memory of their own; of one that has failed, none. */
  async recordsOf(indices: ReadonlySet<number>): Promise<ReadonlyMap<number, Uint8Array>> {
    const [least, most] = [Math.min(...indices), Math.max(...indices)];
    const found = new Map<number, Uint8Array>();
    const refs = this.#segments.filter(({ first, last }) => first <= most && last >= least);
    for (const ref of refs.sort((a, b) => a.pass - b.pass)) {
      const { header, records } = await readSegment(this.#file(ref), this.#fs);
      for (const { index } of header.failures) found.delete(index);
      for (const { index, bytes } of records) if (indices.has(index)) found.set(index, bytes);
    }
    return found;
  }

  /** Reads and verifies every record of every segment; the first segment that is not good, if any. */
  async verifyAll(signal?: AbortSignal): Promise<BadSegment | undefined> {
    for (const ref of this.#segments) {
      signal?.throwIfAborted();
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

  async #readManifest(
    ref: SegmentRef,
  ): Promise<readonly { index: number; hash: number; planHash: string | undefined }[]> {
    const { header } = await readSegmentHeader(this.#file(ref), this.#fs);
    const { pairHashes, planHash, pass, last } = header;
    const indices = [...triedIndices(header)];
    return Array.from(pairHashes, (hash, at) => {
      const index = indices[at] ?? -1;
      return { index, hash, planHash: pass === 0 && index === last ? planHash : undefined };
    });
  }

  async #readMadeFrom(ref: SegmentRef): Promise<readonly MadeFrom[]> {
    const { header } = await readSegmentHeader(this.#file(ref), this.#fs);
    const { stamps } = header;
    const failed = new Map(header.failures.map(({ index, code }) => [index, code]));
    return Array.from(triedIndices(header), (index, at) => ({
      index,
      stamp: stamps.length === 0 ? undefined : stamps.subarray(at * STAMP_BYTES, (at + 1) * STAMP_BYTES),
      ok: !failed.has(index),
      code: failed.get(index),
    }));
  }

  async #readKeys(ref: SegmentRef): Promise<readonly PairKey[]> {
    const { header } = await readSegmentHeader(this.#file(ref), this.#fs);
    if (header.keys.length === 0) return [];
    return Array.from(triedIndices(header), (index, at) => ({
      index,
      key: header.keys.subarray(at * KEY_BYTES, (at + 1) * KEY_BYTES),
    }));
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

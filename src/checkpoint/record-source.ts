import { CheckpointError, messageOf } from '../errors.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { readInto, readingFile } from './read-file.ts';
import { FRAME_BYTES, readFrames } from './record-frame.ts';
import { readSegment, type Segment } from './segment.ts';
import type { SegmentHeader } from './segment-header.ts';
import { STAMP_BYTES } from './segment-header.ts';
import { findSegment, placeAmong, placeIn, segmentsByPass } from './segments-by-pass.ts';
import { type StageFiles, segmentFile } from './stage-files.ts';
import type { SegmentRef } from './stage-progress.ts';
import type { StageRecord } from './stage-reader.ts';
import type { BadSegment } from './walk-segments.ts';

/** A pair's latest outcome, with what it was made from. */
export type SourcedRecord = StageRecord & { readonly stamp: Uint8Array | undefined };

/** Segments that are in memory at a time: pairs that are asked for in order need one, and a few more where batches overlap. */
const HELD = 4;

/**
 * Single outcomes of a stage that does not change any more, in whatever order they are asked for. A segment is read and verified
 * as a whole once; one that is met again later gives its records one by one. Takes eight bytes for each record that it has seen.
 */
export class RecordSource {
  readonly #files: StageFiles;
  readonly #fs: FileSystem;
  /** Of each pass by their indices; the latest pass first. */
  readonly #passes: readonly (readonly SegmentRef[])[];
  readonly #known = new Map<number, KnownSegment | undefined>();
  readonly #held = new Map<number, Segment>();
  readonly #onBad: (bad: BadSegment) => Promise<void>;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param onBad - told once of each segment that cannot be read; what it held is as if it had never been made. */
  constructor(
    files: StageFiles,
    segments: readonly SegmentRef[],
    onBad: (bad: BadSegment) => Promise<void>,
    fs: FileSystem = nodeFileSystem,
  ) {
    this.#files = files;
    this.#fs = fs;
    this.#onBad = onBad;
    this.#passes = segmentsByPass(segments);
  }

  /** The outcomes of some pairs, in their order; nothing for one whose segment is damaged. One call at a time is worked on. */
  read(indices: readonly number[]): Promise<readonly (SourcedRecord | undefined)[]> {
    const turn = this.#queue.then(async () => {
      const records: (SourcedRecord | undefined)[] = [];
      for (const index of indices) records.push(await this.#readOne(index));
      return records;
    });
    this.#queue = turn.catch(() => {}); // whoever asked has the error
    return turn;
  }

  async #readOne(index: number): Promise<SourcedRecord | undefined> {
    for (const refs of this.#passes) {
      const ref = findSegment(refs, index);
      if (ref === undefined) continue;
      const known = await this.#segment(ref);
      // What lies under a damaged segment of a later pass may be out of date.
      if (known === undefined) return undefined;
      const at = placeIn(known.header, index);
      if (at >= 0) return this.#recordAt(ref, known, index, at);
    }
    return undefined;
  }

  async #segment(ref: SegmentRef): Promise<KnownSegment | undefined> {
    const { sequence } = ref;
    if (this.#known.has(sequence)) return this.#known.get(sequence);
    const file = segmentFile(this.#files, sequence);
    try {
      const segment = await readSegment(file, this.#fs);
      this.#hold(sequence, segment);
      const known = knownOf(segment);
      this.#known.set(sequence, known);
      return known;
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      this.#known.set(sequence, undefined);
      await this.#onBad({
        sequence,
        file,
        present: error.code !== 'segment_missing',
        reason: messageOf(error),
      });
      return undefined;
    }
  }

  #hold(sequence: number, segment: Segment): void {
    this.#held.delete(sequence);
    this.#held.set(sequence, segment);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= HELD) break;
      this.#held.delete(oldest);
    }
  }

  async #recordAt(ref: SegmentRef, known: KnownSegment, index: number, at: number): Promise<SourcedRecord | undefined> {
    const { header } = known;
    const stamp =
      header.stamps.length === 0 ? undefined : header.stamps.subarray(at * STAMP_BYTES, (at + 1) * STAMP_BYTES);
    const failure = header.failures.find((each) => each.index === index);
    if (failure !== undefined) return { index, ok: false, failure, stamp };
    const bytes = await this.#bytesOf(ref, known, index);
    return bytes === undefined ? undefined : { index, ok: true, bytes, stamp };
  }

  async #bytesOf({ sequence }: SegmentRef, known: KnownSegment, index: number): Promise<Uint8Array | undefined> {
    const at = placeAmong(known.indices, index);
    const held = this.#held.get(sequence);
    if (held !== undefined) return held.records[at]?.bytes;
    if (known.header.packed !== undefined) return this.#unpacked(sequence, at);
    const [start, end] = [known.offsets[at] ?? 0, known.offsets[at + 1] ?? 0];
    const frame = await readingFile(segmentFile(this.#files, sequence), this.#fs, (handle, size) =>
      readInto(handle, Buffer.allocUnsafe(end - start), size - known.header.recordsBytes + start),
    );
    const [record] = frame === undefined ? [] : readFrames(frame);
    return record?.index === index ? record.bytes : undefined;
  }

  /** Of packed records none can be had alone. */
  async #unpacked(sequence: number, at: number): Promise<Uint8Array | undefined> {
    const segment = await readSegment(segmentFile(this.#files, sequence), this.#fs);
    this.#hold(sequence, segment);
    return segment.records[at]?.bytes;
  }
}

interface KnownSegment {
  /** Without its keys, which take the most of it. */
  readonly header: SegmentHeader;
  /** Of its records, ascending. */
  readonly indices: Uint32Array;
  /** Where their frames begin, from the start of the records; and where the last one ends. */
  readonly offsets: Uint32Array;
}

function knownOf({ header, records }: Segment): KnownSegment {
  const offsets = new Uint32Array(records.length + 1);
  for (const [at, { bytes }] of records.entries()) offsets[at + 1] = (offsets[at] ?? 0) + FRAME_BYTES + bytes.length;
  const lean = { ...header, keys: NOTHING, pairHashes: NO_HASHES };
  return { header: lean, indices: Uint32Array.from(records, ({ index }) => index), offsets };
}

const NOTHING = new Uint8Array();
const NO_HASHES = new Uint32Array();

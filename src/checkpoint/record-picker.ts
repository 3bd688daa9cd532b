import { CheckpointError } from '../errors.ts';
import { type FileSystem, nodeFileSystem, type OpenFile } from './file-system.ts';
import { readInto, readingFile } from './read-file.ts';
import { FRAME_BYTES, readFrameStart } from './record-frame.ts';
import { readSegment, readSegmentHeader } from './segment.ts';
import type { SegmentHeader } from './segment-header.ts';
import { findSegment, placeIn, segmentsByPass } from './segments-by-pass.ts';
import { type StageFiles, segmentFile, stageFiles } from './stage-files.ts';
import type { SegmentRef } from './stage-progress.ts';
import type { StageRecord } from './stage-reader.ts';

/** A pair's latest outcome, and the hash of what the manifest said of it then. */
export type PickedRecord = StageRecord & { readonly pairHash: number | undefined };

/** Segments of which it is known where their records are: eight bytes a record. */
const KNOWN = 64;
const READ_BYTES = 64 * 1024;

interface KnownSegment {
  readonly header: SegmentHeader;
  /** Where records are in the file, by their indices; once one was asked for. */
  places: ReadonlyMap<number, Place> | undefined;
}

interface Place {
  readonly start: number;
  readonly length: number;
}

/**
 * Single outcomes of a stage, for who looks at some of its pairs: of a segment the header is read, then where its records
 * begin, then those that are asked for; of packed ones all. The checksum of all records is not: that is for `validate`.
 */
export class RecordPicker {
  readonly #files: StageFiles;
  readonly #fs: FileSystem;
  readonly #known = new Map<number, KnownSegment>();

  constructor(checkpointFile: string, fs: FileSystem = nodeFileSystem) {
    this.#files = stageFiles(checkpointFile);
    this.#fs = fs;
  }

  /** Forgets what it knows: the stage was begun again. */
  forget(): void {
    this.#known.clear();
  }

  /** The outcomes of some pairs; nothing for one that has none, or whose segment cannot be read. */
  async pick(segments: readonly SegmentRef[], indices: readonly number[]): Promise<ReadonlyMap<number, PickedRecord>> {
    const passes = segmentsByPass(segments);
    const found = new Map<number, PickedRecord>();
    const wanted = new Map<SegmentRef, number[]>();
    for (const refs of passes) {
      for (const index of indices) {
        const ref = found.has(index) ? undefined : findSegment(refs, index);
        if (ref === undefined) continue;
        const indicesThere = wanted.get(ref);
        if (indicesThere === undefined) wanted.set(ref, [index]);
        else indicesThere.push(index);
      }
      for (const [ref, there] of wanted) {
        for (const record of await this.#read(ref, there)) found.set(record.index, record);
      }
      wanted.clear();
    }
    return found;
  }

  async #read(ref: SegmentRef, indices: readonly number[]): Promise<readonly PickedRecord[]> {
    const file = segmentFile(this.#files, ref.sequence);
    try {
      const known = await this.#segment(ref);
      const { header } = known;
      const failures = new Map(header.failures.map((failure) => [failure.index, failure]));
      const records: PickedRecord[] = [];
      const done: { readonly index: number; readonly pairHash: number | undefined }[] = [];
      for (const index of indices) {
        const at = placeIn(header, index);
        const failure = failures.get(index);
        if (at < 0) continue;
        const pairHash = header.pairHashes[at];
        if (failure === undefined) done.push({ index, pairHash });
        else records.push({ index, ok: false, failure, pairHash });
      }
      if (done.length === 0) return records;
      if (header.packed !== undefined) return [...records, ...(await pickUnpacked(file, done, this.#fs))];
      await readingFile(file, this.#fs, async (handle, size) => {
        known.places ??= await findRecords(file, handle, size - header.recordsBytes, size);
        for (const { index, pairHash } of done) {
          const place = known.places.get(index);
          if (place === undefined) continue;
          const bytes = await readInto(handle, Buffer.allocUnsafe(place.length), place.start);
          records.push({ index, ok: true, bytes, pairHash });
        }
      });
      return records;
    } catch (error) {
      if (error instanceof CheckpointError) return [];
      throw error;
    }
  }

  async #segment({ sequence }: SegmentRef): Promise<KnownSegment> {
    const known = this.#known.get(sequence) ?? {
      header: (await readSegmentHeader(segmentFile(this.#files, sequence), this.#fs)).header,
      places: undefined,
    };
    this.#known.delete(sequence);
    this.#known.set(sequence, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= KNOWN) break;
      this.#known.delete(oldest);
    }
    return known;
  }
}

/** Of packed records none can be had alone. */
async function pickUnpacked(
  file: string,
  done: readonly { readonly index: number; readonly pairHash: number | undefined }[],
  fs: FileSystem,
): Promise<readonly PickedRecord[]> {
  const { records } = await readSegment(file, fs);
  const bytesOf = new Map(records.map(({ index, bytes }) => [index, bytes]));
  return done.flatMap(({ index, pairHash }) => {
    const bytes = bytesOf.get(index);
    return bytes === undefined ? [] : [{ index, ok: true as const, bytes, pairHash }];
  });
}

/** Goes from frame to frame, and reads no more than the beginnings of those that are long. */
async function findRecords(file: string, handle: OpenFile, begin: number, end: number): Promise<Map<number, Place>> {
  const places = new Map<number, Place>();
  const memory = Buffer.allocUnsafe(Math.min(READ_BYTES, end - begin));
  let [bytes, bytesAt]: [Uint8Array, number] = [new Uint8Array(), begin];
  for (let at = begin; at < end; ) {
    if (at + FRAME_BYTES > bytesAt + bytes.length) {
      bytes = await readInto(handle, memory.subarray(0, Math.min(memory.length, end - at)), at);
      bytesAt = at;
    }
    const frame = readFrameStart(bytes, at - bytesAt);
    const start = at + FRAME_BYTES;
    if (start + frame.length > end) throw new CheckpointError('segment_corrupt', `segment ${file} is cut short`);
    places.set(frame.index, { start, length: frame.length });
    at = start + frame.length;
  }
  return places;
}

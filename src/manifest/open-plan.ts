import { dirname, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { csvReader } from './csv.ts';
import { folderReader } from './folder.ts';
import { jsonArrayReader } from './json-array.ts';
import { jsonlReader } from './jsonl.ts';
import { DEFAULT_MANIFEST_LIMITS, type ManifestLimits } from './limits.ts';
import { changedManifest, emptyManifest, explained } from './manifest-errors.ts';
import { ManifestFault } from './manifest-fault.ts';
import { detectFormat } from './manifest-format.ts';
import { type Pair, pairOf } from './pair.ts';
import type { Batch, ManifestFormat, Plan, RecordHashes } from './plan.ts';
import type { RecordBlock, RecordReader, Span } from './record-reader.ts';
import { RollingHash } from './rolling-hash.ts';
import { type Bookmark, type Summary, scanRecords } from './scan-records.ts';

export interface OpenPlanOptions {
  readonly inputFile: string;
  /**
   * Indexes to resume at. Each gets its rolling hash, and `batches` from there need not read what is before. Records
   * before the largest mark are hashed but not decoded: an earlier run has checked them, and the hash proves it.
   */
  readonly marks?: readonly number[];
  readonly limits?: ManifestLimits;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the manifest once from end to end, in constant memory: counts, hashes and checks its records.
 *
 * @throws ConfigError `manifest_missing`, `manifest_unreadable`, `manifest_empty`, or `manifest_invalid` with the line
 * and byte of the fault
 * @example
 * const plan = await openPlan({ inputFile: 'pairs.jsonl', marks: [320] });
 * if (plan.hashAt(320) === storedHash) for await (const batch of plan.batches(320, 32)) …
 */
export async function openPlan(options: OpenPlanOptions): Promise<Plan> {
  const { inputFile, marks = [], limits = DEFAULT_MANIFEST_LIMITS, signal } = options;
  try {
    const reader = await readerOf(await detectFormat(inputFile), inputFile, limits);
    const summary = await scanRecords(reader, marks, limits, signal);
    if (summary.total === 0) throw emptyManifest(inputFile);
    return planOf(inputFile, reader, summary);
  } catch (error) {
    throw await explained(inputFile, error);
  }
}

function planOf(inputFile: string, reader: RecordReader, summary: Summary): Plan {
  const { total, hash, fields, bookmarks, unreached } = summary;
  const path = resolve(inputFile);
  return {
    inputFile,
    format: reader.format,
    defaultMidiRoot: reader.format === 'folder' ? path : dirname(path),
    total,
    hash,
    fields,
    hashAt(mark) {
      const bookmark = bookmarks.get(mark);
      if (bookmark === undefined && !unreached.has(mark)) throw new RangeError(`no mark was set at pair ${mark}`);
      return bookmark?.digest;
    },
    async *batches(from, batchSize, signal) {
      try {
        yield* readBatches(inputFile, reader, summary, from, batchSize, signal);
      } catch (error) {
        // What is broken now was not when the plan was opened, or when an earlier run checked it.
        if (error instanceof ManifestFault) throw changedManifest(inputFile, error);
        throw await explained(inputFile, error);
      }
    },
    async *recordHashes(signal) {
      try {
        yield* readHashes(reader, signal);
      } catch (error) {
        throw await explained(inputFile, error);
      }
    },
  };
}

async function* readBatches(
  inputFile: string,
  reader: RecordReader,
  { total, hash: planHash, bookmarks }: Summary,
  from: number,
  batchSize: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Batch> {
  const begin = nearestBookmark(bookmarks, from);
  if (begin === undefined || from >= total) return;
  const hash = new RollingHash(begin.hash);
  let index = begin.index;
  let pairs: Pair[] = [];
  for await (const block of reader.blocks(begin.position)) {
    for (const span of block.spans) {
      hash.add(block.bytes, span.start, span.end);
      if (index >= from) pairs.push(pairOf(reader.decode(block, span), index, hashOf(block, span)));
      index++;
      if (pairs.length < batchSize && index < total) continue;
      signal?.throwIfAborted();
      const batch = { first: index - pairs.length, last: index - 1, pairs, planHash: hash.digest() };
      if (index === total && batch.planHash !== planHash) throw changedManifest(inputFile);
      yield batch;
      if (index === total) return;
      pairs = [];
    }
  }
  throw changedManifest(inputFile);
}

async function* readHashes(reader: RecordReader, signal: AbortSignal | undefined): AsyncGenerator<RecordHashes> {
  let first = 0;
  for await (const block of reader.blocks(0)) {
    signal?.throwIfAborted();
    yield { first, hashes: Uint32Array.from(block.spans, (span) => hashOf(block, span)) };
    first += block.spans.length;
  }
}

function hashOf(block: RecordBlock, span: Span): number {
  return crc32(block.bytes.subarray(span.start, span.end));
}

function nearestBookmark(bookmarks: ReadonlyMap<number, Bookmark>, from: number): Bookmark | undefined {
  let nearest: Bookmark | undefined;
  for (const bookmark of bookmarks.values()) {
    if (bookmark.index <= from && bookmark.index >= (nearest?.index ?? 0)) nearest = bookmark;
  }
  return nearest;
}

async function readerOf(format: ManifestFormat, inputFile: string, limits: ManifestLimits): Promise<RecordReader> {
  switch (format) {
    case 'json':
      return jsonArrayReader(inputFile, limits);
    case 'jsonl':
      return jsonlReader(inputFile, limits);
    case 'csv':
    case 'tsv':
      return csvReader(inputFile, format, limits);
    case 'folder':
      return folderReader(inputFile);
  }
}

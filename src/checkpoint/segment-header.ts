import { Packr, Unpackr } from 'msgpackr';
import type { PairFailure } from '../errors.ts';
import { Fields, Malformed, uint32Bytes } from './fields.ts';
import { scanMsgpack } from './msgpack-scan.ts';
import { PACKINGS, type PackedRecords } from './pack-records.ts';

/**
 * 1: midiloom 0.1.0; without `stamps`, and without `pair_hashes` in a retry. 2: never released; without `keys`. 3: records as they
 * are. 4: packed records.
 */
const SEGMENT_VERSION = 4;
/** Of what one pair was made from: enough to see that it changed. */
export const STAMP_BYTES = 8;
/** What one pair is known by when a run is updated: its row (8 bytes), and what the stage makes its record from (8 bytes). */
export const KEY_BYTES = 16;
const LARGEST_INDEX = 0xffff_ffff;
const SHA256_BYTES = 32;

/** What a segment says about itself; enough to rebuild a stage's whole state without its records. */
export interface SegmentHeader {
  readonly stage: string;
  /** 0: the main pass, where every pair of the range has an outcome; 1, 2, …: retries of some pairs. */
  readonly pass: number;
  /** The indices covered, both inclusive. */
  readonly first: number;
  readonly last: number;
  /** Records in the file: pairs with a result. */
  readonly count: number;
  /** Pairs without a result, in index order. */
  readonly failures: readonly PairFailure[];
  /** Pairs that a retry tried, with or without a result, in index order; empty in the main pass. */
  readonly retried: Uint32Array;
  /** One hash of the manifest's entry per pair that was tried, in index order; may be empty in a retry. */
  readonly pairHashes: Uint32Array;
  /** What each of these pairs was made from, `STAMP_BYTES` a pair; empty where that is not known. */
  readonly stamps: Uint8Array;
  /** What each of these pairs is known by, `KEY_BYTES` a pair; empty where that was not noted. */
  readonly keys: Uint8Array;
  /** Rolling hash of the manifest up to the last pair of the main pass. */
  readonly planHash: string;
  /** Identity of the options that shaped the records. */
  readonly fingerprint: string;
  readonly sessionId: string;
  /** Of the records as they lie in the file, like the next. */
  readonly recordsBytes: number;
  readonly recordsSha256: Uint8Array;
  /** Where they are packed. */
  readonly packed?: PackedRecords;
  /** Checksum of the header of the segment before; empty in the first. */
  readonly previous: Uint8Array;
}

const packr = new Packr({ useRecords: false, variableMapSize: true, moreTypes: false });
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, moreTypes: false });

export function encodeHeader(header: SegmentHeader): Uint8Array {
  return packr.pack({
    version: header.packed === undefined ? 3 : SEGMENT_VERSION,
    stage: header.stage,
    pass: header.pass,
    first: header.first,
    last: header.last,
    count: header.count,
    failures: header.failures,
    retried: uint32Bytes(header.retried),
    pair_hashes: uint32Bytes(header.pairHashes),
    stamps: header.stamps,
    keys: header.keys,
    plan_hash: header.planHash,
    fingerprint: header.fingerprint,
    session_id: header.sessionId,
    records_bytes: header.recordsBytes,
    records_sha256: header.recordsSha256,
    ...(header.packed === undefined ? {} : { packed_by: header.packed.by, unpacked_bytes: header.packed.sizeBytes }),
    previous: header.previous,
  });
}

/** Decodes and validates; throws `Malformed` for anything `encodeHeader` would not have written. */
export function decodeHeader(bytes: Uint8Array): SegmentHeader {
  scanMsgpack(bytes);
  const fields = new Fields(unpackr.unpack(bytes), 'header');
  const version = fields.integer('version', 1, SEGMENT_VERSION);
  const first = fields.integer('first', 0, LARGEST_INDEX);
  const header: SegmentHeader = {
    stage: fields.text('stage'),
    pass: fields.integer('pass', 0, LARGEST_INDEX),
    first,
    last: fields.integer('last', first, LARGEST_INDEX),
    count: fields.integer('count', 0, LARGEST_INDEX),
    failures: fields.failures('failures'),
    retried: fields.uint32s('retried'),
    pairHashes: fields.uint32s('pair_hashes'),
    stamps: version === 1 ? NO_STAMPS : fields.bytes('stamps'),
    keys: version < 3 ? NO_KEYS : fields.bytes('keys'),
    planHash: fields.text('plan_hash'),
    fingerprint: fields.text('fingerprint'),
    sessionId: fields.text('session_id'),
    recordsBytes: fields.integer('records_bytes'),
    recordsSha256: fields.bytes('records_sha256'),
    ...(version < 4
      ? {}
      : { packed: { by: fields.oneOf('packed_by', PACKINGS), sizeBytes: fields.integer('unpacked_bytes') } }),
    previous: fields.bytes('previous'),
  };
  const contradiction = findContradiction(header);
  if (contradiction !== undefined) throw new Malformed(`header: ${contradiction}`);
  return header;
}

const NO_STAMPS = new Uint8Array();
const NO_KEYS = new Uint8Array();

/** The indices of the pairs that were tried, ascending. */
export function* triedIndices({ pass, first, last, retried }: SegmentHeader): Generator<number> {
  if (pass > 0) yield* retried;
  else for (let index = first; index <= last; index++) yield index;
}

/** The indices of the pairs that have a record in this segment, ascending. */
export function* recordIndices(header: SegmentHeader): Generator<number> {
  const failed = new Set(header.failures.map((failure) => failure.index));
  for (const index of triedIndices(header)) if (!failed.has(index)) yield index;
}

/** What makes the fields of a header disagree with each other, if anything. */
export function findContradiction(header: SegmentHeader): string | undefined {
  const { first, last, retried, pairHashes, stamps, keys, count, failures } = header;
  const failed = failures.map((failure) => failure.index);
  if (first < 0 || first > last || last > LARGEST_INDEX) return 'its range is empty';
  if (!isAscendingWithin(failed, first, last)) return 'the failures are not in order within its range';
  if (!isAscendingWithin(retried, first, last)) return 'the retried pairs are not in order within its range';
  if (header.recordsSha256.length !== SHA256_BYTES) return 'records_sha256 is not a SHA-256';
  if (header.previous.length !== 0 && header.previous.length !== SHA256_BYTES) return 'previous is not a SHA-256';
  const pairs = header.pass === 0 ? last - first + 1 : retried.length;
  if (stamps.length !== 0 && stamps.length !== pairs * STAMP_BYTES)
    return `${stamps.length} bytes of stamps for ${pairs} pairs`;
  if (keys.length !== 0 && keys.length !== pairs * KEY_BYTES) return `${keys.length} bytes of keys for ${pairs} pairs`;
  if (header.pass === 0) {
    if (retried.length > 0) return 'the main pass retries nothing';
    if (pairHashes.length !== pairs) return `${pairHashes.length} pair hashes for ${pairs} pairs`;
    if (count + failures.length !== pairs) return `${count + failures.length} outcomes for ${pairs} pairs`;
    return undefined;
  }
  const tried = new Set(retried);
  if (tried.size === 0) return 'it retries nothing';
  if (pairHashes.length > 0 && pairHashes.length !== pairs)
    return `${pairHashes.length} pair hashes for ${pairs} pairs`;
  if (count + failures.length !== pairs) return `${count + failures.length} outcomes for ${pairs} pairs`;
  return failed.every((index) => tried.has(index)) ? undefined : 'a failure was not among the retried pairs';
}

function isAscendingWithin(indices: ArrayLike<number>, first: number, last: number): boolean {
  let least = first;
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] ?? -1;
    if (index < least || index > last) return false;
    least = index + 1;
  }
  return true;
}

/**
 * A segment: an immutable file of finished records. The file is one msgpack value,
 *
 *     ["midiloom-segment", header (bin32), SHA-256 of the header (bin32), [[index (uint32), record (bin32)], …] (array32)]
 *
 * whose framing has a fixed width, so that the header is read without the records, and any msgpack reader reads it all. Records may
 * be packed: then the last is a bin32 of them all (`pack-records.ts`).
 * Every byte is covered: the framing is compared, the header has its checksum, the records have theirs in the header,
 * and the file has exactly the size that follows. Damage is `CheckpointError` `segment_corrupt`, absence `segment_missing`.
 */
import { CheckpointError, messageOf } from '../errors.ts';
import { writeDurably } from './durable-replace.ts';
import { type FileSystem, nodeFileSystem, type OpenFile } from './file-system.ts';
import { type PackedRecords, unpackRecords } from './pack-records.ts';
import { readInto, readingFile } from './read-file.ts';
import { FRAME_BYTES, type FramedRecord, readFrames } from './record-frame.ts';
import { decodeHeader, encodeHeader, recordIndices, type SegmentHeader } from './segment-header.ts';
import { sha256 } from './sha256.ts';

const MAGIC = Buffer.from('\x94\xb0midiloom-segment', 'latin1');
const BIN32 = 0xc6;
const ARRAY32 = 0xdd;
const TAG_AND_LENGTH = 5;
const SHA256_BYTES = 32;
const HEADER_AT = MAGIC.length + TAG_AND_LENGTH;
/** From the end of the header to the first record: its checksum as bin32, the tag of the records. */
const BETWEEN = TAG_AND_LENGTH + SHA256_BYTES + TAG_AND_LENGTH;
/** Holds the header of some 500 pairs, so that one read is enough as a rule. */
export const FIRST_READ = 16_384;
/** Far above any header of ours; what a damaged length claims beyond it is not read. */
const MAX_HEADER_BYTES = 256 * 1024 * 1024;

export interface SegmentInfo {
  readonly header: SegmentHeader;
  /** `sha256:` and the header's checksum in hex: with `previous` the link of the chain. */
  readonly chain: string;
  readonly sizeBytes: number;
}

/** Writes a segment durably. `chunks` are the header's records in index order, framed by `record-frame.ts` and as they are stored. */
export async function writeSegment(
  file: string,
  header: SegmentHeader,
  chunks: readonly Uint8Array[],
  fs: FileSystem = nodeFileSystem,
): Promise<SegmentInfo> {
  const headerBytes = encodeHeader(header);
  const checksum = sha256([headerBytes]);
  const sizeBytes = await writeDurably(
    file,
    [
      Buffer.concat([MAGIC, tagAndLength(BIN32, headerBytes.length)]),
      headerBytes,
      Buffer.concat([tagAndLength(BIN32, SHA256_BYTES), checksum, recordsStart(header)]),
      ...chunks,
    ],
    fs,
  );
  return { header, chain: chainOf(checksum), sizeBytes };
}

/**
 * Reads and verifies the header and the file's size: the same few kilobytes whatever the number of records.
 *
 * @param room - `FIRST_READ` bytes for it, which parts of the header may be views of.
 */
export async function readSegmentHeader(
  file: string,
  fs: FileSystem = nodeFileSystem,
  room?: Buffer,
): Promise<SegmentInfo> {
  return present(file, await readingFile(file, fs, (handle, size) => readHead(file, handle, size, room)));
}

export interface Segment extends SegmentInfo {
  /** The records in index order, as views into one buffer. */
  readonly records: readonly FramedRecord[];
}

/** Reads and verifies the whole segment; nothing of a damaged one is returned. `allocate` gives the records their memory. */
export async function readSegment(
  file: string,
  fs: FileSystem = nodeFileSystem,
  allocate: (bytes: number) => Buffer = Buffer.allocUnsafe,
): Promise<Segment> {
  return present(file, await readingFile(file, fs, (handle, size) => readAll(file, handle, size, allocate)));
}

/** Makes sure that the bytes of a file are a whole segment. */
export async function verifySegment(file: string, bytes: Uint8Array): Promise<void> {
  const handle: Readable = {
    async read(target, offset, length, position) {
      const part = bytes.subarray(position, position + length);
      target.set(part, offset);
      return { bytesRead: part.length };
    },
  };
  await readAll(file, handle, bytes.length, Buffer.allocUnsafe);
}

type Readable = Pick<OpenFile, 'read'>;

async function readAll(
  file: string,
  handle: Readable,
  sizeBytes: number,
  allocate: (bytes: number) => Buffer,
): Promise<Segment> {
  const info = await readHead(file, handle, sizeBytes);
  const { recordsBytes, recordsSha256, packed } = info.header;
  const stored = await readInto(handle, allocate(recordsBytes), sizeBytes - recordsBytes);
  if (!sha256([stored]).equals(recordsSha256)) throw corrupt(file, 'its records do not match their checksum');
  const frames = packed === undefined ? stored : await unpack(file, stored, packed);
  return { ...info, records: parseRecords(file, info.header, frames) };
}

export const chainOf = (checksum: Uint8Array): string => `sha256:${Buffer.from(checksum).toString('hex')}`;

async function unpack(file: string, stored: Uint8Array, packed: PackedRecords): Promise<Uint8Array> {
  try {
    return await unpackRecords(stored, packed);
  } catch (error) {
    throw corrupt(file, `its records cannot be unpacked: ${messageOf(error)}`);
  }
}

async function readHead(file: string, handle: Readable, sizeBytes: number, room?: Buffer): Promise<SegmentInfo> {
  const firstBytes = Math.min(FIRST_READ, sizeBytes);
  const start = await readInto(handle, room?.subarray(0, firstBytes) ?? Buffer.allocUnsafe(firstBytes), 0);
  if (start.length < HEADER_AT || !Buffer.from(start.subarray(0, MAGIC.length)).equals(MAGIC)) {
    throw corrupt(file, 'it does not start as a segment does');
  }
  const headerLength = lengthAfter(file, start, MAGIC.length, BIN32);
  const headLength = HEADER_AT + headerLength + BETWEEN;
  if (headerLength > MAX_HEADER_BYTES || headLength > sizeBytes) throw corrupt(file, 'its header is cut short');
  const head = headLength <= start.length ? start : await readInto(handle, Buffer.allocUnsafe(headLength), 0);
  if (head.length < headLength) throw corrupt(file, 'its header is cut short');
  return parseHead(file, head, HEADER_AT + headerLength, sizeBytes);
}

function parseHead(file: string, head: Uint8Array, headerEnd: number, sizeBytes: number): SegmentInfo {
  const headerBytes = head.subarray(HEADER_AT, headerEnd);
  const checksum = sha256([headerBytes]);
  const stored = head.subarray(headerEnd + TAG_AND_LENGTH, headerEnd + TAG_AND_LENGTH + SHA256_BYTES);
  if (lengthAfter(file, head, headerEnd, BIN32) !== SHA256_BYTES || !checksum.equals(stored)) {
    throw corrupt(file, 'its header does not match its checksum');
  }
  const header = decode(file, headerBytes);
  const startAt = headerEnd + TAG_AND_LENGTH + SHA256_BYTES;
  const start = recordsStart(header);
  if (!Buffer.from(head.subarray(startAt, startAt + start.length)).equals(start)) {
    throw corrupt(file, 'its records do not begin as its header says');
  }
  const expected = headerEnd + BETWEEN + header.recordsBytes;
  if (sizeBytes !== expected) throw corrupt(file, `it has ${sizeBytes} bytes instead of ${expected}`);
  if ((header.packed?.sizeBytes ?? header.recordsBytes) < header.count * FRAME_BYTES)
    throw corrupt(file, 'its records do not fit their bytes');
  return { header, chain: chainOf(checksum), sizeBytes };
}

function decode(file: string, headerBytes: Uint8Array): SegmentHeader {
  try {
    return decodeHeader(headerBytes);
  } catch (error) {
    throw corrupt(file, messageOf(error));
  }
}

function parseRecords(file: string, header: SegmentHeader, frames: Uint8Array): readonly FramedRecord[] {
  const records = parseFrames(file, frames);
  let at = 0;
  for (const index of recordIndices(header)) {
    if (records[at++]?.index !== index) throw corrupt(file, `the record of pair ${index} is not where it belongs`);
  }
  if (at !== records.length) throw corrupt(file, `it has ${records.length} records instead of ${at}`);
  return records;
}

function parseFrames(file: string, frames: Uint8Array): readonly FramedRecord[] {
  try {
    return [...readFrames(frames)];
  } catch (error) {
    throw corrupt(file, messageOf(error));
  }
}

function lengthAfter(file: string, bytes: Uint8Array, at: number, tag: number): number {
  if (bytes[at] !== tag) throw corrupt(file, `byte ${at} is not the tag 0x${tag.toString(16)}`);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at + 1);
}

/** What stands before the records: how many, or how many bytes of packed ones. */
function recordsStart({ count, packed, recordsBytes }: SegmentHeader): Buffer {
  return packed === undefined ? tagAndLength(ARRAY32, count) : tagAndLength(BIN32, recordsBytes);
}

function tagAndLength(tag: number, length: number): Buffer {
  const bytes = Buffer.alloc(TAG_AND_LENGTH);
  bytes.writeUInt8(tag);
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

function present<T>(file: string, found: T | undefined): T {
  if (found === undefined) throw new CheckpointError('segment_missing', `segment ${file} is missing`);
  return found;
}

function corrupt(file: string, what: string): CheckpointError {
  return new CheckpointError('segment_corrupt', `segment ${file} is damaged: ${what}`);
}

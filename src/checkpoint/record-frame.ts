/**
 * How a finished record crosses from the worker to the segment file: already framed, so that committing is concatenation.
 * A frame is one msgpack value of fixed width up to its payload: `[index as uint32, record as bin32]`. No Node builtin
 * here: workers import it.
 */
import { CheckpointError } from '../errors.ts';

/** Bytes a frame adds to its record: array tag, uint32 tag + index, bin32 tag + length. */
export const FRAME_BYTES = 11;

const PAIR_TAG = 0x92;
const UINT32_TAG = 0xce;
const BIN32_TAG = 0xc6;
const LARGEST = 0xffff_ffff;

export interface FramedRecord {
  /** Index of the pair in the manifest, 0-based. */
  readonly index: number;
  /** The record's bytes: a view into the buffer that was read, to be copied by whoever keeps it. */
  readonly bytes: Uint8Array;
}

/** One record, framed. */
export function frameRecord(index: number, bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(FRAME_BYTES + bytes.length);
  writeFrameStart(frame, 0, index, bytes.length);
  frame.set(bytes, FRAME_BYTES);
  return frame;
}

/**
 * A buffer that grows while a worker adds records, then is handed over in one piece.
 *
 *     const writer = new FrameWriter();
 *     writer.add(7, record);
 *     return writer.take();
 */
export class FrameWriter {
  #buffer: Uint8Array<ArrayBuffer>;
  #used = 0;

  constructor(initialBytes = 64 * 1024) {
    this.#buffer = new Uint8Array(initialBytes);
  }

  get length(): number {
    return this.#used;
  }

  /** Adds one record; `bytes` is copied. */
  add(index: number, bytes: Uint8Array): void {
    this.reserve(index, bytes.length).set(bytes);
  }

  /** Adds a frame whose `length` payload bytes the caller fills in before the next call; they start as zeros. */
  reserve(index: number, length: number): Uint8Array {
    this.#makeRoom(FRAME_BYTES + length);
    writeFrameStart(this.#buffer, this.#used, index, length);
    const start = this.#used + FRAME_BYTES;
    this.#used = start + length;
    return this.#buffer.subarray(start, this.#used);
  }

  /** The frames so far, over a buffer of their own; the writer starts anew. */
  take(): Uint8Array<ArrayBuffer> {
    const frames = this.#buffer.subarray(0, this.#used);
    this.#buffer = new Uint8Array(this.#buffer.length);
    this.#used = 0;
    return frames;
  }

  #makeRoom(bytes: number): void {
    const needed = this.#used + bytes;
    if (needed <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
    grown.set(this.#buffer.subarray(0, this.#used));
    this.#buffer = grown;
  }
}

/**
 * Walks framed records without copying them.
 * Throws `CheckpointError` `frame_corrupt` where a tag is wrong or a length leaves the buffer.
 */
export function* readFrames(frames: Uint8Array): Generator<FramedRecord> {
  let at = 0;
  while (at < frames.length) {
    const { index, length } = readFrameStart(frames, at);
    const end = at + FRAME_BYTES + length;
    if (end > frames.length) throw corrupt(at, 'reaches past the end');
    yield { index, bytes: frames.subarray(at + FRAME_BYTES, end) };
    at = end;
  }
}

/** Whose record begins at `at`, and how long it is. Throws `CheckpointError` `frame_corrupt`. */
export function readFrameStart(frames: Uint8Array, at: number): { readonly index: number; readonly length: number } {
  if (frames.length - at < FRAME_BYTES) throw corrupt(at, 'is cut short');
  const view = new DataView(frames.buffer, frames.byteOffset + at, FRAME_BYTES);
  if (view.getUint8(0) !== PAIR_TAG || view.getUint8(1) !== UINT32_TAG || view.getUint8(6) !== BIN32_TAG) {
    throw corrupt(at, 'does not start as a frame does');
  }
  return { index: view.getUint32(2), length: view.getUint32(7) };
}

function writeFrameStart(target: Uint8Array, at: number, index: number, length: number): void {
  if (!Number.isInteger(index) || index < 0 || index > LARGEST) {
    throw new RangeError(`a pair's index must be an integer from 0 to ${LARGEST}, not ${index}`);
  }
  if (length > LARGEST) throw new RangeError(`record ${index} has ${length} bytes; a frame holds at most ${LARGEST}`);
  const view = new DataView(target.buffer, target.byteOffset + at, FRAME_BYTES);
  view.setUint8(0, PAIR_TAG);
  view.setUint8(1, UINT32_TAG);
  view.setUint32(2, index);
  view.setUint8(6, BIN32_TAG);
  view.setUint32(7, length);
}

function corrupt(at: number, what: string): CheckpointError {
  return new CheckpointError('frame_corrupt', `the frame at byte ${at} of the records ${what}`);
}

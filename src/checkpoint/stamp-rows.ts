/** What pairs were made from, on the way to a segment: rows of an index (uint32, little-endian) and a stamp, in any order. */
import { STAMP_BYTES } from './segment-header.ts';

const ROW_BYTES = 4 + STAMP_BYTES;

export function packStamps(stamps: readonly (readonly [index: number, stamp: Uint8Array])[]): Uint8Array {
  const rows = Buffer.alloc(stamps.length * ROW_BYTES);
  for (const [at, [index, stamp]] of stamps.entries()) {
    rows.writeUInt32LE(index, at * ROW_BYTES);
    rows.set(stamp, at * ROW_BYTES + 4);
  }
  return rows;
}

/** The stamps of these pairs in their order: zeros for a pair without one, nothing where none has one; of two, the later. */
export function arrangeStamps(chunks: readonly Uint8Array[], indices: readonly number[]): Uint8Array {
  const byIndex = new Map<number, Uint8Array>();
  for (const rows of chunks) {
    const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
    for (let at = 0; at + ROW_BYTES <= rows.length; at += ROW_BYTES) {
      byIndex.set(view.getUint32(at, true), rows.subarray(at + 4, at + ROW_BYTES));
    }
  }
  if (byIndex.size === 0) return new Uint8Array();
  const stamps = new Uint8Array(indices.length * STAMP_BYTES);
  for (const [at, index] of indices.entries()) {
    const stamp = byIndex.get(index);
    if (stamp !== undefined) stamps.set(stamp, at * STAMP_BYTES);
  }
  return stamps;
}

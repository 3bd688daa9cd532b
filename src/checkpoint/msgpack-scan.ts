import { Malformed } from './fields.ts';

/** Deeper than any value of ours; a recursive decoder is not led further. */
const MAX_DEPTH = 8;

/**
 * Reads the structure of one msgpack value before a decoder sees it. A decoder makes an array of the length that the
 * bytes claim (five bytes can claim 240 MB), so every length is held against the bytes that are left, and extension
 * types, which decode into objects with behaviour, are refused. Throws `Malformed`.
 */
export function scanMsgpack(bytes: Uint8Array): void {
  const end = scanValue(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, 0);
  if (end !== bytes.length) throw new Malformed(`${bytes.length - end} bytes follow the value`);
}

/** Returns the offset after the value at `at`. */
function scanValue(view: DataView, at: number, depth: number): number {
  if (depth > MAX_DEPTH) throw new Malformed(`nested deeper than ${MAX_DEPTH} at byte ${at}`);
  const tag = unsigned(view, at, 1);
  if (tag <= 0x7f || tag >= 0xe0) return at + 1;
  if (tag <= 0x8f) return scanItems(view, at + 1, (tag & 0x0f) * 2, depth);
  if (tag <= 0x9f) return scanItems(view, at + 1, tag & 0x0f, depth);
  if (tag <= 0xbf) return skip(view, at + 1, tag & 0x1f);
  switch (tag) {
    case 0xc0: // nil
    case 0xc2: // false
    case 0xc3: // true
      return at + 1;
    case 0xc4: // bin 8, 16, 32
    case 0xc5:
    case 0xc6:
      return scanBytes(view, at + 1, 1 << (tag - 0xc4));
    case 0xca: // float 32, 64
    case 0xcb:
      return skip(view, at + 1, tag === 0xca ? 4 : 8);
    case 0xcc: // uint 8, 16, 32, 64
    case 0xcd:
    case 0xce:
    case 0xcf:
      return skip(view, at + 1, 1 << (tag - 0xcc));
    case 0xd0: // int 8, 16, 32, 64
    case 0xd1:
    case 0xd2:
    case 0xd3:
      return skip(view, at + 1, 1 << (tag - 0xd0));
    case 0xd9: // str 8, 16, 32
    case 0xda:
    case 0xdb:
      return scanBytes(view, at + 1, 1 << (tag - 0xd9));
    case 0xdc: // array 16, 32
    case 0xdd: {
      const width = tag === 0xdc ? 2 : 4;
      return scanItems(view, at + 1 + width, unsigned(view, at + 1, width), depth);
    }
    case 0xde: // map 16, 32
    case 0xdf: {
      const width = tag === 0xde ? 2 : 4;
      return scanItems(view, at + 1 + width, unsigned(view, at + 1, width) * 2, depth);
    }
    default:
      throw new Malformed(`type 0x${tag.toString(16)} at byte ${at} is not used here`);
  }
}

function scanItems(view: DataView, start: number, count: number, depth: number): number {
  if (count > view.byteLength - start) throw new Malformed(`${count} values are claimed at byte ${start}`);
  let at = start;
  for (let item = 0; item < count; item++) at = scanValue(view, at, depth + 1);
  return at;
}

function scanBytes(view: DataView, at: number, width: number): number {
  return skip(view, at + width, unsigned(view, at, width));
}

function skip(view: DataView, at: number, length: number): number {
  if (length > view.byteLength - at) throw new Malformed(`${length} bytes are claimed at byte ${at}`);
  return at + length;
}

function unsigned(view: DataView, at: number, width: number): number {
  if (at + width > view.byteLength) throw new Malformed(`cut short at byte ${at}`);
  if (width === 1) return view.getUint8(at);
  return width === 2 ? view.getUint16(at) : view.getUint32(at);
}

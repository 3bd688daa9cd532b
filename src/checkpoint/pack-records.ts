import { kMaxLength } from 'node:buffer';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { decompress } from 'fzstd';
import { sha256 } from './sha256.ts';

/** How records may be packed in a segment. */
export const PACKINGS = ['zlib', 'zstd'] as const;
export type PackingName = (typeof PACKINGS)[number];

/** How the records of new segments are written. */
export interface Packing {
  readonly name: PackingName;
  readonly level: number;
}

/** What a header says of packed records. */
export interface PackedRecords {
  readonly by: PackingName;
  /** Of the frames, once unpacked. */
  readonly sizeBytes: number;
}

/** The records of a segment as they lie in its file. */
export interface StoredRecords {
  readonly chunks: readonly Uint8Array[];
  readonly sizeBytes: number;
  readonly sha256: Uint8Array;
  readonly packed?: PackedRecords;
}

const deflate = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.deflate);
const inflate = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.inflate);

/** Beside the thread that asks. What does not get smaller stays as it is. */
export async function storeRecords(frames: readonly Uint8Array[], packing?: Packing): Promise<StoredRecords> {
  const sizeBytes = frames.reduce((sum, chunk) => sum + chunk.length, 0);
  if (packing !== undefined && sizeBytes > 0) {
    const bytes = await pack(
      frames.length === 1 && frames[0] !== undefined ? frames[0] : Buffer.concat(frames),
      packing,
    );
    if (bytes.length < sizeBytes) {
      const packed = { by: packing.name, sizeBytes };
      return { chunks: [bytes], sizeBytes: bytes.length, sha256: sha256([bytes]), packed };
    }
  }
  return { chunks: frames, sizeBytes, sha256: sha256(frames) };
}

/** @throws where the bytes are not what `storeRecords` made of so many bytes. */
export async function unpackRecords(bytes: Uint8Array, { by, sizeBytes }: PackedRecords): Promise<Uint8Array> {
  if (sizeBytes > kMaxLength) throw new Error(`they would take ${sizeBytes} bytes`);
  const unpacked =
    by === 'zlib' ? await inflate(bytes, { maxOutputLength: sizeBytes }) : await unpackZstd(bytes, sizeBytes);
  if (unpacked.length !== sizeBytes) throw new Error(`they are ${unpacked.length} bytes instead of ${sizeBytes}`);
  return unpacked;
}

function pack(bytes: Uint8Array, { name, level }: Packing): Promise<Uint8Array> {
  if (name === 'zlib') return deflate(bytes, { level });
  const native = nativeZstd();
  if (native === undefined) throw new Error('this Node.js cannot write zstd');
  return native.pack(bytes, level);
}

/** Every Node.js reads it: one that has it not itself by fzstd, at a third of the pace. */
function unpackZstd(bytes: Uint8Array, sizeBytes: number): Promise<Uint8Array> | Uint8Array {
  return nativeZstd()?.unpack(bytes, sizeBytes) ?? decompress(bytes);
}

/** Whether this Node.js writes zstd: from 22.15 on. */
export function writesZstd(): boolean {
  return nativeZstd() !== undefined;
}

interface NativeZstd {
  pack(bytes: Uint8Array, level: number): Promise<Uint8Array>;
  unpack(bytes: Uint8Array, sizeBytes: number): Promise<Uint8Array>;
}

type Transform = (bytes: Uint8Array, options: object, done: (error: Error | null, result: Uint8Array) => void) => void;

function nativeZstd(): NativeZstd | undefined {
  const [compress, decompressor]: readonly unknown[] = [
    Reflect.get(zlib, 'zstdCompress'),
    Reflect.get(zlib, 'zstdDecompress'),
  ];
  const { ZSTD_c_compressionLevel: levelName } = zlib.constants as Readonly<Record<string, number>>;
  if (!isTransform(compress) || !isTransform(decompressor) || levelName === undefined) return undefined;
  const run = (transform: Transform, bytes: Uint8Array, options: object): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      transform(bytes, options, (error, result) => (error === null ? resolve(result) : reject(error)));
    });
  return {
    pack: (bytes, level) => run(compress, bytes, { params: { [levelName]: level } }),
    unpack: (bytes, sizeBytes) => run(decompressor, bytes, { maxOutputLength: sizeBytes }),
  };
}

function isTransform(value: unknown): value is Transform {
  return typeof value === 'function';
}

import { readFileSync } from 'node:fs';
import type { Weight } from './bert-weights.ts';

/** The float32 tensors of a safetensors file, by name: 8 bytes of length, a JSON header, and the numbers, little-endian. */
export function readSafetensors(file: string): ReadonlyMap<string, Weight> {
  const bytes = readFileSync(file);
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  const header: Readonly<Record<string, unknown>> = JSON.parse(bytes.toString('utf8', 8, start));
  const tensors = new Map<string, Weight>();
  for (const [name, entry] of Object.entries(header)) {
    if (!isFloats(entry)) continue;
    const [from, to] = entry.data_offsets;
    // A copy, for the numbers of a file need not lie at a multiple of four.
    const values = new Float32Array(Uint8Array.from(bytes.subarray(start + from, start + to)).buffer);
    tensors.set(name, { dims: entry.shape, values });
  }
  return tensors;
}

interface FloatEntry {
  readonly dtype: 'F32';
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function isFloats(entry: unknown): entry is FloatEntry {
  return typeof entry === 'object' && entry !== null && 'dtype' in entry && entry.dtype === 'F32';
}

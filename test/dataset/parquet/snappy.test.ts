import fc from 'fast-check';
import { snappyUncompress } from 'hyparquet/src/snappy.js';
import { describe, expect, it } from 'vitest';
import { compressSnappy, snappyBound } from '../../../src/dataset/parquet/snappy.ts';

describe('Snappy compression', () => {
  it('is undone by an independent decompressor, whatever the bytes', () => {
    fc.assert(
      fc.property(hostileBytes(), (bytes) => {
        expect(bytes.equals(uncompress(compress(bytes), bytes.length))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('never needs more than its bound, even for bytes that do not repeat', () => {
    let state = 1;
    const noise = Uint8Array.from({ length: 300_000 }, () => {
      state = Math.imul(state, 1_103_515_245) + 12_345;
      return state >>> 24;
    });
    const compressed = compress(noise);
    expect(compressed.length).toBeLessThanOrEqual(snappyBound(noise.length));
    expect(Buffer.compare(uncompress(compressed, noise.length), noise)).toBe(0);
  });

  it('shrinks what repeats, across the borders of its blocks', () => {
    const repeating = Uint8Array.from({ length: 200_000 }, (_, at) => at % 100);
    const compressed = compress(repeating);
    expect(compressed.length).toBeLessThan(repeating.length / 15);
    expect(Buffer.compare(uncompress(compressed, repeating.length), repeating)).toBe(0);
  });
});

/** Pieces that repeat at many distances, some of them longer than a block. */
function hostileBytes(): fc.Arbitrary<Buffer> {
  const piece = fc.tuple(fc.uint8Array({ maxLength: 90 }), fc.constantFrom(1, 2, 3, 40, 1500));
  return fc
    .array(piece, { maxLength: 12 })
    .map((pieces) => Buffer.concat(pieces.flatMap(([bytes, times]) => Array<Uint8Array>(times).fill(bytes))));
}

function compress(bytes: Uint8Array): Uint8Array {
  const output = new Uint8Array(snappyBound(bytes.length));
  return output.slice(0, compressSnappy(bytes, output));
}

function uncompress(compressed: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  snappyUncompress(compressed, output);
  return output;
}

import { floatOfHalf, halfOfFloat } from '../text/half-precision.ts';
import { bytesOf, type RecordFields } from './record-fields.ts';

const EMBEDDING_PRECISIONS = ['float32', 'float16', 'int8'] as const;
/** How the numbers of an embedding are stored. */
export type EmbeddingPrecision = (typeof EMBEDDING_PRECISIONS)[number];

/** An embedding in 8 bits: each number is about its code times the scale. */
export interface Int8Embedding {
  /** From -127 to 127. */
  readonly codes: Int8Array;
  readonly scale: number;
}

const LARGEST_CODE = 127;

/** The fields of a record that hold an embedding: `embedding` little-endian in the given precision, and what it takes to read it. */
export function embeddingFields(
  values: Float32Array,
  precision: EmbeddingPrecision,
): Readonly<Record<string, unknown>> {
  switch (precision) {
    case 'float32':
      return { embedding: bytesOf(values) };
    case 'float16':
      return { embedding: bytesOf(Uint16Array.from(values, halfOfFloat)), embedding_precision: precision };
    case 'int8': {
      const { codes, scale } = quantized(values);
      return { embedding: bytesOf(codes), embedding_precision: precision, embedding_scale: scale };
    }
  }
}

export interface ReadEmbedding {
  /** What is stored, as floats. */
  readonly embedding: Float32Array | undefined;
  /** The same as it is stored, where that is in 8 bits. */
  readonly embedding_int8?: Int8Embedding;
}

/** Reads what `embeddingFields` wrote. */
export function readEmbedding(fields: RecordFields): ReadEmbedding {
  if (!fields.has('embedding')) return { embedding: undefined };
  const precision = fields.has('embedding_precision')
    ? fields.oneOf('embedding_precision', EMBEDDING_PRECISIONS)
    : 'float32';
  switch (precision) {
    case 'float32':
      return { embedding: new Float32Array(fields.aligned('embedding', 4)) };
    case 'float16':
      return { embedding: Float32Array.from(new Uint16Array(fields.aligned('embedding', 2)), floatOfHalf) };
    case 'int8': {
      const codes = new Int8Array(fields.aligned('embedding', 1));
      const scale = fields.number('embedding_scale');
      return { embedding: Float32Array.from(codes, (code) => code * scale), embedding_int8: { codes, scale } };
    }
  }
}

/** Symmetric: the number with the largest magnitude gets the largest code. */
function quantized(values: Float32Array): Int8Embedding {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = Math.fround(largest / LARGEST_CODE);
  if (scale === 0) return { codes: new Int8Array(values.length), scale };
  const codes = Int8Array.from(values, (value) =>
    Math.max(-LARGEST_CODE, Math.min(LARGEST_CODE, Math.round(value / scale))),
  );
  return { codes, scale };
}

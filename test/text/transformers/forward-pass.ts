import type { BertShape, BertWeights } from '../../../scripts/test-models/bert-weights.ts';
import { BERT, type ModelFamily } from '../../../scripts/test-models/model-family.ts';

type Matrix = number[][];

/**
 * BERT in plain float64 arithmetic, written from the paper (Devlin et al., 2019; Vaswani et al., 2017) and sharing no code
 * with the ONNX graph: token ids to the last hidden states, one row per token.
 */
export function forwardPass(
  shape: BertShape,
  weights: BertWeights,
  ids: readonly number[],
  { positions: kind, padTokenId, hasTokenTypes }: ModelFamily = BERT,
): Matrix {
  const rows = (name: string): Matrix => {
    const { dims, values } = weights.get(name) ?? { dims: [0, 0], values: [] };
    const [height = 0, width = 1] = dims;
    return Array.from({ length: height }, (_, row) => Array.from(values.slice(row * width, (row + 1) * width)));
  };
  const vector = (name: string): number[] => rows(name).map(([value = 0]) => value);
  const linear = (x: Matrix, name: string): Matrix =>
    product(x, rows(`${name}.weight`)).map((row) => sum(row, vector(`${name}.bias`)));
  const normalized = (x: Matrix, name: string): Matrix =>
    x.map((row) => layerNorm(row, vector(`${name}.scale`), vector(`${name}.bias`)));

  const [segment = []] = rows('embeddings.type');
  const words = rows('embeddings.word');
  const positions = rows('embeddings.position');
  let hidden = normalized(
    ids.map((id, at) => {
      const word = hasTokenTypes ? sum(words[id] ?? [], segment) : (words[id] ?? []);
      if (kind === 'distance') return word;
      return sum(word, positions[kind === 'place' ? at : at + padTokenId + 1] ?? []);
    }),
    'embeddings.norm',
  );
  const byDistance = kind === 'distance' ? rows('distance') : undefined;
  for (let layer = 0; layer < shape.layers; layer++) {
    const name = `layer.${layer}`;
    const [query, key, value] = ['query', 'key', 'value'].map((part) => linear(hidden, `${name}.${part}`));
    const context = attention(query ?? [], key ?? [], value ?? [], shape.heads, byDistance);
    const attended = linear(context, `${name}.output`);
    const between = normalized(add(attended, hidden), `${name}.attention.norm`);
    const up = linear(between, `${name}.up`).map((row) => row.map(gelu));
    hidden = normalized(add(linear(up, `${name}.down`), between), `${name}.norm`);
  }
  return hidden;
}

/** The mean of the rows, scaled to length 1. */
export function meanEmbedding(hidden: Matrix): number[] {
  const total = hidden.reduce(sum);
  const length = Math.hypot(...total);
  return total.map((value) => value / length);
}

/** The vector of a text from the last hidden states, as a model has it that pools by itself. */
export function projectedFirst(weights: BertWeights, [first = []]: Matrix): number[] {
  const { dims, values } = weights.get('projection.weight') ?? { dims: [], values: [] };
  const bias = weights.get('projection.bias')?.values ?? [];
  const [, width = 0] = dims;
  return Array.from({ length: width }, (_, column) =>
    first.reduce(
      (total, value, row) => total + value * (values[row * width + column] ?? Number.NaN),
      bias[column] ?? 0,
    ),
  );
}

function attention(query: Matrix, key: Matrix, value: Matrix, heads: number, byDistance: Matrix | undefined): Matrix {
  const size = (query[0]?.length ?? 0) / heads;
  const farthest = ((byDistance?.length ?? 1) - 1) / 2;
  return query.map((queryRow, from) =>
    Array.from({ length: heads }, (_, head) => {
      const part = (row: readonly number[]): number[] => row.slice(head * size, (head + 1) * size);
      const scores = key.map((keyRow, to) => {
        const distance = Math.max(-farthest, Math.min(farthest, to - from));
        const bias = byDistance?.[distance + farthest]?.[head] ?? 0;
        return dot(part(queryRow), part(keyRow)) / Math.sqrt(size) + bias;
      });
      return softmax(scores)
        .map((weight, at) => part(value[at] ?? []).map((item) => item * weight))
        .reduce(sum);
    }).flat(),
  );
}

function softmax(scores: readonly number[]): number[] {
  const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}

function layerNorm(row: readonly number[], scale: readonly number[], bias: readonly number[]): number[] {
  const mean = row.reduce((a, b) => a + b) / row.length;
  const variance = row.reduce((total, value) => total + (value - mean) ** 2, 0) / row.length;
  return row.map((value, at) => ((value - mean) / Math.sqrt(variance + 1e-12)) * (scale[at] ?? 0) + (bias[at] ?? 0));
}

function gelu(x: number): number {
  return 0.5 * x * (1 + erf(x / Math.SQRT2));
}

/** Maclaurin series; 60 terms reach the precision of float64 for |x| under 4, where erf is 1 to eight digits. */
function erf(x: number): number {
  if (Math.abs(x) > 4) return Math.sign(x);
  let term = x;
  let total = x;
  for (let n = 1; n < 60; n++) {
    term *= -(x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

function product(a: Matrix, b: Matrix): Matrix {
  const columns = (b[0] ?? []).map((_, at) => b.map((row) => row[at] ?? 0));
  return a.map((row) => columns.map((column) => dot(row, column)));
}

function add(a: Matrix, b: Matrix): Matrix {
  return a.map((row, at) => sum(row, b[at] ?? []));
}

function sum(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, at) => value + (b[at] ?? Number.NaN));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, at) => total + value * (b[at] ?? Number.NaN), 0);
}

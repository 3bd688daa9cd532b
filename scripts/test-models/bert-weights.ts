import { BERT, type ModelFamily } from './model-family.ts';

/** Tokens that are farther apart count as that far, where a model knows distances alone. */
export const FARTHEST = 8;

/** The shape of a BERT encoder. */
export interface BertShape {
  readonly vocabularySize: number;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  /** Width of the feed-forward layer. */
  readonly feedForwardSize: number;
  readonly positions: number;
}

export interface Weight {
  readonly dims: readonly number[];
  /** Row-major; a linear layer is `[in, out]`. */
  readonly values: Float32Array;
}

/** Weights by name, as in `bertWeights`. */
export type BertWeights = ReadonlyMap<string, Weight>;

/**
 * Seeded random weights. `spread` is the half-width of the uniform distribution of the linear layers; those of the
 * embeddings are as wide again, so that different texts get clearly different vectors.
 */
export function bertWeights(shape: BertShape, seed: number, spread: number, family: ModelFamily = BERT): BertWeights {
  const random = seededRandom(seed);
  const weights = new Map<string, Weight>();
  const add = (name: string, dims: readonly number[], centre: number, halfWidth: number): void => {
    const values = new Float32Array(dims.reduce((product, dim) => product * dim, 1));
    for (let at = 0; at < values.length; at++) values[at] = centre + (random() * 2 - 1) * halfWidth;
    weights.set(name, { dims, values });
  };
  const addNorm = (name: string): void => {
    add(`${name}.scale`, [shape.hiddenSize], 1, spread);
    add(`${name}.bias`, [shape.hiddenSize], 0, spread);
  };
  const addLinear = (name: string, from: number, to: number): void => {
    add(`${name}.weight`, [from, to], 0, spread);
    add(`${name}.bias`, [to], 0, spread);
  };

  add('embeddings.word', [shape.vocabularySize, shape.hiddenSize], 0, spread * 2);
  add('embeddings.position', [shape.positions, shape.hiddenSize], 0, spread);
  add('embeddings.type', [2, shape.hiddenSize], 0, spread);
  addNorm('embeddings.norm');
  for (let layer = 0; layer < shape.layers; layer++) {
    const name = `layer.${layer}`;
    for (const part of ['query', 'key', 'value', 'output']) {
      addLinear(`${name}.${part}`, shape.hiddenSize, shape.hiddenSize);
    }
    addNorm(`${name}.attention.norm`);
    addLinear(`${name}.up`, shape.hiddenSize, shape.feedForwardSize);
    addLinear(`${name}.down`, shape.feedForwardSize, shape.hiddenSize);
    addNorm(`${name}.norm`);
  }
  if (family.positions === 'distance') add('distance', [2 * FARTHEST + 1, shape.heads], 0, spread * 4);
  if (family.projection !== undefined) addLinear('projection', shape.hiddenSize, family.projection);
  return weights;
}

/** Uniform in [0, 1). Mulberry32, T. Ettinger, 2017: 32 bits of state are plenty for weights that mean nothing. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

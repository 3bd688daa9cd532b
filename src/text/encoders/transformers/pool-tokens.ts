/** How the vectors of a text's tokens become one: their mean, or that of the first token; or the model has done it. */
export type Pooling = 'mean' | 'cls' | 'model';

/** What a model computed for a batch: float32 `[rows, width, hiddenSize]`, row-major. */
export interface HiddenStates {
  readonly values: Float32Array;
  readonly width: number;
  readonly hiddenSize: number;
}

/**
 * The embedding of one row: pooled over its own tokens, never over padding; scaled to length 1 where `normalize`.
 * Sums are in float64 in the order of the tokens, so that the batch around a text does not change a bit of it.
 *
 * @throws Error where the vector is not finite, which only a broken model or device computes.
 */
export function poolTokens(
  states: HiddenStates,
  row: number,
  tokenCount: number,
  { pooling, normalize }: { readonly pooling: Pooling; readonly normalize: boolean },
): Float32Array {
  const sum = sumOfTokens(states, row, pooling === 'mean' ? tokenCount : 1);
  const length = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
  if (!Number.isFinite(length)) throw new Error('the model computed a vector that is not finite');
  const divisor = normalize ? length || 1 : pooling === 'mean' ? tokenCount : 1;
  return Float32Array.from(sum, (value) => value / divisor);
}

function sumOfTokens({ values, width, hiddenSize }: HiddenStates, row: number, tokenCount: number): Float64Array {
  const sum = new Float64Array(hiddenSize);
  const start = row * width * hiddenSize;
  for (let token = 0; token < tokenCount; token++) {
    const offset = start + token * hiddenSize;
    for (let at = 0; at < hiddenSize; at++) sum[at] = (sum[at] ?? 0) + (values[offset + at] ?? Number.NaN);
  }
  return sum;
}

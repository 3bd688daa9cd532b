import { halvesOf } from '../../halves-of.ts';

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

/** The embedding of a text that was read in parts: their mean by weight, scaled to length 1 where `normalize`. */
export function meanOfParts(
  parts: readonly { readonly values: Float32Array; readonly weight: number }[],
  normalize: boolean,
): Float32Array {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const mean = new Float64Array(parts[0]?.values.length ?? 0);
  for (const { values, weight } of parts) {
    for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] ?? 0) + ((values[at] ?? Number.NaN) * weight) / total;
  }
  const length = normalize ? Math.sqrt(mean.reduce((sum, value) => sum + value * value, 0)) || 1 : 1;
  return Float32Array.from(mean, (value) => value / length);
}

/**
 * The hidden states of one row's own tokens, as they are, in half precision.
 *
 * @throws Error where one is not finite, or too large for half precision.
 */
export function tokenStates(states: HiddenStates, row: number, tokenCount: number): Uint16Array {
  const start = row * states.width * states.hiddenSize;
  const halves = halvesOf(states.values.subarray(start, start + tokenCount * states.hiddenSize));
  if (halves.some((half) => (half & INFINITE_HALF) === INFINITE_HALF)) {
    throw new Error('the model computed a hidden state that is not finite in half precision');
  }
  return halves;
}

/** The exponent of infinities and of what is no number. */
const INFINITE_HALF = 0x7c00;

function sumOfTokens({ values, width, hiddenSize }: HiddenStates, row: number, tokenCount: number): Float64Array {
  const sum = new Float64Array(hiddenSize);
  const start = row * width * hiddenSize;
  for (let token = 0; token < tokenCount; token++) {
    const offset = start + token * hiddenSize;
    for (let at = 0; at < hiddenSize; at++) sum[at] = (sum[at] ?? 0) + (values[offset + at] ?? Number.NaN);
  }
  return sum;
}

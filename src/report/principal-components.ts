export interface PlaneProjection {
  /** One pair of coordinates a vector, in units of the vectors. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Share of the variance along each axis. */
  readonly explained: readonly [number, number];
}

/** Enough for a picture: directions whose variances differ by a tenth are told apart to a few percent. */
const ROUNDS = 30;

/**
 * Projects vectors of equal length onto the plane in which they differ most: the first two principal components, by
 * orthogonal iteration (Golub and Van Loan, "Matrix Computations", 8.2.4) on the centred vectors, without their covariance
 * matrix. Deterministic; of two opposite directions the one is taken whose largest entry is positive.
 */
export function projectOntoPlane(vectors: readonly Float32Array[]): PlaneProjection {
  const dimensions = vectors[0]?.length ?? 0;
  const centred = centre(vectors, dimensions);
  const total = centred.reduce((sum, vector) => sum + dot(vector, vector), 0);
  if (!(total > 0)) return { points: vectors.map(() => [0, 0]), explained: [0, 0] };
  let first = startOf(dimensions, 1);
  let second = startOf(dimensions, 2);
  for (let round = 0; round < ROUNDS; round++) {
    first = normalized(timesCovariance(centred, first));
    second = normalized(without(timesCovariance(centred, second), first));
  }
  const axes = [upright(first), upright(second)] as const;
  const points = centred.map((vector): [number, number] => [dot(vector, axes[0]), dot(vector, axes[1])]);
  const shareOf = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis] ** 2, 0) / total;
  return { points, explained: [shareOf(0), shareOf(1)] };
}

function centre(vectors: readonly Float32Array[], dimensions: number): Float64Array[] {
  const mean = new Float64Array(dimensions);
  for (const vector of vectors) for (let at = 0; at < dimensions; at++) mean[at] = (mean[at] ?? 0) + (vector[at] ?? 0);
  for (let at = 0; at < dimensions; at++) mean[at] = (mean[at] ?? 0) / vectors.length;
  return vectors.map((vector) => {
    const centred = new Float64Array(vector);
    for (let at = 0; at < dimensions; at++) centred[at] = (centred[at] ?? 0) - (mean[at] ?? 0);
    return centred;
  });
}

/** Any direction that is no axis of the data will do; the golden ratio spreads its entries. */
function startOf(dimensions: number, seed: number): Float64Array {
  return Float64Array.from({ length: dimensions }, (_, at) => (((at + 1) * seed * 0.618034) % 1) - 0.5 + 1e-3);
}

function timesCovariance(vectors: readonly Float64Array[], direction: Float64Array): Float64Array {
  const product = new Float64Array(direction.length);
  for (const vector of vectors) {
    const along = dot(vector, direction);
    for (let at = 0; at < product.length; at++) product[at] = (product[at] as number) + along * (vector[at] as number);
  }
  return product;
}

/** Four sums at a time, as a processor can. */
function dot(a: Float64Array, b: Float64Array): number {
  let [even, odd, third, fourth] = [0, 0, 0, 0];
  const whole = a.length - (a.length % 4);
  for (let at = 0; at < whole; at += 4) {
    even += (a[at] as number) * (b[at] as number);
    odd += (a[at + 1] as number) * (b[at + 1] as number);
    third += (a[at + 2] as number) * (b[at + 2] as number);
    fourth += (a[at + 3] as number) * (b[at + 3] as number);
  }
  for (let at = whole; at < a.length; at++) even += (a[at] as number) * (b[at] as number);
  return even + odd + (third + fourth);
}

function normalized(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return length > 0 ? vector.map((value) => value / length) : vector;
}

function without(vector: Float64Array, direction: Float64Array): Float64Array {
  const along = dot(vector, direction);
  return vector.map((value, at) => value - along * (direction[at] ?? 0));
}

function upright(vector: Float64Array): Float64Array {
  let largest = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return largest < 0 ? vector.map((value) => -value) : vector;
}

/** How near vectors are to those that they should be. */
export interface Agreement {
  /** Of one number of one vector. */
  readonly largestError: number;
  readonly lowestCosine: number;
  readonly meanCosine: number;
}

export function agreementOf(
  expected: readonly (readonly number[])[],
  found: readonly (readonly number[])[],
): Agreement {
  const pairs = expected.map((vector, at): readonly [readonly number[], readonly number[]] => [
    vector,
    found[at] ?? [],
  ]);
  const errors = pairs.map(([a, b]) => Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? Number.NaN)))));
  const cosines = pairs.map(([a, b]) => cosine(a, b));
  return {
    largestError: Math.max(...errors),
    lowestCosine: Math.min(...cosines),
    meanCosine: cosines.reduce((sum, value) => sum + value, 0) / cosines.length,
  };
}

export function cosine(a: readonly number[], b: readonly number[]): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? Number.NaN), 0);
}

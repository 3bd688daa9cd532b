/** Counts above this weigh as this one does. */
const MOST = 4096;

/**
 * `1 + ln(count)` for counts from 0 (unused) to 4096. Made of sums, products and quotients alone, which IEEE 754 fixes to the last bit;
 * `Math.log` may differ between machines. ln(n) = ln(n-1) + 2 (z + z³/3 + z⁵/5 + …), where z = 1 / (2n - 1).
 */
const TABLE = makeTable();

/** Sublinear term frequency: the hundredth repetition of a word says less than the first. */
export function sublinear(count: number): number {
  return TABLE[count < MOST ? count : MOST] ?? 0;
}

function makeTable(): Float64Array {
  const table = new Float64Array(MOST + 1);
  let logarithm = 0;
  table[1] = 1;
  for (let count = 2; count <= MOST; count++) {
    const z = 1 / (2 * count - 1);
    let power = z;
    let sum = 0;
    for (let exponent = 1; power / exponent > 1e-18; exponent += 2) {
      sum += power / exponent;
      power *= z * z;
    }
    logarithm += 2 * sum;
    table[count] = 1 + logarithm;
  }
  return table;
}

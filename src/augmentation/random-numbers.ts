/** Whole numbers below a bound, by Chris Doty-Humphrey's sfc32: the same for the same four words on every machine. */
export function randomNumbers([a = 0, b = 0, c = 0, d = 0]: readonly number[]): (below: number) => number {
  let [x, y, z, counter] = [a | 0, b | 0, c | 0, d | 0];
  const next = (): number => {
    const sum = (x + y + counter) | 0;
    counter = (counter + 1) | 0;
    x = y ^ (y >>> 9);
    y = (z + (z << 3)) | 0;
    z = (((z << 21) | (z >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 12; warm++) next();
  return (below) => Math.floor((next() / 2 ** 32) * below);
}

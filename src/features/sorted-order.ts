/**
 * `indices` in ascending order of their key, stable, by natural merge sort: linear where they come as a few ordered
 * runs, n log n at worst. `indices` itself serves as work space.
 */
export function sortedOrder(indices: Uint32Array, keys: Float64Array): Uint32Array {
  let starts = runStarts(indices, keys);
  let order: Uint32Array = indices;
  let target: Uint32Array = new Uint32Array(indices.length);
  while (starts.length > 2) {
    const merged = [0];
    for (let run = 0; run + 1 < starts.length; run += 2) {
      const start = starts[run] ?? 0;
      const middle = starts[run + 1] ?? 0;
      const end = starts[run + 2] ?? middle;
      mergeTwo(order, target, start, middle, end, keys);
      merged.push(end);
    }
    [order, target] = [target, order];
    starts = merged;
  }
  return order;
}

/** First position of every ordered run, and the length as the end of the last. */
function runStarts(indices: Uint32Array, keys: Float64Array): number[] {
  const starts = [0];
  for (let i = 1; i < indices.length; i++) {
    if ((keys[indices[i] ?? 0] ?? 0) < (keys[indices[i - 1] ?? 0] ?? 0)) starts.push(i);
  }
  starts.push(indices.length);
  return starts;
}

function mergeTwo(
  source: Uint32Array,
  target: Uint32Array,
  start: number,
  middle: number,
  end: number,
  keys: Float64Array,
): void {
  let left = start;
  let right = middle;
  for (let i = start; i < end; i++) {
    const takesLeft =
      right >= end || (left < middle && (keys[source[left] ?? 0] ?? 0) <= (keys[source[right] ?? 0] ?? 0));
    target[i] = source[takesLeft ? left++ : right++] ?? 0;
  }
}

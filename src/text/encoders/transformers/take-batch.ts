export interface BatchLimits {
  /** Rows times width, padding included; a single text may be longer. */
  readonly maxTokens: number;
  /** Which texts may share a batch. */
  readonly company: 'any' | 'same_length' | 'none';
}

/**
 * How many rows, from `start`, make the next batch. `lengths` are tokens, longest first, so that the first row is as
 * wide as the batch.
 */
export function takeBatch(lengths: readonly number[], start: number, limits: BatchLimits): number {
  if (limits.company === 'none') return 1;
  const width = lengths[start] ?? 0;
  const most = Math.max(1, Math.floor(limits.maxTokens / width));
  const end = Math.min(lengths.length, start + most);
  if (limits.company === 'any') return end - start;
  let count = 1;
  while (start + count < end && lengths[start + count] === width) count++;
  return count;
}

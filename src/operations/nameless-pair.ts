import type { Pair } from '../manifest/pair.ts';

/** A pair whose manifest cannot be read. */
export function namelessPair(index: number): Pair {
  const id = String(index).padStart(8, '0');
  return { index, id, midiFile: undefined, text: undefined, textFile: undefined, metadata: {}, hash: 0 };
}

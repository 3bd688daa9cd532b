import type { TokenIds, TokenSequences } from './token-sequences.ts';

/**
 * The streams that windows were cut from; what a window has in common with the one before it is said once. Windows without places
 * (of earlier versions) are of one stream.
 */
export function joinWindows({ layout, columns, streams, places }: TokenSequences): readonly TokenIds[] {
  if (layout !== 'windows') return streams;
  const whole: number[][] = [];
  for (const [at, ids] of streams.entries()) {
    const { stream, start } = places?.[at] ?? { stream: 0, start: undefined };
    whole[stream] ??= [];
    const known = whole[stream];
    const said = start === undefined ? 0 : known.length - start * columns;
    for (const id of ids.subarray(Math.max(0, said))) known.push(id);
  }
  const isWide = streams.some((ids) => ids instanceof Int32Array);
  return whole.map((ids) => (isWide ? Int32Array.from(ids) : Uint16Array.from(ids)));
}

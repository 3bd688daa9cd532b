import type { TokenSequences } from './token-sequences.ts';

/**
 * The streams that windows were cut from; what a window has in common with the one before it is said once. Windows without places
 * (of earlier versions) are of one stream.
 */
export function joinWindows({ layout, columns, streams, places }: TokenSequences): readonly Uint16Array[] {
  if (layout !== 'windows') return streams;
  const whole: number[][] = [];
  for (const [at, ids] of streams.entries()) {
    const { stream, start } = places?.[at] ?? { stream: 0, start: undefined };
    whole[stream] ??= [];
    const known = whole[stream];
    const said = start === undefined ? 0 : known.length - start * columns;
    for (const id of ids.subarray(Math.max(0, said))) known.push(id);
  }
  return whole.map((ids) => Uint16Array.from(ids));
}

import type { Decoder, Rows } from './decoder.ts';

/**
 * MMM: the streams of all tracks one after the other, each between Track_Start and Track_End, in another tokenization. As in
 * MidiTok the token before each Track_Start but the first is taken for an end, whatever it is.
 */
export function mmmDecoder(base: Decoder): Decoder {
  return {
    ...base,
    decode(streams, builder) {
      base.decode(streams.flatMap(tracksOf), builder);
    },
  };
}

function tracksOf(rows: Rows): readonly Rows[] {
  const starts = rows.flatMap(([token], at) => (token?.type === 'Track' && token.value === 'Start' ? [at] : []));
  if (starts.length === 0) return [rows];
  return starts.map((start, index) => {
    const next = starts[index + 1];
    return rows.slice(start + 1, next === undefined ? rows.length : Math.max(start + 1, next - 1));
  });
}

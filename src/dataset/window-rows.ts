import type { CuratedRow } from './dataset-row.ts';

/** A row for each window of a row's tokens, or for each of its streams where none was too long. */
export function windowRows(row: CuratedRow): readonly CuratedRow[] {
  const { tokens } = row.midi;
  const { columns, streams, places } = tokens;
  return streams.map((ids, number) => {
    const { stream, bars } = places?.[number] ?? { stream: 0, bars: undefined };
    return {
      ...row,
      midi: {
        ...row.midi,
        tokens: { layout: 'single', columns, streams: [ids] },
        sequence_length: ids.length / columns,
      },
      window: { number, of: streams.length, stream, firstBar: bars?.[0] ?? null, lastBar: bars?.[1] ?? null },
    };
  });
}

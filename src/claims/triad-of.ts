const ROOTS: ReadonlyMap<string, number> = new Map(
  ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B', 'Db', 'D#', 'Gb', 'G#', 'A#'].map((name, index) => [
    name,
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 3, 6, 8, 10][index] ?? 0,
  ]),
);

/** The triad of a chord's symbol: its root, 0 (C) to 11, and 12 more where its third is minor; `undefined` for none. */
export function triadOf(symbol: string): number | undefined {
  const match = /^([A-G][#b]?)(m(?!aj)|dim)?/.exec(symbol);
  const root = ROOTS.get(match?.[1] ?? '');
  if (root === undefined) return undefined;
  return match?.[2] === undefined ? root : root + 12;
}

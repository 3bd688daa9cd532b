import { KeyTable, NO_SLOT } from './key-table.ts';

/** Keys of rows in their order: 64 bits each, 0 where nothing is known of one. */
export interface RowKeys {
  /** By id where the row has one, else by MIDI file and text. */
  readonly rows: BigUint64Array;
  /** By MIDI file alone. */
  readonly midi: BigUint64Array;
}

/**
 * Which row of an earlier manifest each row of the new one was; `NO_SLOT` for a new one. The same row is the one with the same id,
 * or where rows have none the one with the same MIDI file and text; of what is left, the one with the same MIDI file, whose text was
 * corrected. Of several that are alike, the first goes to the first.
 */
export function matchRows(earlier: RowKeys, now: RowKeys, hasId: (row: number) => boolean): Int32Array {
  const was = new Int32Array(now.rows.length).fill(NO_SLOT);
  const isLeft = new Uint8Array(earlier.rows.length).fill(1);
  const match = (column: keyof RowKeys, mayMatch: (row: number) => boolean): void => {
    const keys = earlier[column];
    const table = new KeyTable(keys, (slot) => isLeft[slot] === 1 && keys[slot] !== 0n);
    for (let row = 0; row < was.length; row++) {
      if (was[row] !== NO_SLOT || !mayMatch(row)) continue;
      const slot = table.take(now[column][row] ?? 0n);
      if (slot === NO_SLOT) continue;
      was[row] = slot;
      isLeft[slot] = 0;
    }
  };
  match('rows', () => true);
  if (was.includes(NO_SLOT) && isLeft.includes(1)) match('midi', (row) => !hasId(row));
  return was;
}

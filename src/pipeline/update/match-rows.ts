import { isKeyOfId } from '../../inputs/pair-keys.ts';
import { KeyTable, NO_SLOT } from './key-table.ts';

/** Keys of rows in their order: 64 bits each, 0 where nothing is known of one. */
export interface RowKeys {
  /** By id where the row has one, else by MIDI file and text. */
  readonly rows: BigUint64Array;
  /** By what each stage takes of it. */
  readonly midi: BigUint64Array;
  readonly text: BigUint64Array;
}

/**
 * Which row of an earlier manifest each row of the new one was; `NO_SLOT` for a new one. The same row is the one with the same id; of
 * what is left, the one with the same MIDI file and text; and then the one with the same MIDI file, whose text was corrected, unless both
 * have ids, which say that they are two. Of several that are alike, the first goes to the first.
 */
export function matchRows(earlier: RowKeys, now: RowKeys): Int32Array {
  const was = new Int32Array(now.rows.length).fill(NO_SLOT);
  const isLeft = new Uint8Array(earlier.rows.length).fill(1);
  const match = (
    [there, here]: readonly [BigUint64Array, BigUint64Array],
    mayMatch: (row: number) => boolean = () => true,
    isMember: (slot: number) => boolean = () => true,
  ): void => {
    const table = new KeyTable(there, (slot) => isLeft[slot] === 1 && there[slot] !== 0n && isMember(slot));
    for (let row = 0; row < was.length; row++) {
      if (was[row] !== NO_SLOT || !mayMatch(row)) continue;
      const slot = table.take(here[row] ?? 0n);
      if (slot === NO_SLOT) continue;
      was[row] = slot;
      isLeft[slot] = 0;
    }
  };
  const byId = (keys: BigUint64Array, at: number): boolean => isKeyOfId(keys[at] ?? 0n);
  match([earlier.rows, now.rows]);
  if (!was.includes(NO_SLOT) || !isLeft.includes(1)) return was;
  match([contentOf(earlier), contentOf(now)]);
  match([earlier.midi, now.midi], (row) => !byId(now.rows, row));
  match([earlier.midi, now.midi], undefined, (slot) => !byId(earlier.rows, slot));
  return was;
}

/** One key of both; 0 where one of them is not known. */
function contentOf({ midi, text }: RowKeys): BigUint64Array {
  return midi.map((key, at) => (key === 0n || text[at] === 0n ? 0n : key ^ ((text[at] ?? 0n) * 0x9e3779b97f4a7c15n)));
}

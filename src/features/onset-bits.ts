import { noteTable } from './note-table.ts';
import { MAX_STEPS, type TimeGrid } from './time-grid.ts';

/** A bit for each step of the grid, and a word behind them. */
const allWords = new Int32Array(MAX_STEPS / 32 + 2);

/** The steps of the grid on which a note begins, drums too, as bits from the lowest of the first word on. Holds until the next call. */
export function onsetBits({ count, steps }: TimeGrid): Int32Array {
  const words = allWords;
  words.fill(0, 0, (steps >>> 5) + 2);
  const { firstStep } = noteTable;
  for (let i = 0; i < count; i++) {
    const step = firstStep[i] as number;
    words[step >>> 5] = (words[step >>> 5] as number) | (1 << (step & 31));
  }
  return words;
}

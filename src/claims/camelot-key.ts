import type { Reading } from './reading.ts';

export const CAMELOT = /^(?:[1-9]|1[0-2])$/;

/** Pitch classes of 1B to 12B of the Camelot wheel; the minor keys beside them are three semitones lower. */
const WHEEL: readonly number[] = [11, 6, 1, 8, 3, 10, 5, 0, 7, 2, 9, 4];

/** "Key: 8A", "camelot 8A". */
export function readCamelot(reading: Reading, at: number): number | undefined {
  if (!CAMELOT.test(reading.at(at)) || !reading.touchesNext(at)) return undefined;
  const side = reading.at(at + 1);
  if (side !== 'a' && side !== 'b') return undefined;
  const isItem = reading.isItem(at, at + 2) && /^[AB]$/.test(reading.raw(at + 1));
  const isNamed = [at - 1, at - 2, at + 2, at + 3].some((index) =>
    ['camelot', 'initialkey'].includes(reading.at(index)),
  );
  const isKey =
    reading.at(at - 1) === 'key' || ([':', '='].includes(reading.at(at - 1)) && reading.at(at - 2) === 'key');
  if (!isNamed && !isKey && !isItem) return undefined;
  const major = WHEEL[Number(reading.at(at)) - 1] ?? 0;
  const value =
    side === 'b' ? { tonic: major, mode: 'major' as const } : { tonic: (major + 9) % 12, mode: 'minor' as const };
  reading.add({ kind: 'key', ...value }, at, at + 2);
  return at + 2;
}

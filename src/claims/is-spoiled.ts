import type { Agreement } from './agreement.ts';

/** Whether a caption says less of a changed piece that is right, or more that is wrong, than it did before. */
export function isSpoiled(before: Pick<Agreement, 'agrees' | 'contradicts'>, after: typeof before): boolean {
  return after.agrees < before.agrees || after.contradicts > before.contradicts;
}

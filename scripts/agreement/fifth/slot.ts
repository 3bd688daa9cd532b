import type { KnownPiece } from '../style.ts';
import type { Segment } from './segment.ts';

/** Fills a place in a line; undefined where nothing true, or nothing new, can be put there. */
export type Slot = (
  piece: KnownPiece,
  random: () => number,
  said: readonly Segment[],
) => string | readonly Segment[] | undefined;

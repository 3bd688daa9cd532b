import { type Position, START } from './readers/record-reader.ts';
import { RollingHash } from './rolling-hash.ts';

/**
 * A part of a plan, and how to come to it without reading what is before: its pairs keep the indexes that they have in the whole,
 * and its rolling hash is that of the whole.
 */
export interface PlanPart {
  /** Index of the first pair, and the one behind the last. */
  readonly first: number;
  readonly end: number;
  /** The nearest place at or before the first pair where reading can begin. */
  readonly link: HashLink;
  /** Rolling hash over pairs [0, end). */
  readonly hash: string;
}

/** A pair at which the rolling hash goes on from its digest, and the record that the pair is of. */
export interface HashLink {
  /** A multiple of `LINK_TEXTS`. */
  readonly index: number;
  /** Over pairs [0, index); empty for none. */
  readonly digest: string;
  /** Index of the record's first pair, the record's place among all, and where it lies. */
  readonly first: number;
  readonly ordinal: number;
  readonly position: Position;
}

export const FIRST_LINK: HashLink = { index: 0, digest: '', first: 0, ordinal: 0, position: START };

/** The rolling hash as it is at a link. */
export function hashAtLink({ index, digest }: HashLink): RollingHash {
  return index === 0 ? new RollingHash() : RollingHash.after(digest);
}

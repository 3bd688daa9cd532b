import type { PairFailure } from '../errors.ts';
import { readFrames } from './record-frame.ts';
import { savedFailure } from './segment-commit.ts';
import type { StageRecord } from './stage-reader.ts';

/** What the main pass has made of consecutive pairs, before it is committed. */
export interface UnsavedOutcomes {
  /** Indexes, both inclusive. */
  readonly first: number;
  readonly last: number;
  /** Framed records, ascending by index. */
  readonly frames: Uint8Array;
  readonly failures: readonly PairFailure[];
}

/** The outcomes in index order, as a reader of the segment will have them. */
export function recordsOfUnsaved({ frames, failures }: UnsavedOutcomes): readonly StageRecord[] {
  const records: StageRecord[] = [];
  for (const { index, bytes } of readFrames(frames)) records.push({ index, ok: true, bytes });
  for (const failure of failures) records.push({ index: failure.index, ok: false, failure: savedFailure(failure) });
  return records.sort((a, b) => a.index - b.index);
}

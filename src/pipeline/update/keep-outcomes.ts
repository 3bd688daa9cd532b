import { FRAME_BYTES, FrameWriter, readFrames } from '../../checkpoint/record-frame.ts';
import type { SourcedRecord } from '../../checkpoint/record-source.ts';
import { packStamps } from '../../checkpoint/stamp-rows.ts';
import type { Job } from '../../engine/isolate-crashes.ts';
import type { PairFailure } from '../../errors.ts';
import type { BatchResult } from '../../worker/batch-result.ts';

/** The outcomes that are kept of some pairs, in their order; `undefined` for one that is to be made. */
export type KeepOutcomes = (indexes: readonly number[]) => Promise<readonly (SourcedRecord | undefined)[]>;

/** Makes a batch runner take over earlier outcomes, under the index that their pairs have now; it runs only what is left. */
export function keepOutcomes<J extends Job>(
  run: (jobs: readonly J[]) => Promise<BatchResult>,
  keep: KeepOutcomes,
): (jobs: readonly J[]) => Promise<BatchResult> {
  return async (jobs) => {
    const found = await keep(jobs.map(({ index }) => index));
    const kept = jobs.flatMap(({ index }, at): Kept[] => {
      const outcome = found[at];
      return outcome === undefined ? [] : [{ index, outcome }];
    });
    if (kept.length === 0) return run(jobs);
    const left = jobs.filter((_, at) => found[at] === undefined);
    return joined(kept, left.length === 0 ? undefined : await run(left));
  };
}

interface Kept {
  readonly index: number;
  readonly outcome: SourcedRecord;
}

function joined(kept: readonly Kept[], made: BatchResult | undefined): BatchResult {
  const records = kept.flatMap(({ index, outcome }) => (outcome.ok ? [{ index, bytes: outcome.bytes }] : []));
  const all = made === undefined ? records : [...records, ...readFrames(made.frames)].sort((a, b) => a.index - b.index);
  const writer = new FrameWriter(all.reduce((sum, { bytes }) => sum + FRAME_BYTES + bytes.length, 0));
  for (const { index, bytes } of all) writer.add(index, bytes);
  const failures = kept.flatMap(({ index, outcome }): PairFailure[] =>
    outcome.ok ? [] : [{ ...outcome.failure, index }],
  );
  const stamps = packStamps(
    kept.flatMap(({ index, outcome: { stamp } }) => (stamp === undefined ? [] : [[index, stamp] as const])),
  );
  return {
    ...made,
    frames: writer.take(),
    count: all.length,
    failures: [...failures, ...(made?.failures ?? [])],
    stamps: made === undefined ? stamps : Buffer.concat([stamps, made.stamps]),
  };
}

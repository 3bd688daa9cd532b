import { DEFAULT_MANIFEST_LIMITS, type ManifestLimits } from '../../src/manifest/limits.ts';
import type { Pair } from '../../src/manifest/pair.ts';
import type { Batch, Plan } from '../../src/manifest/plan.ts';

export async function readBatches(plan: Plan, from = 0, batchSize = 3): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of plan.batches(from, batchSize)) batches.push(batch);
  return batches;
}

export async function readPairs(plan: Plan, from = 0, batchSize = 3): Promise<readonly Pair[]> {
  return (await readBatches(plan, from, batchSize)).flatMap((batch) => batch.pairs);
}

export function limitsWith(changes: Partial<ManifestLimits>): ManifestLimits {
  return { ...DEFAULT_MANIFEST_LIMITS, ...changes };
}

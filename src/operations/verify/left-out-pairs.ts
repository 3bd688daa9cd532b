import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { IndexSet } from '../../checkpoint/index-set.ts';
import { readLines } from '../../dataset/read-lines.ts';

/** The pairs that a data set says have no row. */
export interface LeftOutPairs {
  readonly failed: IndexSet;
  /** Rejected by a filter, or a copy of a pair that is a row. */
  readonly leftOut: IndexSet;
}

interface Entry {
  readonly index: number;
  /** In `duplicates.jsonl`: the pair that is a row in the place of this one. */
  readonly kept?: unknown;
}

/** @param total - pairs of the manifest; what is said of others is no pair. */
export async function readLeftOutPairs(dataset: string, total: number): Promise<LeftOutPairs> {
  const failed = new IndexSet(0);
  const leftOut = new IndexSet(0);
  const isKnown = ({ index }: Entry): boolean => Number.isSafeInteger(index) && index >= 0 && index < total;
  const isDropped = (entry: Entry): boolean => isKnown(entry) && (entry.kept ?? null) !== null;
  await readIndexes(join(dataset, 'failures.jsonl'), failed, isKnown);
  await readIndexes(join(dataset, 'rejected.jsonl'), leftOut, isKnown);
  await readIndexes(join(dataset, 'duplicates.jsonl'), leftOut, isDropped);
  return { failed, leftOut };
}

/** A list that is absent or damaged is the business of the checksums. */
async function readIndexes(file: string, into: IndexSet, counts: (entry: Entry) => boolean): Promise<void> {
  if (!existsSync(file)) return;
  for await (const line of readLines(file)) {
    try {
      const entry: unknown = JSON.parse(line);
      if (isEntry(entry) && counts(entry)) into.set(entry.index, true);
    } catch {
      // Not the line that was written, and so not its checksum.
    }
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'index' in value && typeof value.index === 'number';
}

import type { Plan, RecordHashes } from './plan.ts';

/**
 * The first index whose record is not the one that was stored, which may be `plan.total` where the manifest became
 * shorter; `undefined` where all stored records are still there (a changed CSV header changes no record).
 *
 * @param stored what earlier runs kept of `Pair.hash`, ascending by `first`; gaps are not compared
 */
export async function firstDifference(plan: Plan, stored: AsyncIterable<RecordHashes>): Promise<number | undefined> {
  const actual = plan.recordHashes();
  let chunk: RecordHashes = { first: 0, hashes: new Uint32Array() };
  try {
    for await (const { first, hashes } of stored) {
      for (const [offset, hash] of hashes.entries()) {
        const index = first + offset;
        while (index >= chunk.first + chunk.hashes.length) {
          const next = await actual.next();
          if (next.done) return chunk.first + chunk.hashes.length;
          chunk = next.value;
        }
        if (chunk.hashes[index - chunk.first] !== hash) return index;
      }
    }
    return undefined;
  } finally {
    await actual.return(undefined);
  }
}

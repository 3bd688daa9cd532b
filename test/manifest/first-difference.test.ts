import { describe, expect, it } from 'vitest';
import { firstDifference } from '../../src/manifest/first-difference.ts';
import { openPlan } from '../../src/manifest/open-plan.ts';
import type { RecordHashes } from '../../src/manifest/plan.ts';
import { limitsWith, readPairs } from './read-plan.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();
const lines = Array.from({ length: 20 }, (_, index) =>
  JSON.stringify({ path: `${index}.mid`, text: `piece ${index}` }),
);

async function* storedOf(
  records: readonly string[],
  chunk: number,
  until = records.length,
): AsyncGenerator<RecordHashes> {
  const plan = await openPlan({ inputFile: folder.write('stored.jsonl', records.join('\n')) });
  const hashes = (await readPairs(plan)).map((pair) => pair.hash).slice(0, until);
  for (let first = 0; first < hashes.length; first += chunk) {
    yield { first, hashes: Uint32Array.from(hashes.slice(first, first + chunk)) };
  }
}

describe('the first record that differs from what was stored', () => {
  it.each([
    ['none where nothing changed', lines, undefined],
    ['none where records were appended', [...lines, lines[3] ?? ''], undefined],
    ['the one that was edited', lines.map((line) => line.replace('piece 13', 'Piece 13')), 13],
    ['the first of two that changed places', [lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)], 0],
    ['the one before which another was inserted', [...lines.slice(0, 7), lines[2] ?? '', ...lines.slice(7)], 7],
    ['the first that is not there any more', lines.slice(0, 15), 15],
  ])('is %s', async (_, changed, index) => {
    for (const [chunk, windowBytes] of [
      [1, 1000],
      [7, 1],
      [20, 64],
    ] as const) {
      const inputFile = folder.write('changed.jsonl', changed.join('\n'));
      const plan = await openPlan({ inputFile, limits: limitsWith({ windowBytes }) });
      expect(await firstDifference(plan, storedOf(lines, chunk))).toBe(index);
    }
  });

  it('is not looked for behind what was stored', async () => {
    const changed = lines.map((line) => line.replace('piece 13', 'Piece 13'));
    const plan = await openPlan({ inputFile: folder.write('behind.jsonl', changed.join('\n')) });
    expect(await firstDifference(plan, storedOf(lines, 5, 13))).toBeUndefined();
  });
});

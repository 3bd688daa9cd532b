import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openPlan } from '../../src/manifest/open-plan.ts';
import { partOf } from '../../src/manifest/part-of.ts';
import type { PlanPart } from '../../src/manifest/plan-part.ts';
import { rangesOf } from '../../src/pipeline/tasks/ranges-of.ts';
import { readBatches, readPairs } from './read-plan.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();
const seed = Number(process.env.MIDILOOM_TEST_SEED ?? Date.now() % 1_000_000);
console.log(`parts of plans: MIDILOOM_TEST_SEED=${seed}`);

/** More than a link of the rolling hash. */
const MANY = 4500;
const records = Array.from({ length: MANY }, (_, at) => ({
  midi_file: `${at}.mid`,
  caption: `caption ${at}`,
  genre: 'x',
}));
const lists = records.slice(0, 3000).map(({ midi_file }, at) => ({
  midi_file,
  caption: Array.from({ length: at % 4 }, (_, place) => `${at}/${place}`),
}));
const lines = (values: readonly object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const broken = lines(records.slice(0, 4200)).replace('"69.mid"', '69.mid"').replace('"4170.mid"', '');

/** In row groups that are no parts. */
function parquet(count: number): Buffer {
  const column = (name: 'midi_file' | 'caption') => ({
    name,
    data: records.slice(0, count).map((record) => record[name]),
  });
  return Buffer.from(parquetWriteBuffer({ columnData: [column('midi_file'), column('caption')], rowGroupSize: 700 }));
}

async function partsOf(inputFile: string, count: number): Promise<{ hash: string; parts: readonly PlanPart[] }> {
  const { total, note } = await openPlan({ inputFile });
  const ranges = rangesOf(total, count);
  const plan = await openPlan({ inputFile, note, marks: ranges.map(({ first }) => first) });
  return { hash: plan.hash, parts: ranges.flatMap((range) => partOf(plan, range) ?? []) };
}

const FORMATS: readonly (readonly [name: string, content: string | Buffer])[] = [
  ['lines.jsonl', lines(records)],
  ['array.json', JSON.stringify(records)],
  ['pairs.json', JSON.stringify({ pairs: records.slice(0, 300) })],
  ['keyed.json', JSON.stringify(Object.fromEntries(records.slice(0, 300).map((record, at) => [`k${at}`, record])))],
  ['table.csv', `midi_file,caption\n${records.map((r) => `${r.midi_file},"${r.caption},\n"\n`).join('')}`],
  ['packed.jsonl.gz', gzipSync(lines(records))],
  ['rows.parquet', parquet(MANY)],
  ['captions.jsonl', lines(lists)],
  ['broken.jsonl', broken],
];

describe('a part of a plan', () => {
  it.each(FORMATS)('has the pairs and the hashes of the whole: %s', async (name, content) => {
    const inputFile = folder.write(name, content);
    const whole = await openPlan({ inputFile });
    const all = await readPairs(whole, 0, 512);
    for (const count of [1, 7]) {
      const { hash, parts } = await partsOf(inputFile, count);
      expect(parts).toHaveLength(count);
      expect(hash).toBe(whole.hash);
      const pairs = [];
      for (const part of parts) {
        const plan = await openPlan({ inputFile, part });
        expect([plan.first, plan.end, plan.total, plan.hash]).toEqual([
          part.first,
          part.end,
          part.end - part.first,
          part.hash,
        ]);
        pairs.push(...(await readPairs(plan, 0, 512)));
        expect((await readBatches(plan, 0, 1000)).at(-1)?.planHash).toBe(part.hash);
      }
      expect(pairs).toEqual(all);
      expect(parts.at(-1)?.hash).toBe(whole.hash);
    }
  });

  it('has the pairs of the whole where that is a folder', async () => {
    for (const name of ['a', 'b/c', 'b/d', 'e']) {
      folder.write(`songs/${name}.mid`, 'x');
      folder.write(`songs/${name}.txt`, name);
    }
    const inputFile = join(folder.path, 'songs');
    const { parts } = await partsOf(inputFile, 3);
    const pairs = [];
    for (const part of parts) pairs.push(...(await readPairs(await openPlan({ inputFile, part }))));
    expect(pairs).toEqual(await readPairs(await openPlan({ inputFile })));
  });

  it('is gone on with from any of its pairs, with the hash that is known there', async () => {
    const inputFile = folder.write('resume.jsonl', lines(records));
    const { parts } = await partsOf(inputFile, 4);
    const [, second] = parts;
    if (second === undefined) throw new Error('no second part');
    const mark = second.first + 700;
    const whole = await openPlan({ inputFile, marks: [mark] });
    const plan = await openPlan({ inputFile, part: second, marks: [mark] });
    expect(plan.hashAt(mark)).toBe(whole.hashAt(mark));
    expect((await readPairs(plan, mark))[0]?.index).toBe(mark);
    expect(() => plan.hashAt(mark + 1)).toThrow(RangeError);
    const hashes = [];
    for await (const { first, hashes: some } of plan.recordHashes()) hashes.push([first, some.length]);
    expect(hashes[0]?.[0]).toBe(second.first);
    expect(hashes.reduce((sum, [, length = 0]) => sum + length, 0)).toBe(second.end - second.first);
  });

  it('is refused where the manifest is another one by now', async () => {
    const inputFile = folder.write('changed.jsonl', lines(records));
    const { parts } = await partsOf(inputFile, 4);
    const [first, second] = parts;
    folder.write('changed.jsonl', lines(records).replace('"caption 1500"', '"caption 1501"'));
    expect((await openPlan({ inputFile, part: first })).hash).toBe(first?.hash);
    await expect(openPlan({ inputFile, part: second })).rejects.toMatchObject({ code: 'plan_mismatch' });
    folder.write('changed.jsonl', lines(records.slice(0, 1500)));
    await expect(openPlan({ inputFile, part: second })).rejects.toMatchObject({ code: 'plan_mismatch' });
    folder.write('changed.jsonl', 'no manifest at all');
    await expect(openPlan({ inputFile, part: second })).rejects.toMatchObject({ code: 'plan_mismatch' });
  });

  it('is come to without reading what is before it, however long that is', async () => {
    const bytesFor = async (pairs: number): Promise<number> => {
      const inputFile = folder.write(
        `${pairs}.jsonl`,
        lines(Array.from({ length: pairs / MANY }, () => records).flat()),
      );
      const { parts } = await partsOf(inputFile, pairs / 100);
      const before = bytesRead();
      const plan = await openPlan({ inputFile, part: parts.at(-1) });
      expect(plan.total).toBe(100);
      return bytesRead() - before;
    };
    // Of a manifest of six million: one piece to see what it is, one window of lines.
    expect(await bytesFor(20 * MANY)).toBeLessThan(3_000_000);
  });
});

describe('the ranges of tasks', () => {
  it('have every pair once, in order, and sizes that differ by one at most', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000_000 }), fc.integer({ min: 1, max: 500 }), (pairs, count) => {
        const ranges = rangesOf(pairs, count);
        expect(ranges).toHaveLength(count);
        expect([ranges[0]?.first, ranges.at(-1)?.end]).toEqual([0, pairs]);
        for (const [at, { first }] of ranges.entries()) if (at > 0) expect(first).toBe(ranges[at - 1]?.end);
        const sizes = ranges.map(({ first, end }) => end - first);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
      { seed, numRuns: 100 },
    );
  });
});

/** By this process so far, through any call. */
function bytesRead(): number {
  return Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
}

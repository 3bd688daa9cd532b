import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CaptionSpool } from '../../src/manifest/caption-spool.ts';
import { CaptionTable } from '../../src/manifest/caption-table.ts';
import { Spool } from '../../src/scratch/spool.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 5000, maxLength: 9000 }));
const caption = fc.oneof(text, fc.array(fc.oneof(text, fc.record({ text })), { minLength: 1, maxLength: 3 }));
const entries = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'é', 'plumless', 'buckeroo', ''), caption), {
  maxLength: 30,
});

it('finds what a map of lists would, whatever is in memory and whatever in the file', () => {
  fc.assert(
    fc.property(entries, fc.integer({ min: 8, max: 20_000 }), (added, memoryBytes) => {
      const table = new CaptionTable(new CaptionSpool(new Spool(undefined, memoryBytes)));
      const map = new Map<string, unknown[]>();
      for (const [key, value] of added) {
        table.add(key, value);
        map.set(key, [...(map.get(key) ?? []), value]);
      }
      for (const key of ['a', 'b', 'é', 'plumless', 'buckeroo', '', 'absent']) {
        const values = map.get(key);
        expect(table.find(key)).toEqual(values?.length === 1 ? values[0] : values?.flat());
      }
      expect(table).toMatchObject({ count: added.length, keys: map.size, used: map.size });
    }),
    { numRuns: 60 },
  );
});

it('keeps thousands apart, and leaves nothing behind in the temporary folder', () => {
  const table = new CaptionTable(new CaptionSpool(new Spool(undefined, 1000)));
  for (let index = 0; index < 5000; index++) table.add(`key ${index}`, `text ${index}`);
  for (let index = 0; index < 5000; index += 7) expect(table.find(`key ${index}`)).toBe(`text ${index}`);
  expect(table).toMatchObject({ count: 5000, keys: 5000, used: Math.ceil(5000 / 7) });
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`.midiloom-${process.pid}-`))).toEqual([]);
});

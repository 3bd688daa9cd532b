import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openPlan } from '../../src/manifest/open-plan.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();
const GOLDEN = fileURLToPath(new URL('../golden-runs/v1/', import.meta.url));

it('is the hash that checkpoints of the first version hold', async () => {
  const { plan: saved } = JSON.parse(readFileSync(`${GOLDEN}complete/midi_checkpoint.json`, 'utf8'));
  const plan = await openPlan({ inputFile: `${GOLDEN}input/pairs.jsonl` });
  expect(await plan.byteHashAt(plan.total)).toBe(saved.hash_at_last);
  expect(await plan.byteHashAt(plan.total + 1)).toBeUndefined();
});

it('depends on the header of a table and on the bytes of its rows', async () => {
  const table = await openPlan({ inputFile: folder.write('a.csv', 'path,text\na,b\nc,d\n') });
  const quoted = await openPlan({ inputFile: folder.write('b.csv', 'path,text\n"a",b\nc,d\n') });
  expect(quoted.hash).toBe(table.hash);
  expect(await quoted.byteHashAt(2)).not.toBe(await table.byteHashAt(2));
});

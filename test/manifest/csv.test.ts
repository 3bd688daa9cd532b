import { describe, expect, it } from 'vitest';
import { openPlan } from '../../src/manifest/open-plan.ts';
import { limitsWith, readPairs } from './read-plan.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();

describe('a table', () => {
  it.each([
    ['quoted delimiters, line breaks and quotes', '"a, b\r\n""c"""', 'a, b\r\n"c"'],
    ['an empty quoted field', '""', ''],
    ['a quote inside a plain field', 'a 12" vinyl', 'a 12" vinyl'],
    ['spaces around a field', ' a ', ' a '],
    ['a field of quotes', '""""', '"'],
  ])('may hold %s', async (_, cell, expected) => {
    const inputFile = folder.write('cells.csv', `path,text,more\na.mid,${cell},1\nb.mid,${cell},2`);
    for (const windowBytes of [1, 1024]) {
      const pairs = await readPairs(await openPlan({ inputFile, limits: limitsWith({ windowBytes }) }));
      expect(pairs.map(({ midiFile, text, metadata }) => [midiFile, text, metadata])).toEqual([
        ['a.mid', expected, { more: '1' }],
        ['b.mid', expected, { more: '2' }],
      ]);
    }
  });

  it('may have a last field that is empty', async () => {
    const pairs = await readPairs(await openPlan({ inputFile: folder.write('last.csv', 'path,text\na.mid,\nb.mid,') }));
    expect(pairs.map(({ text }) => text)).toEqual(['', '']);
  });

  it('may have a column without a name, as pandas writes it', async () => {
    const [pair] = await readPairs(await openPlan({ inputFile: folder.write('pandas.csv', ',path\n0,a.mid\n') }));
    expect(pair?.metadata).toEqual({ column_1: '0' });
  });

  it('is read from a mark behind line breaks in fields', async () => {
    const inputFile = folder.write('mark.csv', 'path,text\na.mid,"x\ny"\nb.mid,"x\n\ny"\nc.mid,z\n');
    const plan = await openPlan({ inputFile, marks: [2] });
    expect((await readPairs(plan, 2)).map(({ midiFile }) => midiFile)).toEqual(['c.mid']);
  });
});

import { describe, expect, it } from 'vitest';
import { openPlan } from '../../src/manifest/open-plan.ts';
import { readPairs } from './read-plan.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();

async function readOnly(name: string, content: string) {
  const [pair] = await readPairs(await openPlan({ inputFile: folder.write(name, content) }));
  return pair;
}

describe('a hostile record is harmless', () => {
  it.each([
    [
      'in the record',
      '{"path": "a.mid", "__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
    ],
    ['in the metadata', '{"path": "a.mid", "metadata": {"__proto__": {"polluted": true}}}'],
    ['as the metadata', '{"path": "a.mid", "metadata": {"x": [{"__proto__": {"polluted": true}}]}}'],
    ['with its name escaped', '{"path": "a.mid", "\\u005f_proto__": {"polluted": true}}'],
  ])('with a __proto__ %s', async (_, line) => {
    const pair = await readOnly('proto.jsonl', line);
    expect(pair?.midiFile).toBe('a.mid');
    expect(JSON.stringify(pair)).not.toContain('__proto__');
    expect(Object.getPrototypeOf(pair?.metadata)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Reflect.get(Object.assign({}, pair?.metadata), 'polluted')).toBeUndefined();
  });

  it('with a __proto__ as a column', async () => {
    const pair = await readOnly('proto.csv', 'path,__proto__,toString\na.mid,x,y\n');
    expect(pair?.metadata).toEqual({ toString: 'y' });
  });

  it('with the same key twice: the last counts', async () => {
    expect(await readOnly('twice.jsonl', '{"path": "a.mid", "path": "b.mid", "x": 1, "x": 2}')).toMatchObject({
      midiFile: 'b.mid',
      metadata: { x: 2 },
    });
  });

  it('with halves of surrogate pairs', async () => {
    expect(await readOnly('surrogate.jsonl', '{"path": "\\ud800.mid", "text": "a\\udc00"}')).toMatchObject({
      midiFile: '\ud800.mid',
      text: 'a\udc00',
    });
  });

  it('with nesting up to the limit', async () => {
    const nested = `${'['.repeat(99)}${']'.repeat(99)}`;
    expect((await readOnly('deep.jsonl', `{"path": "a.mid", "x": ${nested}}`))?.midiFile).toBe('a.mid');
  });

  it('with a million brackets', async () => {
    for (const name of ['brackets.jsonl', 'brackets.json']) {
      const record = `{"x": ${'['.repeat(1e6)}${']'.repeat(1e6)}}`;
      const inputFile = folder.write(name, name.endsWith('l') ? record : `[${record}]`);
      await expect(openPlan({ inputFile })).rejects.toMatchObject({ code: 'manifest_invalid' });
    }
  });

  it.each([
    ['bombs.jsonl', `{"x": ${'['.repeat(7e6)}${']'.repeat(7e6)}}`, 'bytes of metadata'],
    ['arrays.json', `[{"x": [${'[],'.repeat(4e6)}1]}]`, 'bytes of metadata'],
    ['open.json', `[${'['.repeat(17e6)}`, 'not valid JSON'],
    ['commas.csv', `path,text\n${','.repeat(15e6)}`, 'more than 10000 fields'],
    ['columns.csv', `path${','.repeat(15e6)}`, 'more than 10000 fields'],
  ])('that would fill the memory once parsed (%s)', async (name, content, message) => {
    const inputFile = folder.write(name, content);
    const before = process.resourceUsage().maxRSS;
    await expect(openPlan({ inputFile })).rejects.toMatchObject({ message: expect.stringContaining(message) });
    const grownMegabytes = (process.resourceUsage().maxRSS - before) / 1024;
    expect(grownMegabytes).toBeLessThan(150); // The window itself is 32 MiB; what was refused would take 400 and more.
  });

  it('with a long text, which is only long', async () => {
    const caption = '"['.repeat(2e6);
    expect((await readOnly('long.jsonl', JSON.stringify({ path: 'a.mid', caption })))?.text).toBe(caption);
  });
});

import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPlan } from '../../src/manifest/open-plan.ts';
import { limitsWith, readBatches, readPairs } from './read-plan.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();
const records = Array.from({ length: 10 }, (_, index) => ({ midi_file: `${index}.mid`, caption: `piece ${index}` }));
const lines = records.map((record) => JSON.stringify(record));
const bom = '\uFEFF';

describe('a manifest is the same in every format', () => {
  const cells = records.map(({ midi_file, caption }) => [midi_file, caption]);
  it.each([
    ['pairs.jsonl', lines.join('\n'), 'jsonl'],
    ['crlf.jsonl', `${bom}\r\n${lines.join('\r\n\r\n')}\r\n  \t\n`, 'jsonl'],
    ['pairs.ndjson', `${lines.join('\n')}\n`, 'jsonl'],
    ['lines.json', lines.join('\n'), 'jsonl'],
    ['one-line.json', `[${lines.join(',')}]`, 'json'],
    ['pretty.json', bom + JSON.stringify(records, null, 2), 'json'],
    ['array.jsonl', JSON.stringify(records), 'json'],
    ['wrapped.json', JSON.stringify({ version: 1, about: { pairs: [1, '}]'] }, pairs: records, after: [{}] }), 'json'],
    ['pretty-wrapped.json', JSON.stringify({ version: 1, pairs: records, z: 'a"]' }, null, '\t'), 'json'],
    ['wrapped.jsonl', JSON.stringify({ pairs: records }), 'json'],
    ['no-extension', lines.join('\n'), 'jsonl'],
    ['pairs.csv', ['midi_file,caption', ...cells.map((row) => row.join(','))].join('\r\n'), 'csv'],
    ['quoted.csv', `${bom}"midi_file","caption"\n${cells.map((row) => `"${row.join('","')}"`).join('\n\n')}\n`, 'csv'],
    ['pairs.tsv', ['midi_file\tcaption', ...cells.map((row) => row.join('\t'))].join('\n'), 'tsv'],
    ['tabs.csv', ['midi_file\tcaption', ...cells.map((row) => row.join('\t'))].join('\n'), 'tsv'],
    ['table.txt', ['midi_file,caption', ...cells.map((row) => row.join(','))].join('\n'), 'csv'],
  ])('%s', async (name, content, format) => {
    const inputFile = folder.write(name, content);
    const plan = await openPlan({ inputFile });
    expect(plan).toMatchObject({ format, total: 10, fields: { midi: 'midi_file', text: 'caption' } });
    expect(plan.defaultMidiRoot).toBe(dirname(inputFile));
    const pairs = await readPairs(plan);
    expect(pairs.map(({ midiFile, text }) => ({ midi_file: midiFile, caption: text }))).toEqual(records);
    expect(pairs.map(({ index, id }) => [index, id])).toEqual(records.map((_, index) => [index, `0000000${index}`]));
  });

  it('has the same hash as lines and as an array, however they are spaced', async () => {
    const spaced = await openPlan({ inputFile: folder.write('spaced.json', `[ ${lines.join('\n ,\n')} ]\n`) });
    const plan = await openPlan({ inputFile: folder.write('dense.jsonl', lines.join('\r\n')) });
    expect(spaced.hash).toBe(plan.hash);
    expect(spaced.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it.each([
    ['the order', [...lines.slice(1), lines[0]]],
    ['a character', [...lines.slice(0, 9), lines[9]?.replace('9', '8')]],
    ['the number of records', lines.slice(0, 9)],
  ])('has another hash when %s changes', async (_, changed) => {
    const plan = await openPlan({ inputFile: folder.write('a.jsonl', lines.join('\n')) });
    const other = await openPlan({ inputFile: folder.write('b.jsonl', changed.join('\n')) });
    expect(other.hash).not.toBe(plan.hash);
  });

  it('has another hash when the columns of a table change their meaning', async () => {
    const plan = await openPlan({ inputFile: folder.write('a.csv', 'path,text,caption\na,b,c\n') });
    const other = await openPlan({ inputFile: folder.write('b.csv', 'path,caption,text\na,b,c\n') });
    expect(other.hash).not.toBe(plan.hash);
  });
});

describe('batches', () => {
  it('cover all pairs in order and carry the rolling hash at their end', async () => {
    const inputFile = folder.write('batches.jsonl', lines.join('\n'));
    const plan = await openPlan({ inputFile, marks: [4, 8] });
    const batches = await readBatches(plan, 0, 4);
    expect(batches.map(({ first, last }) => [first, last])).toEqual([
      [0, 3],
      [4, 7],
      [8, 9],
    ]);
    expect(batches.map(({ planHash }) => planHash)).toEqual([plan.hashAt(4), plan.hashAt(8), plan.hash]);
  });

  it('begin anywhere, at a mark or not', async () => {
    const plan = await openPlan({ inputFile: folder.write('from.jsonl', lines.join('\n')), marks: [5] });
    const all = await readPairs(plan);
    for (let from = 0; from <= 11; from++) {
      expect(await readPairs(plan, from, 2)).toEqual(all.slice(from));
      expect((await readBatches(plan, from, 2)).at(-1)?.planHash).toBe(from < 10 ? plan.hash : undefined);
    }
  });

  it('can be read twice at the same time, each at its own speed', async () => {
    const plan = await openPlan({ inputFile: folder.write('twice.jsonl', lines.join('\n')) });
    const slow = plan.batches(0, 1);
    const fast = plan.batches(0, 10);
    expect((await slow.next()).value?.pairs[0]?.index).toBe(0);
    expect((await fast.next()).value?.pairs).toHaveLength(10);
    expect((await slow.next()).value?.pairs[0]?.index).toBe(1);
    await slow.return(undefined);
    await fast.return(undefined);
  });

  it('stop when they are aborted', async () => {
    const plan = await openPlan({ inputFile: folder.write('abort.jsonl', lines.join('\n')) });
    const abort = new AbortController();
    const batches = plan.batches(0, 2, abort.signal);
    await batches.next();
    abort.abort(new Error('stopped by the test'));
    await expect(batches.next()).rejects.toThrow('stopped by the test');
  });

  it('end at the total of the plan when records were appended since', async () => {
    const inputFile = folder.write('growing.jsonl', `${lines.join('\n')}\n`);
    const plan = await openPlan({ inputFile });
    appendFileSync(inputFile, '{"midi_file": "late.mid"}\n');
    expect(await readPairs(plan)).toHaveLength(10);
  });

  it.each([
    ['cut short', (file: string) => truncateSync(file, 100)],
    ['changed in place', (file: string) => writeFileSync(file, lines.join('\n').replace('piece 7', 'Piece 7'))],
    ['reordered', (file: string) => writeFileSync(file, [...lines].reverse().join('\n'))],
  ])('do not end well when the manifest was %s', async (_, change) => {
    const inputFile = folder.write('changing.jsonl', lines.join('\n'));
    const plan = await openPlan({ inputFile });
    change(inputFile);
    await expect(readBatches(plan, 0, 2)).rejects.toMatchObject({ code: 'manifest_changed' });
  });
});

describe('marks', () => {
  it('have the hash of a shorter manifest', async () => {
    const shorter = await openPlan({ inputFile: folder.write('shorter.jsonl', lines.slice(0, 6).join('\n')) });
    const plan = await openPlan({ inputFile: folder.write('longer.jsonl', lines.join('\n')), marks: [6] });
    expect(plan.hashAt(6)).toBe(shorter.hash);
    expect(plan.hashAt(10)).toBe(plan.hash);
    expect(plan.hashAt(0)).not.toBe(plan.hash);
  });

  it('beyond the end have no hash', async () => {
    const plan = await openPlan({ inputFile: folder.write('short.jsonl', lines.join('\n')), marks: [11] });
    expect(plan.hashAt(11)).toBeUndefined();
    expect(() => plan.hashAt(3)).toThrow(RangeError);
  });
});

it('reads a record larger than its window', async () => {
  const long = JSON.stringify({ midi_file: 'a.mid', caption: 'x'.repeat(100_000) });
  const inputFile = folder.write('window.jsonl', `${lines.join('\n')}\n${long}\n`);
  const plan = await openPlan({ inputFile, limits: limitsWith({ windowBytes: 16 }) });
  expect((await readPairs(plan)).at(-1)?.text).toHaveLength(100_000);
});

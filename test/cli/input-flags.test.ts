import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runHere } from './run-here.ts';

const folder = temporaryFolder('input-flags');
const pairs: readonly { readonly midi_file: string; readonly text_description: string }[] = readFileSync(SAMPLE, 'utf8')
  .split('\n')
  .slice(0, 6)
  .map((line) => JSON.parse(line));
const list = join(folder, 'list.csv');
const captions = join(folder, 'captions.jsonl');
/** Fields that nobody knows, another encoding, captions elsewhere, a record too many at both ends. */
const FLAGS = ['--midi_root', dirname(SAMPLE), '--midi_field', 'Wert é', '--id_field', 'nr', '--split_field', 'teil'];
const READING = [...FLAGS, '--encoding', 'windows-1252', '--offset', '1', '--limit', '6'];

beforeAll(() => {
  const rows = pairs.map(({ midi_file: file }, at) => `${file};${at};${at % 2 === 0 ? 'train' : 'test'}`);
  const all = ['Wert é;nr;teil', 'gone.mid;x;train', ...rows, 'gone.mid;y;test'];
  writeFileSync(list, Buffer.from(all.join('\n'), 'latin1'));
  const texts = pairs.map(({ text_description: words }, nr) => JSON.stringify({ nr, words }));
  writeFileSync(captions, texts.join('\n'));
});

const joined = ['--captions_file', captions, '--join_on', 'id', '--text_field', 'words'];

describe('what says how an input is read, says it to every command that reads one', () => {
  it.each([
    [['audit-split', list, ...READING], { pairs: 6, without_split: 0, unreadable: [], leaking_groups: 0 }],
    [['audit-captions', list, ...READING, ...joined], { pairs: 6, unusable: [], with_contradictions: 0 }],
    [['scan', list, ...READING, ...joined], { pairs: 6, with_text: 6, sample: { failures: {} } }],
    [
      ['process', '--input_file', list, ...READING, ...joined, '--text_encoder', 'none', '--dry_run'],
      { pairs: 6, midi_root: dirname(SAMPLE) },
    ],
  ])('%s', async (args, expected) => {
    const out = args[0] === 'process' ? ['--output_dir', join(folder, 'run')] : [];
    const { stdout, stderr } = await runHere([...args, ...out, '--json']);
    expect(JSON.parse(stdout || stderr)).toMatchObject(expected);
  });

  it('and the command that scan prints has all of it', async () => {
    const { stdout } = await runHere(['scan', list, ...READING, ...joined, '--json']);
    const { command } = JSON.parse(stdout);
    for (const flag of [...READING, ...joined].filter((word) => word.startsWith('--'))) expect(command).toContain(flag);
    expect(command).toContain("--midi_field 'Wert é'");
  });

  it('to checkpoint import, whose rows find their pairs by it', async () => {
    const rows = join(folder, 'rows.json');
    writeFileSync(
      rows,
      JSON.stringify(pairs.slice(2).map(({ midi_file: file }) => ({ midi_file: file, tokens: [1] }))),
    );
    const run = join(folder, 'imported');
    const told = ['checkpoint', 'import', run, rows, '--stage', 'midi', '--input_file', list, ...READING, '--json'];
    const { stdout, stderr } = await runHere(told);
    expect(JSON.parse(stdout || stderr)).toEqual([{ stage: 'midi', kind: 'foreign', rows: 4, unplaced: 0 }]);
  });

  it('and refuses what is not allowed', async () => {
    const { code, stderr } = await runHere(['audit-split', list, '--encoding', 'ebcdic']);
    expect(code).toBe(2);
    expect(stderr).toContain('--encoding');
  });
});

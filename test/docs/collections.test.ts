import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeCollections } from '../../scripts/write-collections.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('collections');
const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const PAGE = readFileSync(new URL('../../docs/input.md', import.meta.url), 'utf8');
const [TABLE = ''] = /<!-- collections:[\s\S]*<!-- \/collections -->/.exec(PAGE) ?? [];
const COMMANDS = [...TABLE.matchAll(/^\| ([^|]+) \| `midiloom ([^`]+)` \|$/gm)].map(
  ([, name = '', command = '']) => [name.trim(), command.split(' ')] as const,
);

interface Expected {
  readonly rows: number;
  readonly splits?: Readonly<Record<string, number>>;
  readonly first?: object;
}

/** What each must give, by the name in the table. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  MidiCaps: { rows: 3, first: { text_description: 'A melodic piece, number 0.' } },
  'MAESTRO, csv': { rows: 3, splits: { train: 1, validation: 1, test: 1 }, first: { text_description: null } },
  'MAESTRO, json': {
    rows: 3,
    splits: { train: 1, validation: 1, test: 1 },
    first: { text_description: 'Sonata Op. 1' },
  },
  POP909: { rows: 4 },
  'Lakh, full': { rows: 3 },
  'Lakh, matched, with scores': { rows: 3, first: { id: 'TRAAAGR128F425B14B/1a0751ad20e3f82957410f510da97b13' } },
  GiantMIDI: { rows: 2, first: { text_description: 'Played 0' } },
  MetaMIDI: { rows: 3 },
  'GigaMIDI, raw files': { rows: 3, splits: { train: 1, validation: 1, test: 1 } },
  'GigaMIDI, Parquet': {
    rows: 3,
    splits: { train: 1, validation: 1, test: 1 },
    first: { text_description: 'A title' },
  },
  'Aria-MIDI': { rows: 3 },
  'NES-MDB': { rows: 3, splits: { train: 1, valid: 1, test: 1 } },
  'a folder of the Hugging Face hub': {
    rows: 2,
    splits: { train: 1, test: 1 },
    first: { text_description: 'A waltz, slow' },
  },
};

beforeAll(() => writeCollections(folder));

describe('the command of docs/input.md works at first try', () => {
  it('for every collection', () => expect(COMMANDS.map(([name]) => name)).toEqual(Object.keys(EXPECTED)));

  it.each(COMMANDS)('%s', (name, command) => {
    const expected = EXPECTED[name];
    // No text model can be had here; the lexical encoder stands in.
    const encoder = command.includes('--text_encoder') ? [] : ['--text_encoder', 'hashing'];
    const argv = [MAIN, ...command, ...encoder, '--workers', '1', '--output_format', 'jsonl', '--json', '--quiet'];
    const result = JSON.parse(execFileSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' }));
    expect(result).toMatchObject({ status: 'complete', failed: 0 });
    expect(result.dataset.rows).toBe(expected?.rows);
    if (expected?.splits !== undefined) expect(result.dataset.splits).toEqual(expected.splits);
    const [first = ''] = readFileSync(join(result.dataset.directory, 'processed_data.jsonl'), 'utf8').split('\n', 1);
    expect(JSON.parse(first)).toMatchObject(expected?.first ?? {});
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runHere } from './run-here.ts';

const folder = temporaryFolder('loudness');
const run = join(folder, 'run');
const few = [
  '--input_file',
  SAMPLE,
  '--limit',
  '4',
  '--text_encoder',
  'hashing',
  '--workers',
  '1',
  '--output_format',
  'jsonl',
];

beforeAll(async () => {
  const made = await runHere(['process', '--output_dir', run, ...few, '-q']);
  expect(made, made.stderr).toMatchObject({ code: 0, stdout: '' });
});

describe('-q', () => {
  it.each([
    ['verify', run],
    ['checkpoint', 'validate', run],
    ['checkpoint', 'export', run, join(folder, 'exported.json')],
    ['report', run],
    ['audit-captions', SAMPLE, '--limit', '4'],
    ['checkpoint', 'reset', run, '--stage', 'text'],
  ])('is silence where all is well: %s %s', async (...args) => {
    expect(await runHere([...args, '-q'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('says what is not well, and what is asked for as JSON', async () => {
    const list = join(folder, 'leaking.jsonl');
    const [line = ''] = readFileSync(SAMPLE, 'utf8').split('\n');
    const pairs = ['train', 'test'].map((split) => JSON.stringify({ ...JSON.parse(line), split }));
    writeFileSync(list, pairs.join('\n'));
    const told = ['audit-split', list, '--midi_root', dirname(SAMPLE), '-q'];
    expect(await runHere(told)).toMatchObject({ code: 3, stdout: expect.stringContaining('Groups of copies') });
    const { stdout } = await runHere(['checkpoint', 'list', folder, '--json']);
    expect(JSON.parse(stdout)).toHaveLength(1);
    const asked = await runHere(['process', '--output_dir', join(folder, 'planned'), ...few, '-q', '--dry_run']);
    expect(asked.stdout).toContain('Dry run');
  });

  it('and -v exclude each other, in every command that has both', async () => {
    const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
    const both = all(await createProgram(() => {})).filter(({ options }) =>
      options.some(({ short }) => short === '-v'),
    );
    expect(both.map((command) => command.name()).sort()).toEqual(
      ['cleanup', 'dashboard', 'import', 'process', 'report', 'reset', 'retry', 'skip', 'unskip'].sort(),
    );
    const { code, stderr } = await runHere(['checkpoint', 'reset', run, '-q', '-v']);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be used with');
  });
});

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { acquireRunLock } from '../../src/checkpoint/run-lock.ts';
import { silent } from '../../src/log.ts';
import { json, runHere } from '../cli/run-here.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { optionsFor, writeManifest } from './sample-tasks.ts';

const folder = temporaryFolder('task-refusals');
const manifest = writeManifest(folder);
const run = join(folder, 'run');
const { midiRoot = '' } = optionsFor(manifest);
const process_ = (...more: string[]): Promise<{ code: number; stderr: string }> =>
  runHere(['process', '--output_dir', run, '--quiet', '--no_input', ...more]);
const first = [
  '--input_file',
  manifest,
  '--midi_root',
  String(midiRoot),
  '--text_encoder',
  'hashing',
  '--workers',
  '1',
];

beforeAll(async () => {
  expect(await process_(...first, '--tasks', '4', '--task', '0')).toMatchObject({ code: 0 });
});

describe('a task that does not agree with tasks.json stops with exit 5, and says in what', () => {
  it.each([
    ['the number of tasks', ['--tasks', '8', '--task', '1'], 'it has 4 tasks, and --tasks says 8'],
    ['an option', ['--tasks', '4', '--task', '1', '--text_dim', '16'], 'text_dim is 384 there, and 16 here'],
    ['the tokenizer', ['--task', '1', '--tokenizer', 'remi'], 'tokenizer is "tsd" there, and "remi" here'],
    ['the splits', ['--task', '1', '--split', 'train=0.5,test=0.5'], 'split is "train=1" there'],
    ['the part of the input', ['--task', '1', '--limit', '3'], 'limit is null there, and 3 here'],
  ])('%s', async (_, more, message) => {
    const { code, stderr } = await process_(...more);
    expect(stderr).toContain(message);
    expect(code).toBe(5);
  });

  it('the manifest: another length, or other pairs in its part', async () => {
    const before = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, `${before}{}\n`);
    expect(await process_('--task', '1')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('the manifest had'),
    });
    writeFileSync(manifest, before.replace('Another caption.', 'Another Caption.'));
    expect(await process_('--task', '1')).toMatchObject({ code: 0 });
    expect(await process_('--task', '3')).toMatchObject({ code: 5, stderr: expect.stringContaining('pairs 6 to 7') });
    expect(await process_('--mode', 'merge')).toMatchObject({ code: 5, stderr: expect.stringContaining('plan') });
    writeFileSync(manifest, before);
  });

  it('the version', async () => {
    const other = join(folder, 'other-version');
    cpSync(run, other, { recursive: true });
    const file = join(other, 'tasks.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"midiloom": "[^"]+"/, '"midiloom": "0.0.9"'));
    const { code, stderr } = await runHere(['process', '--output_dir', other, '--task', '1', '--quiet']);
    expect(stderr).toContain('made by midiloom 0.0.9');
    expect(code).toBe(5);
  });

  it('but how fast it works and where things lie may be said anew', async () => {
    expect(await process_('--tasks', '4', '--task', '2', '--workers', '2', '--batch_size', '8')).toMatchObject({
      code: 0,
    });
  });
});

describe('what makes no sense of one task is refused with what to do', () => {
  it.each([
    ['--mode update', ['--task', '1', '--mode', 'update'], 'not updated'],
    ['--save_partial', ['--task', '1', '--save_partial'], 'when the tasks are joined'],
    ['a merge of one', ['--task', '1', '--mode', 'merge'], 'joins all tasks'],
    ['checkpoints elsewhere', ['--task', '1', '--midi_checkpoint', 'x.json'], 'has its own checkpoints'],
    ['no task', ['--tasks', '4'], 'Which of the 4 tasks?'],
    ['a task that is not there', ['--task', '4'], 'from 0 to 3'],
    ['no task of a run in tasks', [], '--mode merge'],
    ['auto where nobody says which', ['--task', 'auto'], 'SLURM_ARRAY_TASK_ID'],
    ['a dry run', ['--task', '1', '--dry_run'], '--dry_run is for a whole run'],
  ])('%s', async (_, more, message) => {
    const { code, stderr } = await process_(...more);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it('a run that is not divided, and a directory that is a task already', async () => {
    const plain = join(folder, 'plain');
    await runHere(['process', '--output_dir', plain, ...first, '--quiet']);
    const divided = await runHere(['process', '--output_dir', plain, '--tasks', '2', '--task', '0', '--quiet']);
    expect(divided).toMatchObject({ code: 5, stderr: expect.stringContaining('not divided') });
    const own = join(run, 'tasks', '00000-of-00004');
    expect(await runHere(['process', '--output_dir', own, '--task', '0'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is the directory of a task already'),
    });
    expect(await runHere(['process', '--output_dir', own, '--mode', 'merge'])).toMatchObject({ code: 2 });
  });
});

describe('two processes that work off the same task', () => {
  it('the lock decides: the second says who has it, and stops with exit 4', async () => {
    const lock = await acquireRunLock(join(run, 'tasks', '00003-of-00004'), silent);
    const { code, stderr } = await process_('--task', '3');
    expect(stderr).toContain('another run holds');
    expect(code).toBe(4);
    expect(await json('status', run)).toMatchObject({ status: 'in_progress' });
    await lock.release();
  });
});

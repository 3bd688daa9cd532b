import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTokenizer, type ProcessOptions, presetConfig, processPairs } from 'midiloom';
import { describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { SAMPLE } from './sample-run.ts';

const folder = temporaryFolder('remembered');
const SMALL = { textEncoder: 'hashing', workers: 1, batchSize: 4, checkpointInterval: 2 } as const;

/** A place with data of its own and a run that was stopped half-way. */
async function stopped(name: string, options: ProcessOptions = {}): Promise<{ root: string; run: string }> {
  const root = join(folder, name);
  cpSync(dirname(SAMPLE), join(root, 'data'), { recursive: true });
  const run = join(root, 'runs', 'one');
  const stop = new AbortController();
  const result = await processPairs(
    { inputFile: join(root, 'data', 'pairs.jsonl'), outputDir: run, ...SMALL, ...options },
    { signal: stop.signal, onEvent: ({ type }) => type === 'saved' && stop.abort() },
  );
  expect(result.status).toBe('interrupted');
  return { root, run };
}

function remembered(run: string): { run_id: string; options: Record<string, unknown> } {
  return JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'));
}

function formats(run: string): string[] {
  const { output } = JSON.parse(readFileSync(join(run, 'dataset', 'recipe.json'), 'utf8'));
  return output.formats;
}

describe('a run directory', () => {
  it('remembers how its run was made: the line that people know is enough', async () => {
    const { run } = await stopped('alone', { outputFormat: ['jsonl'], tokenizer: 'remi', split: 'train=0.8,test=0.2' });
    const { run_id: id } = remembered(run);
    const result = await runCli(['process', '--mode', 'continue', '--use_gpu', '--output_dir', run]);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(formats(run)).toEqual(['jsonl']);
    expect(remembered(run)).toMatchObject({
      run_id: id,
      options: { tokenizer: 'remi', text_encoder: 'hashing', use_gpu: true, split: 'train=0.8,test=0.2' },
    });
    for (const mode of ['merge', 'retry'] as const) {
      expect(await processPairs({ outputDir: run, mode }), mode).toMatchObject({ status: 'complete' });
    }
    await processPairs({ outputDir: run, mode: 'merge', outputFormat: ['json'], split: null });
    expect(formats(run)).toEqual(['json']);
    expect(remembered(run).options).toMatchObject({ split: 'train=1', output_format: ['json'] });
  });

  it('goes on when it and its data are moved, when it alone is, and when the data are named anew', async () => {
    const { root, run } = await stopped('before');
    const moved = join(folder, 'after');
    renameSync(root, moved);
    const movedRun = join(moved, 'runs', 'one');
    expect(await processPairs({ outputDir: movedRun })).toMatchObject({ status: 'complete' });
    expect(existsSync(run)).toBe(false);

    const aloneRun = join(folder, 'deep', 'er', 'alone');
    mkdirSync(dirname(aloneRun), { recursive: true });
    renameSync(movedRun, aloneRun);
    expect(await processPairs({ outputDir: aloneRun, mode: 'merge' })).toMatchObject({ status: 'complete' });

    const data = join(folder, 'named-anew');
    renameSync(join(moved, 'data'), data);
    await expect(processPairs({ outputDir: aloneRun })).rejects.toMatchObject({ code: 'manifest_missing' });
    const inputFile = join(data, 'pairs.jsonl');
    expect(await processPairs({ outputDir: aloneRun, inputFile })).toMatchObject({ status: 'complete' });
    expect(await processPairs({ outputDir: aloneRun })).toMatchObject({ status: 'complete' });
  });

  it("keeps a copy of the tokenizer's file, and takes a name that is given later in its place", async () => {
    const file = join(folder, 'mine.json');
    writeFileSync(file, createTokenizer({ ...presetConfig('remi'), use_chords: false }).toJson());
    const { run } = await stopped('tokenizer', { tokenizerConfig: file });
    rmSync(file);
    expect(await processPairs({ outputDir: run })).toMatchObject({ status: 'complete' });
    await expect(processPairs({ outputDir: run, tokenizer: 'tsd' })).rejects.toMatchObject({
      code: 'fingerprint_mismatch',
    });
  });

  it('does not remember what is of one call only, nor anything secret', async () => {
    const { run } = await stopped('secret', {
      textModel: 'https://me:word@hub.example/model',
      cacheDir: join(folder, 'cache'),
      lockTimeout: 3,
      keepTemp: true,
      maxFailed: 60,
    });
    const text = readFileSync(join(run, 'run.json'), 'utf8');
    expect(text).not.toMatch(/word@|lock_timeout|keep_temp|force_restart|"mode"|output_dir/);
    expect(remembered(run).options).toMatchObject({ max_failed: 60 });
    expect(remembered(run)).toMatchObject({ left_out_as_secret: ['text_model'] });
  });

  it('begins the same run again where no manifest is given, and a new one where one is', async () => {
    const { root, run } = await stopped('again', { outputFormat: ['jsonl'], seed: 5 });
    const { run_id: id } = remembered(run);
    expect(await processPairs({ outputDir: run, forceRestart: true })).toMatchObject({ status: 'complete' });
    expect(remembered(run)).toMatchObject({ run_id: id, options: { seed: 5, output_format: ['jsonl'] } });
    const inputFile = join(root, 'data', 'pairs.jsonl');
    await processPairs({ inputFile, outputDir: run, forceRestart: true, ...SMALL });
    expect(remembered(run)).toMatchObject({ run_id: id, options: { seed: 0, output_format: ['parquet'] } });
  });

  it('that an earlier version made goes on with its options given', async () => {
    const { root, run } = await stopped('old');
    rmSync(join(run, 'run.json'));
    await expect(processPairs({ outputDir: run })).rejects.toMatchObject({ code: 'missing_option' });
    const inputFile = join(root, 'data', 'pairs.jsonl');
    expect(await processPairs({ inputFile, outputDir: run, ...SMALL })).toMatchObject({ status: 'complete' });
    expect(await processPairs({ outputDir: run })).toMatchObject({ status: 'complete' });
  });

  it.each([
    ['{"format":', 'run_unreadable', 'remove it'],
    ['{"format": "midiloom-run", "version": 9, "midiloom": "3.1.4"}', 'run_version', '3.1.4'],
  ])('is refused where run.json is %s', async (text, code, message) => {
    const run = join(folder, code);
    mkdirSync(run, { recursive: true });
    writeFileSync(join(run, 'run.json'), text);
    await expect(processPairs({ outputDir: run })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });
});

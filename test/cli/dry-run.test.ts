import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderDigest } from '../folder-digest.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { json, runHere } from './run-here.ts';
import { copyOf, processArguments, stopEarly } from './stopped-run.ts';

const folder = temporaryFolder('dry-run');
const data = join(folder, 'data');
const input = join(data, 'pairs.jsonl');
const stopped = join(folder, 'stopped');

beforeAll(async () => {
  cpSync(dirname(SAMPLE), data, { recursive: true });
  await stopEarly(input, stopped);
}, 60_000);

interface Planned {
  readonly stages: Readonly<Record<'midi' | 'text', Readonly<Record<'kept' | 'new' | 'retried' | 'redone', number>>>>;
}

async function planned(...args: string[]): Promise<Planned> {
  return (await json('process', ...args, '--dry_run')) as Planned;
}

describe('--dry_run', () => {
  it('says what a new run would do, and leaves no trace of it', async () => {
    const run = join(folder, 'new');
    const before = folderDigest(folder);
    const args = ['--input_file', input, '--output_dir', run, '--offline', '--model_cache', join(folder, 'none')];
    expect(await planned(...args, '--split', 'train=0.9,test=0.1', '--workers', '2')).toMatchObject({
      status: 'not_started',
      pairs: 53,
      midi_root: data,
      workers: 2,
      stages: { midi: { kept: 0, new: 53 }, text: { kept: 0, new: 53 } },
      text_model_missing: expect.stringContaining('--offline'),
      output: { replaces: false, formats: ['parquet'], splits: [{ name: 'train' }, { name: 'test' }] },
    });
    const { stdout } = await runHere(['process', ...args, '--dry_run']);
    expect(stdout).toMatch(/by Xenova\/all-MiniLM-L6-v2, not here:\n {11}the text model/);
    expect(stdout).not.toContain('\\u{');
    expect(existsSync(run)).toBe(false);
    expect(folderDigest(folder)).toEqual(before);
  });

  it('says of a stopped run what would be kept, and the run then does what was said', async () => {
    const run = copyOf(stopped, folder, 'goes-on');
    const before = folderDigest(run);
    const { stages } = await planned(run);
    expect(stages.midi.kept + stages.midi.new).toBe(53);
    expect(stages.midi.kept).toBeGreaterThan(0);
    expect(folderDigest(run)).toEqual(before);
    const result = await runHere(['process', run, '--json']);
    expect(JSON.parse(result.stdout)).toMatchObject({
      stages: { midi: { doneNow: stages.midi.new }, text: { doneNow: stages.text.new } },
    });
    expect(await planned(run)).toMatchObject({
      status: 'completed',
      stages: { midi: { kept: 53, new: 0 } },
      output: { replaces: true },
    });
    expect((await planned(run, '--mode', 'retry')).stages).toMatchObject({
      midi: { retried: 3 },
      text: { retried: 1 },
    });
    const again = await planned(run, '--force_restart');
    expect(again.stages).toMatchObject({ midi: { kept: 0, new: 53 } });

    // What has changed since, it finds too.
    const midi = join(data, 'midi');
    const [name = ''] = readdirSync(midi);
    writeFileSync(join(midi, name), 'another file');
    expect((await planned(run)).stages.midi.redone).toBe(1);
  });

  it('refuses what a run would refuse', async () => {
    const run = copyOf(stopped, folder, 'refused');
    expect(await runHere(['process', run, '--tokenizer', 'remi', '--dry_run'])).toMatchObject({ code: 5 });
    expect(await runHere(['process', run, '--mode', 'start', '--dry_run'])).toMatchObject({ code: 5 });
    expect(await runHere(['process', '--input_file', join(folder, 'none'), '--dry_run'])).toMatchObject({ code: 2 });
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'pairs.jsonl'), '{"midi_file": "a.mid", "caption": "a"}\n');
    const changed = ['process', run, '--input_file', join(other, 'pairs.jsonl'), '--dry_run'];
    expect(await runHere(changed)).toMatchObject({ code: 5 });
    rmSync(other, { recursive: true });
  });

  it('tells a person the same', async () => {
    const { stdout } = await runHere([...processArguments(input, join(folder, 'told')), '--dry_run']);
    expect(stdout).toContain('Dry run: nothing is done and nothing is written.');
    expect(stdout).toContain('  MIDI     53 to do, 0 done; from');
    expect(stdout).toContain('jsonl, parquet; train 100 %');
    expect(stdout).toMatch(/, 1 worker$/m);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProcessOptions, processPairs, type RunResult } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { pairStates } from '../../src/operations/pair-states.ts';
import { type RunStatus, readRunStatus } from '../../src/operations/read-run-status.ts';
import { defaultRunFiles } from '../../src/run-directory/run-files.ts';
import { folderDigest } from '../folder-digest.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { RunningCli } from '../robustness/running-cli.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyMidi } from '../tiny-midi.ts';
import { json, runHere } from './run-here.ts';
import { copyOf, processArguments, smallRun, stopEarly } from './stopped-run.ts';

const folder = temporaryFolder('checkpoint-pairs');
const stopped = join(folder, 'stopped');

const finished = join(folder, 'finished');

beforeAll(async () => {
  await stopEarly(SAMPLE, stopped);
  await processPairs(smallRun(SAMPLE, finished));
});

type Stages = RunStatus['stages'];

interface Pair {
  readonly index: number;
  readonly state: string;
  readonly midi: { readonly state: string; readonly code?: string };
}

async function pairs(run: string, ...more: string[]): Promise<Pair[]> {
  const { stdout, code, stderr } = await runHere(['status', '--output_dir', run, '--pairs', ...more]);
  expect(code, stderr).toBe(0);
  return stdout === ''
    ? []
    : stdout
        .trim()
        .split('\n')
        .map((line): Pair => JSON.parse(line));
}

async function stateCounts(run: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state } of await pairs(run)) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function processed(manifest: string, run: string, more: ProcessOptions = {}): Promise<RunResult> {
  return processPairs({ ...smallRun(manifest, run), ...more });
}

describe('the state of every pair', () => {
  it('agrees with the counts, and nothing is in progress where no run is going', async () => {
    const run = copyOf(stopped, folder, 'states');
    const checkpoint = join(run, 'midi_checkpoint.json');
    const { stages } = await readRunStatus(defaultRunFiles(run));
    for (const stage of [stages.midi, stages.text]) expect([sumOf(stage), stage.in_progress]).toEqual([53, 0]);
    const all = await pairs(run);
    expect(all.map(({ index }) => index)).toEqual(Array.from({ length: 53 }, (_, index) => index));
    expect(all.filter(({ midi }) => midi.state === 'completed')).toHaveLength(stages.midi.completed);
    expect(JSON.parse(readFileSync(checkpoint, 'utf8')).failed_count).toBe(stages.midi.failed);
  });

  it('is consistent while a run is going, and after a kill nothing is in progress', async () => {
    const run = join(folder, 'going');
    const seen: Promise<{ stages: Stages; states: Pair[] }>[] = [];
    await processPairs(smallRun(SAMPLE, run), {
      onEvent: ({ type }) => {
        if (type !== 'saved') return;
        seen.push(
          readRunStatus(defaultRunFiles(run)).then(async ({ stages }) => ({ stages, states: await statesOf(run) })),
        );
      },
    });
    const all = await Promise.all(seen);
    for (const { stages, states } of all) {
      for (const stage of [stages.midi, stages.text]) expect(sumOf(stage)).toBe(stage.total);
      expect(states).toHaveLength(53);
    }
    expect(Math.max(...all.map(({ stages }) => stages.midi.in_progress))).toBeGreaterThan(0);
    const killed = join(folder, 'killed');
    const victim = new RunningCli(processArguments(SAMPLE, killed, '--progress_interval', '0'));
    await victim.saying(/midi: \d+\/53 saved/);
    victim.child.kill('SIGKILL');
    await victim.ended;
    const { status, running, stages } = await readRunStatus(defaultRunFiles(killed));
    expect([status === 'not_started', running, stages.midi.in_progress, stages.text.in_progress]).toEqual([
      false,
      null,
      0,
      0,
    ]);
    expect((await statesOf(killed)).filter(({ state }) => state === 'in_progress')).toEqual([]);
  });

  it('tells of a failure what, why and when', async () => {
    expect(await pairs(finished, 'failed')).toMatchObject([
      { index: 9, midi: { state: 'failed', code: 'midi_truncated_header', timestamp: expect.stringMatching(/^20/) } },
      { index: 19, midi: { code: 'midi_not_smf' }, text: { state: 'completed' } },
      { index: 29, midi: { code: 'midi_file_not_found' } },
      { index: 39, midi: { state: 'completed' }, text: { state: 'failed', code: 'missing_text' } },
    ]);
    expect((await asStatus(finished)).stages.midi).toMatchObject({
      failures: [{ index: 9 }, { index: 19 }, { index: 29 }],
    });
  });
});

async function asStatus(run: string): Promise<{ stages: Stages }> {
  return JSON.parse((await runHere(['status', '--output_dir', run, '--json'])).stdout);
}

async function statesOf(run: string): Promise<Pair[]> {
  const states: Pair[] = [];
  for await (const pair of pairStates(defaultRunFiles(run))) states.push(pair);
  return states;
}

function sumOf({ completed, failed, in_progress, pending, skipped }: Stages['midi']): number {
  return completed + failed + in_progress + pending + skipped;
}

describe('checkpoint retry', () => {
  /** Two files that are not there at first. */
  async function withAbsentFiles(name: string) {
    const directory = join(folder, name);
    const run = join(directory, 'run');
    const manifest = join(folder, `${name}.jsonl`);
    const lines = ['a.mid', `${name}-1.mid`, 'a.mid', `${name}-3.mid`, 'text.mid'].map((file, index) =>
      JSON.stringify({ midi_file: file, text_description: `caption ${index}` }),
    );
    writeFileSync(manifest, lines.join('\n'));
    writeFileSync(join(folder, 'a.mid'), tinyMidi());
    writeFileSync(join(folder, 'text.mid'), 'not music');
    expect(await processed(manifest, run, { maxRetries: 0 })).toMatchObject({ completed: 2, failed: 3 });
    return {
      run,
      manifest,
      appear: (index: number) => writeFileSync(join(folder, `${name}-${index}.mid`), tinyMidi()),
    };
  }

  it('makes failures with a code pending, and the next run tries them', async () => {
    const { run, manifest, appear } = await withAbsentFiles('by-code');
    appear(1);
    appear(3);
    expect(await json('checkpoint', 'retry', '--output_dir', run, '--code', 'midi_file_not_found')).toEqual({
      pending: { midi: 2, text: 0 },
    });
    expect(await stateCounts(run)).toEqual({ completed: 2, pending: 2, failed: 1 });
    expect((await asStatus(run)).stages.midi).toMatchObject({ pending: 2, failed: 1 });
    expect(await processed(manifest, run)).toMatchObject({ completed: 4, failed: 1 });
    expect(await stateCounts(run)).toEqual({ completed: 4, failed: 1 });

    const undisturbed = join(folder, 'by-code-undisturbed');
    await processed(manifest, undisturbed);
    expect(folderDigest(join(run, 'dataset'))).toEqual(folderDigest(join(undisturbed, 'dataset')));
  });

  it('tries only the pairs that are named, once', async () => {
    const { run, manifest, appear } = await withAbsentFiles('by-index');
    appear(1);
    appear(3);
    await json('checkpoint', 'retry', '--output_dir', run, '--index', '3-4');
    expect(await processed(manifest, run, { mode: 'retry' })).toMatchObject({
      completed: 3,
      failed: 2,
    });
    expect((await pairs(run, 'failed')).map(({ index }) => index)).toEqual([1, 4]);
    const segments = (await asStatus(run)).stages.midi.segments;
    await processed(manifest, run, { checkInputs: 'none' });
    expect((await asStatus(run)).stages.midi.segments).toBe(segments);
    // The file of pair 1 has appeared since it was tried.
    expect(await processed(manifest, run)).toMatchObject({ completed: 4, failed: 1 });
  });

  it('refuses a pair that has not failed', async () => {
    const { run } = await withAbsentFiles('refused');
    const result = await runHere(['checkpoint', 'retry', '--output_dir', run, '--index', '0,1']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('no failure to try again of pair 0;');
    expect((await asStatus(run)).stages.midi.pending).toBe(0);
  });
});

describe('checkpoint retry', () => {
  it('refuses a code that nothing has failed with, and names those there are', async () => {
    const result = await runHere(['checkpoint', 'retry', finished, '--code', 'nonsense']);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/No pair has failed with nonsense; there are: .*midi_not_smf \(1\)/);
  });
});

describe('checkpoint unskip', () => {
  it('takes back what was skipped, whether it had failed or was not reached: the run ends as if it had not been', async () => {
    const run = copyOf(stopped, folder, 'unskip');
    await json('checkpoint', 'skip', run, '9', '50-51');
    await processed(SAMPLE, run);
    await json('checkpoint', 'unskip', run, '9', '50-51');
    expect((await pairs(run, 'pending')).map(({ index }) => index)).toEqual([9, 50, 51]);
    expect(await processed(SAMPLE, run)).toMatchObject({ status: 'complete', skipped: 0 });
    expect(folderDigest(join(run, 'dataset'))).toEqual(folderDigest(join(finished, 'dataset')));
  });

  it('refuses a pair that is not skipped, and says which are', async () => {
    const run = copyOf(stopped, folder, 'unskip-nothing');
    await json('checkpoint', 'skip', run, '9');
    const result = await runHere(['checkpoint', 'unskip', run, '8-9']);
    expect([result.code, result.stderr]).toEqual([
      2,
      expect.stringMatching(/Pair 8 is not skipped; those that are: 9/),
    ]);
  });
});

describe('checkpoint skip', () => {
  it('marks failed pairs at once and later ones in their turn, and no retry tries them', async () => {
    const run = copyOf(stopped, folder, 'skip');
    await json('checkpoint', 'skip', '9', '50-51', '--output_dir', run);
    expect((await pairs(run, 'skipped')).map(({ index }) => index)).toEqual([9, 50, 51]);
    expect(await processed(SAMPLE, run)).toMatchObject({ status: 'complete', failed: 3, skipped: 3 });
    expect(await processed(SAMPLE, run, { mode: 'retry' })).toMatchObject({ failed: 3, skipped: 3 });
    expect(await stateCounts(run)).toEqual({ completed: 47, failed: 3, skipped: 3 });
    expect((await asStatus(run)).stages.midi).toMatchObject({ failed: 2, skipped: 3, completed: 48 });
    const failures = readFileSync(join(run, 'dataset', 'failures.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const skipped = failures.map((line) => JSON.parse(line)).filter(({ code }) => code === 'skipped');
    expect(new Set(skipped.map(({ index }) => index))).toEqual(new Set([9, 50, 51]));
    const again = await runHere(['checkpoint', 'retry', '--output_dir', run, '--index', '9']);
    expect(again.code).toBe(2);
  });

  it.each([
    ['0', 'nothing to skip'],
    ['53', 'There is no pair 53'],
    ['x', 'is not allowed'],
  ])('refuses %s', async (index, message) => {
    const result = await runHere(['checkpoint', 'skip', index, '--output_dir', finished]);
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

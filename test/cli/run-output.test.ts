import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProgressPace } from '../../src/cli/progress-pace.ts';
import type { RunEvent } from '../../src/pipeline/run-events.ts';
import { sampleArguments } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runHere } from './run-here.ts';

const folder = temporaryFolder('run-output');

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

const isJson = (line: string): boolean => line.startsWith('{');

describe('off a terminal', () => {
  it('says little of a short run, and nothing as JSON', async () => {
    const startedAt = performance.now();
    const { code, stderr } = await runHere(sampleArguments(join(folder, 'text')));
    const seconds = (performance.now() - startedAt) / 1000;
    const lines = linesOf(stderr);
    expect([code, lines.filter(isJson)]).toEqual([0, []]);
    const ofStages = lines.filter((line) => /^(midi|text|merge): /.test(line));
    expect(ofStages.filter((line) => /^(midi|text): 53\/53 saved/.test(line))).toHaveLength(2);
    expect(ofStages.length).toBeLessThanOrEqual(2 + (3 * seconds) / 10);
  });

  it('says every save where that is wanted', async () => {
    const { stderr } = await runHere(sampleArguments(join(folder, 'each'), '--progress_interval', '0'));
    // 53 pairs, four to a save.
    expect(linesOf(stderr).filter((line) => line.startsWith('midi: '))).toHaveLength(14);
  });

  it('is JSON lines throughout with --log_format json, each event once, the error that ends it too', async () => {
    const file = join(folder, 'run.log');
    const json = ['--log_format', 'json', '--log_file', file];
    const good = await runHere(sampleArguments(join(folder, 'json'), '--progress_interval', '0', ...json), {
      env: { MIDILOOM_WORKRES: '3' },
    });
    const messages = linesOf(good.stderr).map((line): string => JSON.parse(line).message);
    expect([good.code, messages.filter((message) => message === 'planned').length]).toEqual([0, 1]);
    expect(messages).toContainEqual(expect.stringContaining('MIDILOOM_WORKRES is ignored'));
    expect(messages.filter((message) => message === 'saved')).toHaveLength(28);
    const refused = await runHere(sampleArguments(join(folder, 'json'), '--mode', 'start', '--no_input', ...json));
    const last = linesOf(refused.stderr).at(-1) ?? '';
    expect([refused.code, JSON.parse(last)]).toMatchObject([
      5,
      { level: 'critical', fields: { code: 'checkpoint_exists' } },
    ]);
    expect(linesOf(readFileSync(file, 'utf8')).at(-1)).toContain('"code":"checkpoint_exists"');
  });

  it.each([['--quiet'], ['--log_level=critical']])('%s silences', async (flag) => {
    const { code, stdout, stderr } = await runHere(sampleArguments(join(folder, `silent${flag}`), flag));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout === '').toBe(flag.includes('q'));
  });

  it('a critical level does not silence what ends the run', async () => {
    const args = ['process', '--input_file', join(folder, 'absent'), '--log_level', 'critical'];
    const { code, stderr } = await runHere(args, { cwd: folder });
    expect([code, linesOf(stderr).length]).toEqual([2, 1]);
  });

  it('--quiet prints the summary of a run that is not complete', async () => {
    const { code, stdout } = await runHere(sampleArguments(join(folder, 'failures'), '--max_failed', '0', '-q'));
    expect([code, stdout]).toEqual([3, expect.stringContaining('failed')]);
  });

  it('--verbose says everything, and not with --quiet', async () => {
    const { stderr } = await runHere(sampleArguments(join(folder, 'verbose'), '-v'));
    expect(stderr).toContain('debug: lock taken (file ');
    const both = await runHere(sampleArguments(join(folder, 'both'), '-v', '-q'));
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('cannot be used with')]);
  });
});

describe('the pace of progress', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const event = (type: 'progress' | 'saved', stage: 'midi' | 'text', saved: number): RunEvent => ({
    type,
    stage,
    progress: {
      done: saved,
      saved,
      total: 10,
      failed: 0,
      pairsPerSecond: 1,
      secondsLeft: undefined,
      savedAt: undefined,
    },
  });

  it('is one line of each stage in an interval, saves or not, and one at its end', () => {
    const pace = new ProgressPace(10_000);
    const at = (ms: number, ...told: Parameters<typeof event>): boolean => {
      vi.setSystemTime(0);
      vi.advanceTimersByTime(ms - performance.now());
      return pace.isDue(event(...told));
    };
    expect(at(0, 'saved', 'midi', 1)).toBe(false);
    expect(at(9_000, 'progress', 'midi', 2)).toBe(false);
    expect(at(9_000, 'progress', 'text', 1)).toBe(false);
    expect(at(11_000, 'progress', 'midi', 3)).toBe(true);
    expect(at(12_000, 'saved', 'midi', 4)).toBe(false);
    expect(at(20_000, 'saved', 'text', 4)).toBe(true);
    expect(at(20_500, 'saved', 'midi', 10)).toBe(true);
  });

  it('is every save where the interval is 0, and no batch', () => {
    const pace = new ProgressPace(0);
    expect(pace.isDue(event('saved', 'midi', 1))).toBe(true);
    expect(pace.isDue(event('saved', 'midi', 2))).toBe(true);
    expect(pace.isDue(event('progress', 'midi', 3))).toBe(false);
  });
});

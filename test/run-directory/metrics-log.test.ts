import { appendFileSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MetricsLog, readMetrics, type SaveMetrics, thinned } from '../../src/run-directory/metrics-log.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('metrics-log');
let runs = 0;

function emptyRun(): string {
  const run = join(folder, `run-${runs++}`);
  mkdirSync(run);
  return run;
}

function save(done: number, more: Partial<SaveMetrics> = {}): SaveMetrics {
  return {
    session_id: 'a',
    at: '2026-11-30T12:00:00.000Z',
    stage: 'midi',
    done,
    total: 1_000_000,
    failed: 0,
    pairs: 10,
    seconds: 2,
    waited_for_work_s: 1,
    waited_for_saves_s: 0.5,
    rss_bytes: 1e8,
    segment_bytes: 1e6,
    ...more,
  };
}

interface Told {
  readonly notices?: string[];
  readonly maxBytes?: number;
}

async function logged(
  run: string,
  saves: readonly SaveMetrics[],
  { notices = [], maxBytes }: Told = {},
): Promise<void> {
  const log = new MetricsLog(run, (message) => notices.push(message), maxBytes);
  for (const metrics of saves) log.add(metrics);
  await log.settled();
}

describe('the metrics of a run', () => {
  it('are read as they were noted', async () => {
    const run = emptyRun();
    const saves = [save(10), save(10, { stage: 'text' }), save(20)];
    await logged(run, saves);
    expect(await readMetrics(run)).toEqual(saves);
  });

  it('lose a line that was cut short, and no other', async () => {
    const run = emptyRun();
    await logged(run, [save(10)]);
    appendFileSync(join(run, 'metrics.jsonl'), '{"session_id": "a", "at": "20');
    await logged(run, [save(20)]);
    expect((await readMetrics(run)).map(({ done }) => done)).toEqual([10, 20]);
  });

  it('pass over lines that are none of theirs', async () => {
    const run = emptyRun();
    const strange = [{ ...save(1), stage: 'other' }, { ...save(2), at: 'yesterday' }, { ...save(3), pairs: '9' }, null];
    writeFileSync(join(run, 'metrics.jsonl'), strange.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(await readMetrics(run)).toEqual([]);
  });

  it('of a stage that was begun again are those since', async () => {
    const run = emptyRun();
    await logged(run, [save(10), save(20), save(10, { stage: 'text' }), save(10, { session_id: 'b' })]);
    expect((await readMetrics(run)).map(({ session_id, stage }) => [session_id, stage])).toEqual([
      ['a', 'text'],
      ['b', 'midi'],
    ]);
  });

  it('take a bounded place, and keep their sums', async () => {
    const run = emptyRun();
    const count = 3000;
    await logged(
      run,
      Array.from({ length: count }, (_, at) => save(10 * (at + 1))),
      { maxBytes: 2 ** 16 },
    );
    expect(statSync(join(run, 'metrics.jsonl')).size).toBeLessThan(2 ** 16 + 1000);
    const read = await readMetrics(run);
    const sum = (name: 'pairs' | 'seconds' | 'waited_for_work_s'): number =>
      read.reduce((total, metrics) => total + metrics[name], 0);
    expect([sum('pairs'), sum('seconds'), sum('waited_for_work_s')]).toEqual([10 * count, 2 * count, count]);
    expect(read.at(-1)?.done).toBe(10 * count);
  });

  it('are thinned within a stage and a session only', () => {
    const saves = [save(10), save(10, { stage: 'text' }), save(20), save(30, { session_id: 'b' })];
    expect(thinned(saves).map(({ session_id, stage, pairs }) => [session_id, stage, pairs])).toEqual([
      ['a', 'midi', 20],
      ['a', 'text', 10],
      ['b', 'midi', 10],
    ]);
  });

  it('are lost with one notice where they cannot be written, and a link is not followed', async () => {
    const run = emptyRun();
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'precious');
    symlinkSync(elsewhere, join(run, 'metrics.jsonl'));
    const notices: string[] = [];
    await logged(run, [save(10), save(20)], { notices });
    expect(notices).toEqual([expect.stringContaining('cannot be kept up, the run goes on without')]);
    expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
    expect(await readMetrics(run)).toEqual([]);
  });
});

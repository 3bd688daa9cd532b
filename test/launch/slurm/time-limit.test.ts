import { expect, it } from 'vitest';
import { timeLimitSeconds } from '../../../src/launch/slurm/time-limit.ts';
import { runHere } from '../../cli/run-here.ts';

it.each([
  ['30', 1800],
  ['04:00', 240],
  ['04:00:00', 14_400],
  ['1-12', 129_600],
  ['1-12:30', 131_400],
  ['2-00:00:01', 172_801],
  ['4h', undefined],
  ['', undefined],
])('reads a time limit as sbatch does: %s', (text, seconds) => {
  expect(timeLimitSeconds(text)).toBe(seconds);
});

it('refuses one in which a task would have to save as soon as it begins', async () => {
  const given = ['launch', 'slurm', '--tasks', '2', '--dry_run', '/tmp/run'];
  const { code, stderr } = await runHere([...given, '--time', '04:00', '--', '--input_file', 'pairs.jsonl']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('10 minutes or more')]);
});

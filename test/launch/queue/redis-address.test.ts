import { expect, it } from 'vitest';
import { queueName } from '../../../src/launch/queue/queue-name.ts';
import { redisAddress } from '../../../src/launch/queue/redis-address.ts';
import { parseTaskJob } from '../../../src/launch/queue/task-job.ts';
import { runHere } from '../../cli/run-here.ts';

it('shows a Redis without its credentials', () => {
  expect(redisAddress('rediss://user:hidden@redis.example:7000/2').shown).toBe('redis.example:7000/2');
  expect(redisAddress('redis://:hidden@localhost').shown).toBe('localhost:6379');
});

it.each(['http://:hidden@host', 'hidden', 'redis://', 'redis:hidden', 'localhost:6379/hidden'])(
  'does not repeat an address that is none: %s',
  (text) => {
    expect(() => redisAddress(text)).toThrow(/^(?!.*hidden).*--redis must be/s);
  },
);

it('asks for an address, and names a run directory where there is none', async () => {
  const missing = await runHere(['worker', '/tmp/run']);
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('MIDILOOM_REDIS') });
  const away = await runHere(['worker', '/tmp/run', '--redis', 'redis://:hidden@127.0.0.1:1']);
  expect(away).toMatchObject({ code: 7, stderr: expect.stringContaining('127.0.0.1:1 cannot be used') });
  expect(away.stderr).not.toContain('hidden');
});

it('calls the queue of a run the same from wherever it is named', () => {
  expect(queueName('run')).toBe(queueName(`${process.cwd()}/run/.`));
  expect(queueName('run')).not.toBe(queueName('other'));
});

it('takes no job that would lead it elsewhere', () => {
  const job = { kind: 'task', task: 0, tasks: 2, words: ['--batch_size=8', '--no_use_gpu', '--verbose'] };
  expect(parseTaskJob(job, 'The queue')).toEqual(job);
  for (const word of [
    '--output_dir=/etc',
    '--config=/x',
    '--mode=start',
    '--force_restart',
    '--log_file=/x',
    'run',
    '-v',
  ]) {
    expect(() => parseTaskJob({ ...job, words: [word] }, 'The queue q')).toThrow('The queue q holds something else');
  }
  for (const other of [null, 'task', { ...job, kind: 'x' }, { ...job, task: '1' }, { ...job, words: [3] }]) {
    expect(() => parseTaskJob(other, 'The queue q')).toThrow('The queue q holds something else');
  }
});

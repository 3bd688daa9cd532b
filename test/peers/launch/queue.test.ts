import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueuedRun } from '../../../src/launch/queue/fill-queue.ts';
import { launchQueue } from '../../../src/launch/queue/launch-queue.ts';
import { redisAddress } from '../../../src/launch/queue/redis-address.ts';
import { type Worked, workQueue } from '../../../src/launch/queue/work-queue.ts';
import { silent } from '../../../src/log.ts';
import { runCli } from '../../cli/run-cli.ts';
import { seededRandom } from '../../seeded-random.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { inputWords, MIDILOOM } from './pairs.ts';
import { RedisServer } from './redis-server.ts';

const missing = RedisServer.missing();
if (missing !== undefined) console.warn(`skipped: ${missing}; .ci/run shows how to install it`);
const folder = temporaryFolder('queue');
let redis: RedisServer;
beforeAll(async () => {
  if (missing !== undefined) return;
  const own = join(folder, 'redis');
  mkdirSync(own);
  redis = await RedisServer.start(own);
});
afterAll(() => redis?.end());

describe.skipIf(missing !== undefined)('a queue of tasks', () => {
  it('has the data set of one run, whoever is killed, and Redis restarted', async () => {
    const run = join(folder, 'run');
    const words = inputWords(folder);
    const env = { MIDILOOM_REDIS: redis.address };
    const launch = () => runCli(['launch', 'bullmq', '--tasks', '8', run, '--', ...words], { env });
    const first = await launch();
    expect(first, first.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('8 new') });
    const second = await launch();
    expect(second.stdout).toContain('0 new, 8 there already');

    const seed = Number(process.env.PEERS_SEED ?? Date.now() % 1_000_000);
    console.log(`seed ${seed}`);
    const random = seededRandom(seed);
    let said = first.stdout + second.stdout;
    const startWorker = (): ChildProcess => {
      const worker = spawn(process.execPath, [MIDILOOM, 'worker', run, '--lock_duration', '3'], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const stream of [worker.stdout, worker.stderr]) stream.on('data', (text) => (said += String(text)));
      return worker;
    };
    const workers = [startWorker(), startWorker()];
    for (let kills = 0; kills < 6; kills++) {
      await pause(1500 + random() * 2500);
      const at = Math.floor(random() * workers.length);
      const victim = workers[at];
      // A machine that vanishes takes the task with it; a worker that is killed leaves it behind.
      if (victim !== undefined && victim.exitCode === null) kill(victim, random() < 0.5);
      workers[at] = startWorker();
      if (kills === 2) await redis.restart();
    }
    const ends = await Promise.all(workers.map(async (worker) => worker.exitCode ?? (await once(worker, 'exit'))[0]));
    expect(ends, said).toEqual([0, 0]);
    expect(said).not.toContain(redis.password);

    const again = await launch();
    expect(again.stdout).toContain('8 done');
    expect(await runCli(['worker', run], { env })).toMatchObject({ code: 0 });
    expect(redis.kept()).not.toContain(redis.password);

    const single = join(folder, 'single');
    expect((await runCli(['process', single, ...words, '--workers', '2', '--batch_size', '32'])).code).toBe(0);
    const sums = (of: string): string => readFileSync(join(of, 'dataset', 'SHA256SUMS'), 'utf8');
    expect(sums(run)).toBe(sums(single));
  });

  let queues = 0;
  /** Fills a queue of its own and works it off with a script of bash in the place of midiloom. */
  const play = async (
    script: string,
    { stopAfterMs, ...queued }: Partial<QueuedRun> & { readonly stopAfterMs?: number } = {},
  ): Promise<Worked & { readonly calls: readonly string[] }> => {
    const queue = `queue-${queues++}`;
    const [program, calls] = [join(folder, `${queue}.sh`), join(folder, `${queue}.calls`)];
    writeFileSync(program, `#!/bin/bash\necho "$*" >>${calls}\nnumber=$(grep -c . ${calls})\n${script}\n`);
    writeFileSync(calls, '');
    chmodSync(program, 0o755);
    const address = redisAddress(redis.address);
    const { tasks = 2, words = [] } = queued;
    await launchQueue(
      {
        run: { outputDir: folder, tasks, words, savePartial: false },
        ...{ address, queue, wanted: [...Array(tasks).keys()], replaces: false, merges: true },
      },
      silent,
    );
    const stop = new AbortController();
    if (stopAfterMs !== undefined) setTimeout(() => stop.abort(), stopAfterMs);
    const worked = await workQueue(
      { address, queue, outputDir: folder, program: [program], lockMs: 1000, maxIdleMs: undefined, graceS: 5 },
      { signal: stop.signal, log: silent, onLine: () => {} },
    );
    return { ...worked, calls: readFileSync(calls, 'utf8').trim().split('\n') };
  };

  it('gives each task its number, and joins them at the end', async () => {
    const { calls, ...worked } = await play('', { words: ['--batch_size=8'] });
    expect(worked).toEqual({ end: 'none_left', done: 3, failed: 0, put_back: 0, failures: [], left: 0 });
    expect(calls[0]).toBe(
      `process --output_dir=${folder} --tasks=2 --task=0 --batch_size=8 --lock_timeout=0 --grace=5`,
    );
    expect(calls[1]).toContain('--task=1');
    expect(calls[2]).toContain('--mode=merge');
  });

  it('puts a task back that another process is at work on, and takes it again later', async () => {
    const worked = await play('if [ $number -le 2 ]; then exit 4; fi');
    expect(worked).toMatchObject({ end: 'none_left', done: 3, put_back: 2, failures: [] });
  });

  it('gives up what would end the same way again, and says why', async () => {
    const worked = await play(
      '[[ "$*" == *--task=1* ]] && { echo "midiloom: refused [plan_mismatch]" >&2; exit 5; }; true',
    );
    expect(worked).toMatchObject({ end: 'none_left', done: 2, failed: 1, left: 0 });
    expect(worked.failures).toEqual([{ task: 'task-1-of-2', error: 'exit 5: midiloom: refused [plan_mismatch]' }]);
    expect(worked.calls).toHaveLength(3);
  });

  it('has a task save when it is asked to stop, and puts it back', async () => {
    const worked = await play('trap "exit 143" TERM; while true; do sleep 0.05; done', { stopAfterMs: 2500 });
    expect(worked).toMatchObject({ end: 'stopped', done: 0, failed: 0, put_back: 1, left: 3 });
  });

  it('refuses a queue that holds tasks of other options, and replaces them where that is wanted', async () => {
    const env = { MIDILOOM_REDIS: redis.address };
    const launch = (...args: string[]) =>
      runCli(['launch', 'bullmq', '--queue', 'taken', '--tasks', '2', ...args, '--', '--input_file', 'a'], { env });
    expect((await launch(join(folder, 'x'))).code).toBe(0);
    expect((await launch(join(folder, 'x'), '--tasks', '3')).stderr).toContain('[queue_taken]');
    expect((await launch(join(folder, 'x'), '--tasks', '3', '--replace')).stdout).toContain('3 new');
  });

  it('says of a queue without tasks that it has none', async () => {
    const { code, stdout } = await runCli(['worker', folder, '--queue', 'empty'], {
      env: { MIDILOOM_REDIS: redis.address },
    });
    expect([code, stdout]).toEqual([3, expect.stringContaining('the queue has no tasks')]);
  });
});

function kill(worker: ChildProcess, withItsTask: boolean): void {
  const { pid } = worker;
  if (pid === undefined) return;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  worker.kill('SIGKILL');
  // Each is the leader of a group, in which its own children are.
  if (withItsTask) for (const child of children) process.kill(-Number(child), 'SIGKILL');
}

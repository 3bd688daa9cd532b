import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { inputWords, MIDILOOM } from './pairs.ts';
import { SlurmCluster } from './slurm-cluster.ts';

const folder = temporaryFolder('slurm');
const found = SlurmCluster.missing() ?? (await SlurmCluster.start());
if (typeof found === 'string') console.warn(`skipped: Slurm cannot be run (${found}); .ci/run shows how to install it`);
afterAll(async () => {
  if (typeof found !== 'string') await found.end();
});

describe.skipIf(typeof found === 'string')('midiloom launch slurm', () => {
  it('has eight tasks worked off that are queued again, killed, run twice and told that their time is over, and joins them to the data set of one run', async () => {
    if (typeof found === 'string') throw new Error(found);
    const cluster = found;
    const run = join(folder, "a run's $HOME, in tasks");
    const words = inputWords(folder);
    const midiloom = (...args: string[]) => {
      const { stdout, stderr, status } = cluster.run(process.execPath, MIDILOOM, ...args);
      if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
      return stdout;
    };
    const launch = (): { jobs: { tasks: string; merge: string }; array: { elements: string; step: number } } =>
      JSON.parse(midiloom('launch', 'slurm', '--tasks', '8', '--cpus', '1', '--json', run, '--', ...words));
    const log = (name: string): string => {
      const file = join(run, 'launch', 'logs', name);
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    };
    /** Stops a task in its middle: it has saved more than once, and is not done. @returns what lets it go on. */
    const hold = async (task: number): Promise<() => void> => {
      const directory = join(run, 'tasks', `0000${task}-of-00008`);
      const read = (name: string) => JSON.parse(readFileSync(join(directory, name), 'utf8'));
      const isGoing = (): boolean => {
        if (!existsSync(join(directory, 'midi_checkpoint.json'))) return false;
        const { status, processed_data } = read('midi_checkpoint.json');
        return status === 'in_progress' && processed_data.records > 1;
      };
      await cluster.until(`task ${task} is going`, isGoing);
      const { pid } = read('midiloom.lock');
      process.kill(pid, 'SIGSTOP');
      expect(isGoing()).toBe(true);
      return () => process.kill(pid, 'SIGCONT');
    };
    const state = (job: string): string | undefined => cluster.fact(job, 'JobState');

    const first = launch();
    const { tasks: array, merge } = first.jobs;
    expect(first.array).toEqual({ step: 6, elements: '0-5' });
    expect(launch).toThrow('[still_queued]');

    // To what it ends Slurm sends SIGCONT first.
    await hold(2);
    expect(cluster.run('scontrol', 'requeue', `${array}_2`)).toMatchObject({ status: 0 });

    const goOn = await hold(3);
    // As Slurm does before the time limit: to the shell of the script alone.
    expect(cluster.run('scancel', '--batch', '--signal=USR1', `${array}_3`)).toMatchObject({ status: 0 });
    goOn();

    const goOnTwice = await hold(4);
    const args = ['process', run, '--tasks', '8', '--task', '4', ...words, '--lock_timeout', '100'];
    const twice = spawn(process.execPath, [MIDILOOM, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    const twiceEnds = once(twice, 'exit');
    for await (const said of twice.stderr) if (String(said).includes('waiting up to')) break;
    goOnTwice();

    await hold(5);
    expect(cluster.run('scancel', '--signal=KILL', `${array}_5`)).toMatchObject({ status: 0 });

    // Of what was cancelled the merge behind the array says that it is missing; it does not wait for ever.
    await cluster.until('the merge is over', () => state(merge) === 'FAILED');
    expect(cluster.fact(merge, 'ExitCode')).toBe('3:0');
    expect(log(`${merge}-merge.log`)).toContain('00005-of-00008');
    expect(await twiceEnds).toEqual([0, null]);
    expect(state(`${array}_5`)).toBe('CANCELLED');
    expect([2, 3].map((task) => cluster.fact(`${array}_${task}`, 'Restarts'))).toEqual(['1', '1']);
    expect(log(`${array}_3.log`)).toContain('goes into the queue again');

    const second = launch();
    expect(second.array.elements).toBe('5');
    await cluster.until('the second merge is over', () => state(second.jobs.merge) === 'COMPLETED');

    const single = join(folder, 'single');
    midiloom('process', single, ...words, '--workers', '2', '--batch_size', '32');
    const sums = (of: string): string => readFileSync(join(of, 'dataset', 'SHA256SUMS'), 'utf8');
    expect(sums(run)).toBe(sums(single));
    expect(spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: join(run, 'dataset') }).status).toBe(0);
  });
});

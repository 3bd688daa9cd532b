import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { playElement } from './sbatch-stage.ts';

const folder = temporaryFolder('sbatch');
let plays = 0;
const fresh = (): string => join(folder, String(plays++));

/** Everything that a shell, sbatch or a terminal could take for something else, and any character at all. */
const hostile = fc.oneof(
  fc.constantFrom(
    '',
    "it's",
    '$(touch /tmp/x)',
    '`id`',
    'a\r\nb',
    '\n#SBATCH --uid=0',
    '~',
    '*',
    '!!',
    '\\',
    "\\'",
    '\u0085',
    'ü ♯',
  ),
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
);

describe('the script of a job array', () => {
  it('gives midiloom every option as it was, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 20, maxLength: 100 }), async (values) => {
        const words = values.map((value) => `--text_prefix=${value}`);
        const { status, calls } = await playElement(fresh(), { tasks: 3, element: 1, words });
        expect(status).toBe(0);
        const [call] = calls;
        expect(call?.slice(3, -2)).toEqual(words);
        expect(call?.at(-1)).toBe('--task=1');
      }),
      { numRuns: 20 },
    );
  });

  it('has an element work off several tasks where there are more tasks than elements', async () => {
    const { status, calls, scontrol } = await playElement(fresh(), { tasks: 8, maxElements: 3, element: 1 });
    expect(calls.map((call) => call.at(-1))).toEqual(['--task=1', '--task=4', '--task=7']);
    expect([status, scontrol]).toEqual([0, '']);
  });

  it('goes on with the next task where one is not to be tried again, and ends with its status', async () => {
    const midiloom = '[[ "$*" == *--task=1 ]] && exit 5; exit 0';
    const { status, calls, scontrol } = await playElement(fresh(), { tasks: 8, maxElements: 3, element: 1, midiloom });
    expect([status, calls.length, scontrol]).toEqual([5, 3, '']);
  });

  it.each([
    ['unexpected', 'exit 1', 1],
    ['held by another', 'exit 4', 4],
    ['a full disk', 'exit 6', 6],
    ['killed', 'kill -KILL $$', 137],
  ])('queues again what the machine may be to blame for: %s', async (_, midiloom, status) => {
    const played = await playElement(fresh(), { tasks: 4, element: 2, midiloom });
    expect(played).toMatchObject({ status, scontrol: 'requeue 42_2\n' });
    const last = await playElement(fresh(), { tasks: 4, element: 2, midiloom, restarts: 3 });
    expect(last).toMatchObject({ status, scontrol: '' });
  });

  it.each([2, 3, 5, 7])('leaves what would end the same way again: exit %i', async (status) => {
    expect(await playElement(fresh(), { tasks: 1, midiloom: `exit ${status}` })).toMatchObject({
      status,
      scontrol: '',
    });
  });

  const savesWhenTold = 'trap "sleep 0.1; exit 143" TERM; while true; do sleep 0.05; done';

  it('saves and goes into the queue again when the time is nearly over, however often that was', async () => {
    const whenCalled = (pid: number): boolean => process.kill(pid, 'SIGUSR1');
    const played = await playElement(fresh(), {
      tasks: 6,
      maxElements: 2,
      restarts: 9,
      midiloom: savesWhenTold,
      whenCalled,
    });
    expect(played).toMatchObject({ status: 143, scontrol: 'requeue 42_0\n' });
    expect(played.calls).toHaveLength(1);
  });

  it('passes on a signal that came when the task was hardly there', async () => {
    const midiloom = `kill -USR1 $PPID; ${savesWhenTold}`;
    for (let time = 0; time < 5; time++) {
      const played = await playElement(fresh(), { tasks: 1, midiloom });
      expect(played).toMatchObject({ scontrol: 'requeue 42_0\n' });
    }
  });

  it('goes into the queue again where a task ends well in the last moment and others are left', async () => {
    const midiloom = 'trap "exit 0" TERM; while true; do sleep 0.05; done';
    const whenCalled = (pid: number): boolean => process.kill(pid, 'SIGUSR1');
    const left = await playElement(fresh(), { tasks: 2, maxElements: 1, midiloom, whenCalled });
    expect(left.scontrol).toBe('requeue 42_0\n');
    const none = await playElement(fresh(), { tasks: 1, midiloom, whenCalled });
    expect(none).toMatchObject({ status: 0, scontrol: '' });
  });

  it('ends for good when it is cancelled, after midiloom has saved', async () => {
    // Slurm signals every process of the job; here the shell alone, and midiloom ends a moment later.
    const midiloom = 'sleep 0.3; exit 143';
    const whenCalled = (pid: number): boolean => process.kill(pid, 'SIGTERM');
    const played = await playElement(fresh(), { tasks: 1, midiloom, whenCalled });
    expect(played).toMatchObject({ status: 143, scontrol: '' });
  });
});

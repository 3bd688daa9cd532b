/**
 * A real process that dies, or is told of an error, at one system call of a save, by strace. MIDILOOM_TEST_STRACE=full
 * tries every call; the short form one of each kind.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { context, mainPass, open, outcomes, recordText } from './stage-fixture.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const CALLS = ['fsync', 'rename', 'link', 'unlink'] as const;
const SAVING_PROCESS = new URL('saving-process.ts', import.meta.url).pathname;
const PAIRS = Array.from({ length: 6 }, (_, index) => recordText(index));

const isFull = process.env.MIDILOOM_TEST_STRACE === 'full';
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
if (!canTrace) console.log('skipped: strace is not installed, or may not trace here');

const folder = temporaryFolder('system-calls');

/** How often a save makes each call, at most. */
const counts = new Map<string, number>();

describe.skipIf(!canTrace)('a process that saves', () => {
  beforeAll(async () => {
    const directory = join(folder, 'traced');
    mkdirSync(directory);
    await firstSave(directory);
    const log = join(directory, 'trace');
    expect(save(directory, ['-o', log])).toBe('confirmed');
    const trace = readFileSync(log, 'utf8');
    for (const call of CALLS) counts.set(call, trace.match(new RegExp(`\\b${call}\\(`, 'g'))?.length ?? 0);
  });

  test.each(CALLS)('and is killed at %s is as before or as after', async (call) => {
    for (const when of chosen(call)) {
      const directory = temporaryDirectory();
      await firstSave(directory);
      expect(save(directory, ['-e', `inject=${call}:signal=KILL:when=${when}`]), `${call} ${when}`).toBe('');
      await expectOldOrNew(directory);
    }
  });

  test.each([['EIO', 'storage_io'], ...(isFull ? [['ENOSPC', 'storage_full']] : [])])(
    'and is told %s says so, or saves',
    async (errno, code) => {
      for (const call of CALLS) {
        for (const when of chosen(call)) {
          const directory = temporaryDirectory();
          await firstSave(directory);
          const answer = save(directory, ['-e', `inject=${call}:error=${errno}:when=${when}`]);
          expect([code, 'confirmed'], `${errno} of ${call} ${when}`).toContain(answer);
          const last = await expectOldOrNew(directory);
          if (answer === 'confirmed') expect(last).toBe(5);
        }
      }
    },
  );
});

/** Runs the saving process under strace with one I/O thread, so that the calls have an order; returns what it said. */
function save(directory: string, options: readonly string[]): string {
  const files = ['', 'midi_checkpoint.json', 'midi_checkpoint.d', 'midi_checkpoint.d/segment-0000001.msgpack'];
  const paths = files.flatMap((file) =>
    ['', '.tmp', '.bak', '.bak.new'].map((suffix) => join(directory, file) + suffix),
  );
  const only = paths.flatMap((path) => ['-P', path]);
  const trace = ['-f', '-qq', '-o', '/dev/null', ...only, '-e', `trace=${CALLS.join(',')}`, ...options];
  const run = spawnSync('strace', [...trace, process.execPath, '--import', 'tsx', SAVING_PROCESS, directory], {
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    encoding: 'utf8',
  });
  return run.stdout.trim();
}

async function firstSave(directory: string): Promise<void> {
  const { store } = await open(directory);
  await store.commit(mainPass(0, 2), context);
}

/** Opens the stage, compares every record, finishes the work and compares again; returns where it stood. */
async function expectOldOrNew(directory: string): Promise<number> {
  const { store } = await open(directory);
  const last = store.lastIndex;
  expect([2, 5]).toContain(last);
  expect(await outcomes(store)).toEqual(PAIRS.slice(0, last + 1));
  if (last === 2) await store.commit(mainPass(3, 5), context);
  expect(await outcomes((await open(directory)).store)).toEqual(PAIRS);
  return last;
}

function chosen(call: string): readonly number[] {
  const count = counts.get(call) ?? 0;
  return isFull ? Array.from({ length: count }, (_, at) => at + 1) : [Math.ceil(count / 2)];
}

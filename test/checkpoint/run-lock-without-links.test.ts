import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { LOCK_FILE } from '../../src/checkpoint/lock-file.ts';
import { acquireRunLock } from '../../src/checkpoint/run-lock.ts';
import { silent } from '../../src/log.ts';
import { temporaryDirectory } from './temporary-directory.ts';

vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: async () => {
    throw Object.assign(new Error('EPERM: no links on this file system'), { code: 'EPERM' });
  },
}));

test('where a file system has no hard links, a lock is held, refused, taken over and released all the same', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, LOCK_FILE);
  const lock = await acquireRunLock(directory, silent);
  const content = readFileSync(file, 'utf8');
  await expect(acquireRunLock(directory, silent)).rejects.toMatchObject({ code: 'run_locked' });
  await lock.release();
  expect(readdirSync(directory)).toEqual([]);

  writeFileSync(file, content.replace(/"start_time":"\d+"/, '"start_time":"1"'));
  const taken = await acquireRunLock(directory, silent);
  expect(readFileSync(file, 'utf8')).toContain(taken.holder.nonce);
  await taken.release();
  expect(readdirSync(directory)).toEqual([]);
});

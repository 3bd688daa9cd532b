import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { freshSessionId, readSessions, SessionLog } from '../../src/run-directory/session-log.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('session-log');
const outputDir = join(folder, 'run');
const NOON = new Date('2026-11-21T12:00:00Z');

beforeEach(() => {
  rmSync(outputDir, { recursive: true, force: true });
  mkdirSync(outputDir);
});

it('gives sessions that begin in the same second different ids', async () => {
  const ids: string[] = [];
  for (let session = 0; session < 3; session++) {
    const id = freshSessionId(await readSessions(outputDir), NOON);
    await SessionLog.begin(outputDir, id);
    ids.push(id);
  }
  expect(ids).toEqual(['20261121_120000', '20261121_120000_2', '20261121_120000_3']);
  expect((await readSessions(outputDir)).map(({ session_id }) => session_id)).toEqual(ids);
});

it('does not lose a session to the line before it that was cut short', async () => {
  appendFileSync(join(outputDir, 'sessions.jsonl'), '{"session_id":"2026');
  await SessionLog.begin(outputDir, 'second');
  expect(await readSessions(outputDir)).toMatchObject([{ session_id: 'second', status: 'killed' }]);
});

it('says as a storage error that the log cannot be written', async () => {
  mkdirSync(join(outputDir, 'log-is-a-directory', 'sessions.jsonl'), { recursive: true });
  await expect(SessionLog.begin(join(outputDir, 'log-is-a-directory'), 'first')).rejects.toMatchObject({
    name: 'StorageError',
    code: 'storage_io',
  });
  await expect(SessionLog.begin(join(outputDir, 'absent'), 'first')).rejects.toMatchObject({ name: 'StorageError' });
});

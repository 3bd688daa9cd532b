import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOCK_FILE } from '../../src/checkpoint/lock-file.ts';
import { fingerprintOf } from '../../src/config/fingerprint.ts';
import { markStragglers } from '../../src/operations/tasks/mark-stragglers.ts';
import { readTaskStatuses, type TaskStatus } from '../../src/operations/tasks/read-task-statuses.ts';
import type { Tasks } from '../../src/run-directory/tasks-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('task-statuses');
const link = { index: 0, digest: '', first: 0, ordinal: 0, position: { part: 0, offset: 0 } };
const nothing = fingerprintOf({});
const tasks: Tasks = {
  midiloom: '0.2.0',
  manifest: { pairs: 2, hash: '', sizeBytes: 1 },
  options: {},
  fingerprints: { midi: nothing, text: nothing },
  parts: [
    { first: 0, end: 1, hash: '', link },
    { first: 1, end: 2, hash: '', link },
    { first: 2, end: 2, hash: '', link },
  ],
};

function going(name: string, pairs_per_second: number, state: TaskStatus['state'] = 'in_progress') {
  const stages = { midi: 0, text: 0 };
  const place = { name, number: 0, directory: name, first_index: 0, pairs: 9, reason: null, saved_at: null, bytes: 0 };
  const who = { host: null, pid: null, heartbeat: null, seconds_left: null };
  return { ...place, ...who, state, done: stages, without_result: stages, pairs_per_second };
}

describe('the tasks of a run', () => {
  it('that are much slower than the middle one are far behind, those that are done or have no rate not', () => {
    const marked = markStragglers([
      going('a', 100),
      going('b', 90),
      going('c', 40),
      going('d', 0),
      going('e', 10, 'completed'),
      going('f', 95, 'completed'),
    ]);
    expect(marked.filter(({ is_straggler }) => is_straggler).map(({ name }) => name)).toEqual(['c']);
    expect(markStragglers([going('a', 100), going('b', 1)]).some(({ is_straggler }) => is_straggler)).toBe(false);
  });

  it('are lost where a lock is there and nobody behind it, and none where no pair fell to them', async () => {
    const own = join(folder, 'tasks', '00001-of-00003');
    mkdirSync(own, { recursive: true });
    const dead = { pid: 2 ** 22, host: hostname(), boot_id: 'x', pid_namespace: 'x', start_time: '1', nonce: 'n' };
    writeFileSync(join(own, LOCK_FILE), `${JSON.stringify({ ...dead, since: new Date(0).toISOString() })}\n`);
    // Whole seconds: the file system may keep no more of a time that is set.
    const before = 1000 * Math.floor(Date.now() / 1000 - 3600);
    utimesSync(join(own, LOCK_FILE), before / 1000, before / 1000);
    const found = await readTaskStatuses(folder, tasks);
    expect(found.tasks.map(({ name, state }) => [name, state])).toEqual([
      ['00000-of-00003', 'not_started'],
      ['00001-of-00003', 'lost'],
    ]);
    expect(found.tasks[1]).toMatchObject({ host: hostname(), heartbeat: new Date(before).toISOString() });
  });
});

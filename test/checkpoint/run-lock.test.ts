import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { takeoverName } from '../../src/checkpoint/claim-lock.ts';
import { LOCK_FILE, readLock } from '../../src/checkpoint/lock-file.ts';
import { acquireRunLock, findRunHolder, findWaiting } from '../../src/checkpoint/run-lock.ts';
import { type Log, silent } from '../../src/log.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const CONTENDER = new URL('lock-contender.ts', import.meta.url);

/** What the lock of this process would look like, with some fields changed. */
async function lockLike(changes: Readonly<Record<string, unknown>>): Promise<string> {
  const directory = temporaryDirectory();
  const lock = await acquireRunLock(directory, silent);
  const own = JSON.parse(readFileSync(join(directory, LOCK_FILE), 'utf8'));
  await lock.release();
  return `${JSON.stringify({ ...own, nonce: 'other', ...changes })}\n`;
}

/** A run directory with this lock in it, as an earlier or other process left it. */
async function directoryWith(content: string | Buffer, silentForMs = 0): Promise<string> {
  const directory = temporaryDirectory();
  const file = join(directory, LOCK_FILE);
  writeFileSync(file, content);
  const beat = (Date.now() - silentForMs) / 1000;
  utimesSync(file, beat, beat);
  return directory;
}

async function expectTakeover(directory: string): Promise<void> {
  const messages: string[] = [];
  const log: Log = (_, message) => messages.push(message);
  const lock = await acquireRunLock(directory, log);
  expect(messages).toContainEqual(expect.stringContaining('took over'));
  expect(readdirSync(directory)).toEqual([LOCK_FILE]);
  await lock.release();
  expect(readdirSync(directory)).toEqual([]);
}

async function expectRefusal(directory: string, code = 'run_locked', message = /./): Promise<void> {
  const before = readdirSync(directory);
  const refusal = { name: 'LockError', code, message: expect.stringMatching(message) };
  await expect(acquireRunLock(directory, silent)).rejects.toMatchObject(refusal);
  expect(readdirSync(directory)).toEqual(before);
}

/** What happens soon on a machine that has nothing else to do. */
const PATIENCE = { timeout: 60_000 };

test('a lock is taken, is seen, and leaves nothing when it is released', async () => {
  const directory = join(temporaryDirectory(), 'new');
  const lock = await acquireRunLock(directory, silent);
  expect(await findRunHolder(directory)).toEqual(lock.holder);
  expect(lock.holder).toMatchObject({ pid: process.pid, host: hostname() });
  expect(readdirSync(directory)).toEqual([LOCK_FILE]);
  await lock.release();
  expect(readdirSync(directory)).toEqual([]);
  expect(await findRunHolder(directory)).toBeUndefined();
});

test('a second run is refused and told who holds the lock, also within one process', async () => {
  const directory = temporaryDirectory();
  const lock = await acquireRunLock(directory, silent);
  await expectRefusal(directory, 'run_locked', new RegExp(`process ${process.pid} on ${hostname()} since .*heartbeat`));
  await lock.release();
  await (await acquireRunLock(directory, silent)).release();
});

test('a second run may wait for the first', async () => {
  const directory = temporaryDirectory();
  const first = await acquireRunLock(directory, silent);
  const second = acquireRunLock(directory, silent, { waitMs: 20_000 });
  await pause(50);
  await first.release();
  await (await second).release();
});

test('that a process waits shows in the run directory, its own or of the run whose second place it is, until it has the lock', async () => {
  const [directory, run] = [temporaryDirectory(), temporaryDirectory()];
  const first = await acquireRunLock(directory, silent);
  expect(await findWaiting(directory)).toEqual([]);
  const second = acquireRunLock(directory, silent, { waitMs: 20_000 });
  const ofPlace = acquireRunLock(directory, silent, { waitMs: 20_000, shownIn: run });
  const self = expect.objectContaining({ pid: process.pid, host: hostname() });
  await vi.waitFor(async () => expect(await findWaiting(directory)).toEqual([self]));
  await vi.waitFor(async () => expect(await findWaiting(run)).toEqual([self]));
  await first.release();
  await (await Promise.race([second, ofPlace])).release();
  for (const lock of await Promise.all([second, ofPlace])) await lock.release();
  expect([readdirSync(directory), readdirSync(run)]).toEqual([[], []]);
});

test('where a process waits that is gone, nobody waits, and the next holder clears up', async () => {
  const directory = temporaryDirectory();
  for (const [name, pid] of [
    ['dead', await goneProcess()],
    ['alive', process.pid],
  ]) {
    writeFileSync(join(directory, `${LOCK_FILE}.waiting-${name}`), await lockLike({ pid }));
  }
  writeFileSync(join(directory, `${LOCK_FILE}.waiting-else`), 'no lock of ours');
  expect((await findWaiting(directory)).map(({ pid }) => pid)).toEqual([process.pid]);
  await (await acquireRunLock(directory, silent)).release();
  expect(readdirSync(directory).sort()).toEqual(['alive', 'else'].map((name) => `${LOCK_FILE}.waiting-${name}`));
});

test('a directory in which nothing can be written keeps nobody from waiting', async () => {
  const directory = temporaryDirectory();
  const first = await acquireRunLock(directory, silent);
  const second = acquireRunLock(directory, silent, { waitMs: 20_000, shownIn: join(directory, 'not', 'there') });
  await pause(50);
  await first.release();
  await (await second).release();
});

test('the lock of a process that is gone is taken over with a notice', async () => {
  await expectTakeover(await directoryWith(await lockLike({ pid: await goneProcess() })));
});

test('the lock of a process whose pid was given away is taken over', async () => {
  await expectTakeover(await directoryWith(await lockLike({ start_time: '1' })));
});

test('the lock of a zombie is taken over', async () => {
  const zombie = await zombieProcess();
  const stat = readFileSync(`/proc/${zombie}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  expect(stat[0]).toBe('Z');
  await expectTakeover(await directoryWith(await lockLike({ pid: zombie, start_time: stat[19] })));
});

test('a lock from before the machine was started again is taken over', async () => {
  const beforeBoot = uptime() * 1000 + 1000;
  await expectTakeover(await directoryWith(await lockLike({ boot_id: 'an earlier boot' }), beforeBoot));
});

test('a live process is never robbed, however old its heartbeat', async () => {
  await expectRefusal(await directoryWith(await lockLike({}), 3600_000));
});

test('a heartbeat in the future is waited for, and counts as none where it does not come', async () => {
  const elsewhere = await lockLike({ host: 'elsewhere', boot_id: 'another' });
  const directory = await directoryWith(elsewhere, -3600_000);
  const lock = await acquireRunLock(directory, silent, { heartbeatMs: 20 });
  expect(lock.holder.pid).toBe(process.pid);
  await lock.release();

  const alive = await directoryWith(elsewhere, -3600_000);
  const beating = setInterval(() => utimesSync(join(alive, LOCK_FILE), new Date(), new Date()), 10);
  await expect(acquireRunLock(alive, silent, { heartbeatMs: 20 })).rejects.toMatchObject({ code: 'run_locked' });
  clearInterval(beating);
});

test('an error on the way out is logged, and hides no other', async () => {
  const directory = temporaryDirectory();
  const messages: string[] = [];
  const lock = await acquireRunLock(directory, (_, message) => void messages.push(message));
  rmSync(join(directory, LOCK_FILE));
  mkdirSync(join(directory, LOCK_FILE));
  await lock.release();
  expect(messages).toContain('the lock cannot be removed');
  expect(openIn(directory)).toEqual([]);
});

/** Files of a directory that this process has open. */
function openIn(directory: string): readonly string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${descriptor}`);
      return file.startsWith(directory) ? [file] : [];
    } catch {
      return []; // that of the reading itself is closed by now
    }
  });
}

test.each([
  ['on another machine', { host: 'elsewhere', boot_id: 'another' }],
  ['on a copy of this machine with the same name', { boot_id: 'another' }],
  ['in another container', { pid_namespace: 'pid:[1]', pid: 0x7fff_fff0 }],
])('a process %s is trusted as long as its heartbeat is fresh', async (_, changes) => {
  await expectRefusal(await directoryWith(await lockLike(changes)));
  await expectTakeover(await directoryWith(await lockLike(changes), 61_000));
});

test('a lock that cannot be read is refused while it is fresh, and taken over when it is old', async () => {
  const contents = ['', 'garbage', '{}', '[]', '{"pid": -1}', Buffer.alloc(100), '{"pid": 1e999}', 'x'.repeat(1e6)];
  for (const content of contents) {
    await expectRefusal(await directoryWith(content), 'lock_unreadable', /remove it if no run is going/);
    await expectTakeover(await directoryWith(content, 61_000));
  }
});

test('a lock that is a link or a directory is refused and left alone', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, LOCK_FILE);
  const victim = join(temporaryDirectory(), 'victim');
  writeFileSync(victim, 'untouched');
  symlinkSync(victim, file);
  await expectRefusal(directory, 'lock_unusable', /link/);
  expect(readFileSync(victim, 'utf8')).toBe('untouched');
  rmSync(file);
  symlinkSync(join(directory, 'nowhere'), file);
  await expectRefusal(directory, 'lock_unusable', /link/);
  rmSync(file);
  mkdirSync(file);
  await expectRefusal(directory, 'lock_unusable', /regular file/);
});

test('the heartbeat goes on while the lock is held, and changes nothing else', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, LOCK_FILE);
  const lock = await acquireRunLock(directory, silent, { heartbeatMs: 5 });
  const before = readFileSync(file, 'utf8');
  const beat = statSync(file).mtimeMs;
  await vi.waitFor(() => expect(statSync(file).mtimeMs).toBeGreaterThan(beat + 20), PATIENCE);
  expect(readFileSync(file, 'utf8')).toBe(before);
  await lock.release();
});

test('a run whose lock was taken away learns of it, and does not remove the new one', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, LOCK_FILE);
  const lock = await acquireRunLock(directory, silent, { heartbeatMs: 5 });
  rmSync(file);
  writeFileSync(file, 'the lock of another run');
  await vi.waitFor(() => expect(lock.lost.aborted).toBe(true), PATIENCE);
  expect(lock.lost.reason).toMatchObject({ name: 'LockError', code: 'lock_lost' });
  await lock.release();
  expect(readFileSync(file, 'utf8')).toBe('the lock of another run');
});

test('what killed contenders left is removed by the next holder, what live ones use is not', async () => {
  const directory = temporaryDirectory();
  const dead = await lockLike({ pid: await goneProcess() });
  for (const name of ['candidate-1', 'takeover-1']) writeFileSync(join(directory, `${LOCK_FILE}.${name}`), dead);
  writeFileSync(join(directory, `${LOCK_FILE}.candidate-2`), await lockLike({}));
  const lock = await acquireRunLock(directory, silent);
  expect(readdirSync(directory).sort()).toEqual([LOCK_FILE, `${LOCK_FILE}.candidate-2`]);
  await lock.release();
});

test('of many processes that race for a lock exactly one gets it: free, stale, or with a stale takeover in the way', async () => {
  const contenders = await Promise.all(Array.from({ length: 8 }, startContender));
  const dead = await lockLike({ pid: await goneProcess() });
  const situations: readonly ((file: string) => Promise<void>)[] = [
    async () => {},
    async (file) => writeFileSync(file, dead),
    async (file) => {
      writeFileSync(file, dead);
      const seen = await readLock(file);
      writeFileSync(takeoverName(file, file, seen?.id ?? ''), dead);
    },
  ];
  for (let round = 0; round < 24; round++) {
    const directory = temporaryDirectory();
    await situations[round % situations.length]?.(join(directory, LOCK_FILE));
    const results = await Promise.all(contenders.map((contender) => ask(contender, directory)));
    expect(results.sort(), `round ${round}`).toEqual([...Array(7).fill('run_locked'), 'won']);
    expect(readdirSync(directory)).toEqual([LOCK_FILE]);
  }
});

async function startContender(): Promise<ChildProcess> {
  const contender = fork(CONTENDER, { execArgv: ['--import', 'tsx'] });
  onTestFinished(() => void contender.kill('SIGKILL'));
  expect(await answerOf(contender)).toBe('ready');
  return contender;
}

function ask(contender: ChildProcess, directory: string): Promise<string> {
  const answer = answerOf(contender);
  contender.send(directory);
  return answer;
}

async function answerOf(contender: ChildProcess): Promise<string> {
  const [message] = await once(contender, 'message', { signal: AbortSignal.timeout(30_000) });
  return String(message);
}

/** The pid of a process that has ended. */
async function goneProcess(): Promise<number> {
  const child = spawn('true');
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid ?? 0;
}

/** The pid of a process that has ended and whose parent does not ask for it: a shell might have, before it became `sleep`. */
async function zombieProcess(): Promise<number> {
  const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 300'], {
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const pid = await new Promise((resolve) => parent.stdout?.once('data', resolve));
  const says = (id: number, text: string): void => expect(readFileSync(`/proc/${id}/stat`, 'utf8')).toContain(text);
  await vi.waitFor(() => says(parent.pid ?? 0, '(sleep)'), PATIENCE);
  (parent.stdio[3] as Duplex).end();
  await vi.waitFor(() => says(Number(pid), ') Z '), PATIENCE);
  return Number(pid);
}

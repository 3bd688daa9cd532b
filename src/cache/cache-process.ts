/**
 * Entry of the process that has the cache's file to itself: `cache-process.js DIRECTORY LIMIT_BYTES`. A damaged file ends
 * whoever maps it (SIGBUS, SIGSEGV), and a commit that fails leaves rejections that nobody can catch; here they end
 * nothing but the cache.
 */
import { existsSync } from 'node:fs';
import { messageOf } from '../errors.ts';
import { cachePath } from './cache-file.ts';
import type { CacheAnswer, CacheRequest } from './cache-messages.ts';
import { isSealed, seal, unseal } from './cache-seal.ts';
import { ResultStore } from './result-store.ts';

const TELL_EVERY_MS = 1000;
const [directory = '', limitBytes = '0'] = process.argv.slice(2);
const answer = (message: CacheAnswer): void => void process.send?.(message);

// A Ctrl-C reaches the whole process group: the parent decides when this process ends, by letting go of it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1'] as const) process.on(signal, () => {});

const isTrusted = !existsSync(cachePath(directory)) || (await isSealed(directory));
try {
  serve(await (isTrusted ? open() : openUntrusted()));
} catch (error) {
  answer({ kind: !isTrusted && isDamage(error) ? 'broken' : 'unusable', reason: messageOf(error) });
  process.disconnect();
}

async function open(): Promise<ResultStore> {
  await unseal(directory);
  return ResultStore.open(directory, Number(limitBytes));
}

/** Reads all of the file before anybody else maps it. */
async function openUntrusted(): Promise<ResultStore> {
  const opened = await open();
  let toldAtMs = performance.now();
  await opened.checkAll(() => {
    if (performance.now() - toldAtMs < TELL_EVERY_MS) return;
    toldAtMs = performance.now();
    answer({ kind: 'checking' });
  });
  return opened;
}

/** Whether the file itself is at fault: the system's own errors (no rights, no space, no library) have other codes. */
function isDamage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return true;
  return typeof error.code === 'number' && error.code < 0;
}

function serve(opened: ResultStore): void {
  let last: Promise<unknown> = Promise.resolve();
  process.on('message', (request: CacheRequest) => {
    last = last.then(() => act(opened, request));
  });
  process.on('disconnect', () => {
    last
      .then(() => opened.close())
      .then(() => seal(directory))
      .finally(() => process.exit());
  });
  answer({ kind: 'ready' });
}

async function act(opened: ResultStore, request: CacheRequest): Promise<void> {
  try {
    if (request.do === 'store') await opened.store(request.entries);
    if (request.do === 'prune') await opened.prune();
    answer({ kind: 'done', info: await opened.info() });
  } catch (error) {
    answer({ kind: 'failed', reason: messageOf(error) });
  }
}

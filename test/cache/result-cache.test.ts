import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cachePath } from '../../src/cache/cache-file.ts';
import { cacheKey } from '../../src/cache/cache-key.ts';
import type { CacheEntry } from '../../src/cache/cache-messages.ts';
import { CacheReader } from '../../src/cache/cache-reader.ts';
import { isSealed } from '../../src/cache/cache-seal.ts';
import { clearCache, ResultCache } from '../../src/cache/result-cache.ts';

const MEBIBYTE = 2 ** 20;
const BUILT_PROCESS = new URL('../../dist/cache/cache-process.js', import.meta.url);

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-cache-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function openCache(directory: string, limitMiB = 64): Promise<ResultCache> {
  const cache = await openUnguarded(directory, limitMiB);
  onTestFinished(() => cache.close());
  return cache;
}

/** For a test that closes it. */
function openUnguarded(directory: string, limitMiB = 64, notices: string[] = []): Promise<ResultCache> {
  return ResultCache.open(directory, {
    limitBytes: limitMiB * MEBIBYTE,
    onNotice: (message) => notices.push(message),
    entry: BUILT_PROCESS,
  });
}

/** A result of some KiB. */
function entry(content: string, kibibytes = 1): CacheEntry {
  return { key: cacheKey('test', content), bytes: Buffer.alloc(kibibytes * 1024, content) };
}

async function storeNow(cache: ResultCache, entries: readonly CacheEntry[]): Promise<void> {
  await cache.store(entries);
  await cache.store([]);
}

describe('the cache', () => {
  it('gives back what was stored, and nothing else', async () => {
    const directory = temporaryFolder();
    await storeNow(await openCache(directory), [entry('a'), entry('b')]);
    const reader = await CacheReader.open(directory);
    expect(reader.find(cacheKey('test', 'a'))).toEqual({ bytes: entry('a').bytes, isElder: false });
    expect(reader.find(cacheKey('another maker', 'a'))).toBeUndefined();
    expect(reader.find(cacheKey('test', 'c'))).toBeUndefined();
  });

  it('shows a reader what was stored since its last batch', async () => {
    const directory = temporaryFolder();
    const cache = await openCache(directory);
    const reader = await CacheReader.open(directory);
    expect(reader.find(cacheKey('test', 'a'))).toBeUndefined();
    reader.endBatch();
    await storeNow(cache, [entry('a')]);
    expect(reader.find(cacheKey('test', 'a'))).toBeDefined();
  });

  it('stays within its limit, drops what is old, and keeps what is used', async () => {
    const directory = temporaryFolder();
    const cache = await openCache(directory, 8);
    const reader = await CacheReader.open(directory);
    const used = entry('used', 16);
    await storeNow(cache, [used, entry('unused', 16)]);
    for (let round = 0; round < 60; round++) {
      await storeNow(
        cache,
        Array.from({ length: 20 }, (_, at) => entry(`${round} ${at}`, 16)),
      );
      const found = reader.find(used.key);
      expect(found?.bytes).toEqual(used.bytes);
      if (found?.isElder) await storeNow(cache, [used]);
      reader.endBatch();
      expect((await cache.info()).bytes).toBeLessThan(9 * MEBIBYTE);
    }
    expect(reader.find(entry('unused').key)).toBeUndefined();
    expect((await cache.info()).file_bytes).toBeLessThan(16 * MEBIBYTE);
  });

  it('is brought within a smaller limit by pruning', async () => {
    const directory = temporaryFolder();
    const cache = await openCache(directory);
    await storeNow(
      cache,
      Array.from({ length: 200 }, (_, at) => entry(`${at}`, 16)),
    );
    await cache.close();
    const small = await openCache(directory, 1);
    await small.prune();
    expect((await small.info()).bytes).toBeLessThan(MEBIBYTE);
  });

  it('does not give back a result with a flipped bit', async () => {
    const directory = temporaryFolder();
    const cache = await openUnguarded(directory);
    await storeNow(cache, [entry('abcdefgh'), entry('b')]);
    await cache.close();
    const file = readFileSync(cachePath(directory));
    const at = file.indexOf('abcdefghabcdefgh');
    expect(at).toBeGreaterThan(0);
    file.writeUInt8(file.readUInt8(at + 100) ^ 4, at + 100);
    writeFileSync(cachePath(directory), file);
    const reader = await CacheReader.open(directory);
    expect(reader.find(entry('abcdefgh').key)).toBeUndefined();
    expect(reader.find(entry('b').key)).toBeDefined();
  });

  it('is gone after clearing, and other files are not', async () => {
    const directory = temporaryFolder();
    writeFileSync(join(directory, 'notes.txt'), '');
    await storeNow(await openCache(directory), [entry('a')]);
    await clearCache(directory);
    expect(readdirSync(directory)).toEqual(['notes.txt']);
    await clearCache(join(directory, 'absent'));
  });

  it('survives processes that store at the same time and are killed', async () => {
    const directory = temporaryFolder();
    const stored = await Promise.all(['a', 'b'].map((name) => storeUntilKilled(directory, name, 30)));
    const cache = await openCache(directory);
    const reader = await CacheReader.open(directory);
    for (const [which, count] of stored.entries()) {
      for (let at = 0; at < count; at++) {
        const content = `${'ab'[which]} ${at}`;
        expect(Buffer.from(reader.find(cacheKey('test', content))?.bytes ?? []).toString()).toBe(content.repeat(50));
      }
    }
    await storeNow(cache, [entry('after')]);
    reader.endBatch();
    expect(reader.find(entry('after').key)).toBeDefined();
  });
});

describe('a cache that is damaged', () => {
  const PAGE = 4096;
  const damages: readonly (readonly [how: string, damage: (file: Buffer) => Buffer])[] = [
    ['cut in its first page', (file) => file.subarray(0, 100)],
    ['cut in the middle', (file) => file.subarray(0, file.length / 2)],
    ['cut before its last page', (file) => file.subarray(0, file.length - PAGE)],
    ['overwritten in its first page', (file) => overwritten(file, 0, PAGE)],
    ['overwritten in every page but two', (file) => overwritten(file, 2 * PAGE, file.length)],
    ['overwritten at the head of every page', headsOverwritten],
    ['another program’s', () => Buffer.from('SQLite format 3\0'.repeat(1000))],
  ];

  function overwritten(file: Buffer, start: number, end: number): Buffer {
    return Buffer.from(file).fill(0xa5, start, end);
  }

  function headsOverwritten(file: Buffer): Buffer {
    const changed = Buffer.from(file);
    for (let at = 2 * PAGE; at < changed.length; at += PAGE) changed.fill(0x5a, at, at + 64);
    return changed;
  }

  async function filled(directory: string): Promise<Buffer> {
    const cache = await openUnguarded(directory);
    await storeNow(
      cache,
      Array.from({ length: 400 }, (_, at) => entry(`${at}`)),
    );
    await cache.close();
    return readFileSync(cachePath(directory));
  }

  async function storesAndFinds(directory: string, notices: string[]): Promise<void> {
    const cache = await openUnguarded(directory, 64, notices);
    const reader = await CacheReader.open(directory);
    for (let at = 0; at < 400; at++) reader.find(entry(`${at}`).key);
    reader.endBatch();
    await storeNow(cache, [entry('new')]);
    expect(reader.find(entry('new').key)).toBeDefined();
    await cache.close();
  }

  it.each(damages)(
    '%s is set aside or read as far as it can be trusted, and a new one is filled',
    async (_, damage) => {
      const directory = temporaryFolder();
      const damaged = damage(await filled(directory));
      writeFileSync(cachePath(directory), damaged);
      const notices: string[] = [];
      await storesAndFinds(directory, notices);
      for (const notice of notices) expect(notice).toMatch(/is damaged \(.+\); it was moved to .+\.mdb\.broken/);
      if (notices.length > 0) expect(readFileSync(`${cachePath(directory)}.broken`).equals(damaged)).toBe(true);
    },
  );

  it('in its table of readers is used all the same', async () => {
    for (const table of [Buffer.alloc(0), Buffer.alloc(8192, 0xa5), Buffer.from('x')]) {
      const directory = temporaryFolder();
      await filled(directory);
      writeFileSync(`${cachePath(directory)}-lock`, table);
      await storesAndFinds(directory, []);
    }
  });

  it('is read whole before it is trusted, and is not when it is as it was closed', async () => {
    const directory = temporaryFolder();
    await filled(directory);
    expect(await isSealed(directory)).toBe(true);
    writeFileSync(cachePath(directory), readFileSync(cachePath(directory)));
    expect(await isSealed(directory)).toBe(false);
  });

  it('whose process dies fails what is asked, and nothing else', async () => {
    const directory = temporaryFolder();
    const cache = await ResultCache.open(directory, {
      limitBytes: MEBIBYTE,
      onNotice: () => {},
      entry: new URL('./fixtures/dying-process.mjs', import.meta.url),
    });
    await cache.store([entry('a')]);
    await expect(cache.store([entry('b')])).rejects.toThrow('its process ended with status 7');
    await expect(cache.close()).rejects.toThrow('its process ended with status 7');
  });
});

/** Kills a process after some batches; how many of its results must be there. */
function storeUntilKilled(directory: string, name: string, batches: number): Promise<number> {
  const child = fork(new URL('./fixtures/storing-process.mjs', import.meta.url), [directory, name]);
  return new Promise((resolve) => {
    let stored = 0;
    child.on('message', (count: number) => {
      stored = count;
      if (count >= batches * 20) child.kill('SIGKILL');
    });
    child.once('exit', () => resolve(stored));
  });
}

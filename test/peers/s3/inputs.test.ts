import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { missingPeers } from '../python.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { environmentFor, Moto } from './moto.ts';

const MIDILOOM = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const DATA = fileURLToPath(new URL('../../../data/', import.meta.url));
const folder = temporaryFolder('s3-inputs');
const cache = join(folder, 'cache');

function midiloom(endpoint: string, args: readonly string[]): Promise<{ code: number; all: string }> {
  const env = { ...environmentFor(endpoint), XDG_CACHE_HOME: cache };
  return new Promise((resolve) => {
    execFile(process.execPath, [MIDILOOM, ...args], { env, cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, all: stdout + stderr });
    });
  });
}

const sums = (run: string): string => readFileSync(join(run, 'dataset', 'SHA256SUMS'), 'utf8');
const options = ['--text_encoder', 'hashing', '--output_format', 'jsonl', '--batch_size', '4'];

describe.skipIf(missingPeers('moto.server', 'flask') !== undefined)('inputs on a server that speaks S3', () => {
  let moto: Moto;
  let proxy: FaultyProxy;
  let local: string;

  beforeAll(async () => {
    moto = await Moto.start();
    proxy = await FaultyProxy.before(moto.endpoint);
    const lines = readFileSync(join(DATA, 'pairs.jsonl'), 'utf8').trimEnd().split('\n');
    // Some captions in files of their own.
    const captions = new Map<string, string>();
    const pairs = lines.map((line, at) => {
      const pair: Record<string, unknown> = JSON.parse(line);
      const { text_description, caption, text, ...others } = pair;
      const own = text_description ?? caption ?? text;
      if (at % 5 !== 0 || typeof own !== 'string') return pair;
      captions.set(`captions/${at}.txt`, own);
      return { ...others, text_file: `captions/${at}.txt` };
    });
    mkdirSync(join(folder, 'data', 'captions'), { recursive: true });
    mkdirSync(join(folder, 'data', 'midi'));
    const put = async (name: string, bytes: Uint8Array | string): Promise<void> => {
      writeFileSync(join(folder, 'data', name), bytes);
      await moto.put(`data/${name}`, bytes);
    };
    const files = readdirSync(join(DATA, 'midi'), { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    for (const { name, parentPath } of files) {
      const inFolder = join(parentPath, name).slice(DATA.length);
      mkdirSync(join(folder, 'data', inFolder, '..'), { recursive: true });
      await put(inFolder, readFileSync(join(parentPath, name)));
    }
    for (const [name, caption] of captions) await put(name, caption);
    await put('pairs.jsonl', `${pairs.map((pair) => JSON.stringify(pair)).join('\n')}\n`);
    local = join(folder, 'local');
    const { code, all } = await midiloom(proxy.endpoint, [
      ...['process', '--input_file', join(folder, 'data', 'pairs.jsonl'), '--output_dir', local, ...options],
    ]);
    expect(all).toContain('Complete');
    expect(code).toBe(0);
  }, 120_000);

  afterAll(async () => {
    await proxy.end();
    await moto.end();
  });

  test('a manifest, its MIDI files and its caption files are read from there, with the bytes of a run on local files in the end', async () => {
    const run = join(folder, 'remote');
    const args = ['process', '--input_file', 's3://bucket/data/pairs.jsonl', '--output_dir', run, ...options];
    const { code, all } = await midiloom(proxy.endpoint, args);
    expect(all).toContain('s3://bucket/data/pairs.jsonl');
    expect(code).toBe(0);
    expect(sums(run)).toBe(sums(local));
    expect(JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'))).toMatchObject({
      options: { input_file: 's3://bucket/data/pairs.jsonl' },
    });
    const verified = await midiloom(proxy.endpoint, ['verify', run]);
    expect(verified).toMatchObject({ code: 0 });
  }, 120_000);

  test('a manifest is fetched once for each version of it', async () => {
    const asked: string[] = [];
    proxy.decide = ({ method, path }) => {
      if (method === 'GET' && path.includes('pairs.jsonl')) asked.push(path);
      return 'none';
    };
    await midiloom(proxy.endpoint, ['process', join(folder, 'remote')]);
    proxy.decide = () => 'none';
    expect(asked).toEqual([]);
  }, 60_000);

  test('only files that changed are made again', async () => {
    const run = join(folder, 'remote');
    const [name = ''] = readdirSync(join(folder, 'data', 'midi')).filter((each) => each.endsWith('.mid'));
    const other = readdirSync(join(folder, 'data', 'midi')).filter((each) => each.endsWith('.mid'))[1] ?? '';
    const gets = new Set<string>();
    proxy.decide = ({ method, path }) => {
      if (method === 'GET' && path.includes('/midi/')) gets.add(path.replace(/\?.*/, ''));
      return 'none';
    };
    await moto.put(`data/midi/${name}`, await moto.get(`data/midi/${other}`));
    const { code, all } = await midiloom(proxy.endpoint, ['process', run]);
    proxy.decide = () => 'none';
    expect(code).toBe(0);
    expect(all).toMatch(new RegExp(`1 MIDI files changed since.*${name}`));
    expect([...gets]).toEqual([`/bucket/data/midi/${name}`]);
    await moto.put(`data/midi/${name}`, readFileSync(join(folder, 'data', 'midi', name)));
    await midiloom(proxy.endpoint, ['process', run]);
    expect(sums(run)).toBe(sums(local));
  }, 120_000);

  test('a bucket that fails stops the run and no pair; it goes on when the bucket can be asked', async () => {
    const run = join(folder, 'stopped');
    let asked = 0;
    proxy.decide = ({ path }) =>
      path.includes('/midi/') && ++asked > 20 ? { status: 403, code: 'AccessDenied' } : 'none';
    const root = ['--midi_root', 's3://bucket/data'];
    const input = ['--input_file', join(folder, 'data', 'pairs.jsonl'), '--output_dir', run];
    const stopped = await midiloom(proxy.endpoint, ['process', ...input, ...root, ...options, '--workers', '1']);
    proxy.decide = () => 'none';
    expect(stopped.code).toBe(6);
    expect(stopped.all).toMatch(/s3_no_permission/);
    const { code } = await midiloom(proxy.endpoint, ['process', run]);
    expect(code).toBe(0);
    expect(sums(run)).toBe(sums(local));
  }, 120_000);

  test('errors and lost connections in between cost no pair', async () => {
    let asked = 0;
    proxy.decide = () => {
      asked++;
      if (asked % 7 === 0) return { status: 503, code: 'SlowDown' };
      if (asked % 11 === 0) return 'cut';
      return asked % 13 === 0 ? 'lost' : 'none';
    };
    const run = join(folder, 'disturbed');
    const args = ['process', '--input_file', 's3://bucket/data/pairs.jsonl', '--output_dir', run, ...options];
    const { code } = await midiloom(proxy.endpoint, args);
    proxy.decide = () => 'none';
    expect(code).toBe(0);
    expect(sums(run)).toBe(sums(local));
  }, 120_000);

  test('a folder of a bucket, and what is not there, are refused in words', async () => {
    const begin = (input: string) =>
      midiloom(proxy.endpoint, ['process', '--input_file', input, '--output_dir', join(folder, 'none'), ...options]);
    expect(await begin('s3://bucket/data')).toMatchObject({
      code: 2,
      all: expect.stringMatching(/is a prefix.*name a manifest/s),
    });
    expect(await begin('s3://bucket/none.jsonl')).toMatchObject({
      code: 2,
      all: expect.stringMatching(/is not there/),
    });
  }, 60_000);
});

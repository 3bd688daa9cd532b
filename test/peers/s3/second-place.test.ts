import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../seeded-random.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { missingPeers } from '../python.ts';
import { type Fault, FaultyProxy } from './faulty-proxy.ts';
import { environmentFor, Moto } from './moto.ts';

const MIDILOOM = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const DATA = fileURLToPath(new URL('../../../data/', import.meta.url));
const folder = temporaryFolder('s3');
const PAIRS = 300;

/** Pairs enough that a run takes a few seconds. */
function writeInput(): string {
  const file = join(folder, 'pairs.jsonl');
  const midi = join(folder, 'midi');
  mkdirSync(midi);
  const names = readdirSync(join(DATA, 'midi')).filter((name) => name.endsWith('.mid'));
  for (const name of names) copyFileSync(join(DATA, 'midi', name), join(midi, name));
  const lines = Array.from({ length: PAIRS }, (_, at) =>
    JSON.stringify({ midi_file: `midi/${names[at % names.length]}`, text: `piece number ${at}` }),
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
  readonly all: string;
}

function begin(endpoint: string, args: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [MIDILOOM, 'process', ...args], { env: environmentFor(endpoint), cwd: folder });
  const texts = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    texts.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    texts.stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({
    code,
    stderr: texts.stderr,
    all: texts.stdout + texts.stderr,
  }));
  return { child, ended };
}

const sums = (run: string): string => readFileSync(join(run, 'dataset', 'SHA256SUMS'), 'utf8');

describe.skipIf(missingPeers('moto.server', 'flask') !== undefined)('a second place on a server that speaks S3', () => {
  let moto: Moto;
  let proxy: FaultyProxy;
  let input: string;
  let undisturbed: string;
  const options = (run: string, place: string) => [
    ...['--input_file', input, '--output_dir', run, '--backup_dir', place, '--text_encoder', 'hashing'],
    ...['--batch_size', '5', '--checkpoint_interval', '2', '--workers', '1', '--output_format', 'jsonl'],
  ];

  beforeAll(async () => {
    moto = await Moto.start();
    proxy = await FaultyProxy.before(moto.endpoint);
    input = writeInput();
    const run = join(folder, 'undisturbed');
    const { code, all } = await begin(proxy.endpoint, options(run, 's3://bucket/undisturbed')).ended;
    expect(all).toContain('Complete');
    expect(code).toBe(0);
    undisturbed = sums(run);
    expect((await moto.keys('undisturbed/midi_checkpoint.d/')).length).toBe(PAIRS / 10);
  }, 120_000);

  afterAll(async () => {
    await proxy.end();
    await moto.end();
  });

  /** Begins a run and kills it once so many segments have gone up. */
  async function killedAfter(segments: number, run: string, place: string): Promise<void> {
    const { child, ended } = begin(proxy.endpoint, options(run, `s3://bucket/${place}`));
    await expect
      .poll(async () => (await moto.keys(`${place}/midi_checkpoint.d/`)).length, { timeout: 150_000, interval: 50 })
      .toBeGreaterThanOrEqual(segments);
    child.kill('SIGKILL');
    await ended;
  }

  test('a run whose machine is lost in the middle goes on elsewhere, and its data set is that of one that was not', async () => {
    const run = join(folder, 'lost');
    await killedAfter(10, run, 'lost');
    expect(existsSync(join(run, 'dataset'))).toBe(false);
    rmSync(run, { recursive: true });
    const elsewhere = join(folder, 'elsewhere');
    const args = ['--mode', 'continue', '--output_dir', elsewhere, '--backup_dir', 's3://bucket/lost'];
    const { code, all } = await begin(proxy.endpoint, args).ended;
    expect(all).toMatch(/was brought back from s3:\/\/bucket\/lost/);
    expect(all).toMatch(/Not done again: \d\d+ pairs/);
    expect(code).toBe(0);
    expect(sums(elsewhere)).toBe(undisturbed);
    const saved = readdirSync(elsewhere).filter((name) => name.endsWith('.json'));
    for (const name of saved)
      expect(readFileSync(join(elsewhere, name), 'utf8')).not.toContain('the-secret-of-the-test');
    expect(all).not.toContain('the-secret-of-the-test');
  }, 120_000);

  test('tasks whose machines are lost go on elsewhere, and the merge fetches what lies in the bucket alone', async () => {
    const run = join(folder, 'tasks');
    const place = ['--backup_dir', 's3://bucket/tasks-of-a-run'];
    const task = (number: number, directory = run): string[] => [
      ...[...options(directory, 's3://bucket/tasks-of-a-run'), '--tasks', '3', '--task', String(number)],
    ];
    const done = await Promise.all([0, 1].map((number) => begin(proxy.endpoint, task(number)).ended));
    expect(done.map(({ code }) => code)).toEqual([0, 0]);
    const { child, ended } = begin(proxy.endpoint, task(2));
    const segments = 'tasks-of-a-run/tasks/00002-of-00003/midi_checkpoint.d/';
    await expect
      .poll(async () => (await moto.keys(segments)).length, { timeout: 60_000, interval: 50 })
      .toBeGreaterThanOrEqual(3);
    child.kill('SIGKILL');
    await ended;
    // The third on another machine that has nothing of the run; then all that is left is the bucket and who merges.
    const elsewhere = join(folder, 'tasks-elsewhere');
    const third = await begin(proxy.endpoint, task(2, elsewhere)).ended;
    expect(third.all).toContain('was brought back from s3://bucket/tasks-of-a-run/tasks/00002-of-00003');
    expect(third.code).toBe(0);
    rmSync(elsewhere, { recursive: true });
    rmSync(join(run, 'tasks'), { recursive: true });
    const merged = await begin(proxy.endpoint, ['--mode', 'merge', '--output_dir', run, ...place]).ended;
    expect(merged.all).toContain('Complete');
    expect(merged.code).toBe(0);
    expect(sums(run)).toBe(undisturbed);
  }, 240_000);

  test('errors, lost connections and slow answers cost no pair, and the copy is whole in the end', async () => {
    const random = seededRandom(17);
    const faults: Fault[] = [
      { status: 500, code: 'InternalError' },
      { status: 503, code: 'SlowDown' },
      'lost',
      'unanswered',
      'cut',
      { slowMs: 400 },
    ];
    proxy.decide = () => (random() < 0.1 ? (faults[Math.floor(random() * faults.length)] ?? 'none') : 'none');
    try {
      const run = join(folder, 'disturbed');
      await killedAfter(3, run, 'disturbed');
      rmSync(run, { recursive: true });
      const elsewhere = join(folder, 'disturbed-elsewhere');
      const args = ['--mode', 'continue', '--output_dir', elsewhere, '--backup_dir', 's3://bucket/disturbed'];
      const { code, all } = await begin(proxy.endpoint, args).ended;
      expect(all).toContain('was brought back');
      expect(code).toBe(0);
      expect(proxy.faults).toBeGreaterThan(10);
      expect(sums(elsewhere)).toBe(undisturbed);
      for (const name of ['midi_checkpoint.json', 'text_checkpoint.json']) {
        expect(Buffer.from(await moto.get(`disturbed/${name}`))).toEqual(readFileSync(join(elsewhere, name)));
      }
    } finally {
      proxy.decide = () => 'none';
    }
  }, 240_000);

  test('of two runs that want one place at the same time one works, and the other is told who does', async () => {
    const both = ['one', 'two'].map((name) => begin(proxy.endpoint, options(join(folder, name), 's3://bucket/shared')));
    const [one, two] = await Promise.all(both.map(({ ended }) => ended));
    expect([one?.code, two?.code].sort()).toEqual([0, 4]);
    const [winner, refused] = one?.code === 0 ? ['one', two] : ['two', one];
    expect(refused?.stderr).toMatch(/the second place is in use.*process \d+.*\[backup_locked\]/s);
    expect(sums(join(folder, winner))).toBe(undisturbed);
    expect(Buffer.from(await moto.get('shared/midi_checkpoint.json'))).toEqual(
      readFileSync(join(folder, winner, 'midi_checkpoint.json')),
    );
  }, 120_000);

  test('a bucket that is lost in the middle is told of once, and gets what it lacks from the next run', async () => {
    const run = join(folder, 'cut-off');
    const { ended } = begin(proxy.endpoint, options(run, 's3://bucket/cut-off'));
    await expect
      .poll(async () => (await moto.keys('cut-off/midi_checkpoint.d/')).length, { timeout: 60_000, interval: 50 })
      .toBeGreaterThan(2);
    proxy.decide = () => ({ status: 403, code: 'InvalidAccessKeyId' });
    const { code, all } = await ended;
    proxy.decide = () => 'none';
    expect(code).toBe(0);
    expect(sums(run)).toBe(undisturbed);
    expect(all.match(/midi_checkpoint.json cannot be kept up/g)).toHaveLength(1);
    expect(all).toMatch(/the server refuses .*check the keys/);
    await begin(proxy.endpoint, ['--output_dir', run]).ended;
    expect(Buffer.from(await moto.get('cut-off/midi_checkpoint.json'))).toEqual(
      readFileSync(join(run, 'midi_checkpoint.json')),
    );
    expect(await moto.keys('cut-off/midi_checkpoint.d/')).toHaveLength(PAIRS / 10);
  }, 120_000);

  test('what is wrong is said in words', async () => {
    const said = async (fault: Fault, place = 's3://bucket/words'): Promise<string> => {
      proxy.decide = () => fault;
      try {
        const { code, stderr } = await begin(proxy.endpoint, options(join(folder, 'words'), place)).ended;
        return `${code}: ${stderr}`;
      } finally {
        proxy.decide = () => 'none';
      }
    };
    expect(await said('none', 's3://no-such-bucket/x')).toMatch(/^6: .*no such bucket.*create it.*\[s3_no_bucket\]/s);
    expect(await said({ status: 403, code: 'AccessDenied' })).toMatch(/^6: .*refuses.*\[s3_no_permission\]/s);
    expect(await said({ status: 403, code: 'RequestTimeTooSkewed' })).toMatch(/^6: .*clock.*\[s3_clock\]/s);
    expect(await said({ status: 301, code: 'PermanentRedirect' })).toMatch(/^6: .*AWS_REGION.*\[s3_wrong_region\]/s);
    expect(await said('none', 's3://KEY:SECRET@bucket/x')).toMatch(/^2: (?!.*SECRET).*user name/s);
    expect(existsSync(join(folder, 'words', 'run.json'))).toBe(false);
  }, 180_000);

  test('another run is refused its prefix, and nothing there is touched', async () => {
    const before = await moto.keys('undisturbed/');
    const run = join(folder, 'other');
    const other = [...options(run, 's3://bucket/undisturbed'), '--tokenizer', 'remi'];
    const { code, stderr } = await begin(proxy.endpoint, other).ended;
    expect(code).toBe(5);
    expect(stderr).toMatch(/\[backup_of_another_run\]/);
    expect(stderr).not.toMatch(/force_restart|remove|delete/);
    expect(await moto.keys('undisturbed/')).toEqual(before);
  }, 60_000);
});

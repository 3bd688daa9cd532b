import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { processPairs } from 'midiloom';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStatus } from '../../src/checkpoint/read-status.ts';
import { findRunHolder } from '../../src/checkpoint/run-lock.ts';
import { readRunStatus } from '../../src/operations/read-run-status.ts';
import { defaultRunFiles } from '../../src/run-directory/run-files.ts';
import { copyOf, smallRun, stopEarly } from '../cli/stopped-run.ts';
import { BROWSER, openBrowser } from '../report/open-browser.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { makeRun } from './made-run.ts';
import { type Served, served } from './served.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../data/pairs.jsonl', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HOSTILE = '</script><img src=x onerror="document.title=1"><style>*{}</style>\u202Egnp.exe "quoted" {{7*7}}';
const folder = temporaryFolder('dashboard-page');
const runs = join(folder, 'runs');

if (BROWSER === undefined)
  console.log('test/dashboard/page.test.ts: no Chromium on this machine, the page is not opened');

describe.skipIf(BROWSER === undefined)('the page in a browser', () => {
  let browser: Browser;
  let server: Served;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    await stopEarly(SAMPLE, join(runs, 'stopped'));
    copyOf(join(runs, 'stopped'), runs, 'finished');
    await processPairs({ ...smallRun(SAMPLE, join(runs, 'finished')) });
    await hostileRun(join(runs, 'hostile <b>&amp; name'));
    server = await served({ paths: [runs], manage: true });
  });
  afterAll(() => browser?.close());

  async function open(hash = '', options: Parameters<Browser['newPage']>[0] = {}, url = server.url): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => void complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(url).origin)) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(`${url}${hash}`);
    return page;
  }

  async function ofRun(name: string, place = ''): Promise<string> {
    return `#/runs/${await server.idOf(name)}${place}`;
  }

  test('lists the runs, sorts and searches them, and leads to each', async () => {
    const page = await open();
    const rows = page.locator('.runs .rows .row');
    await rows.nth(2).waitFor();
    expect(await page.evaluate('location.search')).toBe('');
    expect(await rows.count()).toBe(3);
    await page.selectOption('select >> nth=0', 'completed');
    expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('finished')]);
    await page.selectOption('select >> nth=0', '');
    await page.fill('input[type=search]', 'no such run');
    expect(await page.textContent('.empty')).toContain('No run matches');
    await page.fill('input[type=search]', 'stopp');
    await rows.locator('a').click();
    await page.locator('h1', { hasText: 'stopped' }).waitFor();
    expect(await page.title()).toBe('stopped · midiloom');
    await page.close();
  });

  test('has the numbers, the curves and the sessions of a run', async () => {
    const page = await open(await ofRun('finished'));
    await page.locator('.stage-line').nth(1).waitFor();
    const status = await readRunStatus(join(runs, 'finished'));
    expect(await page.textContent('.tiles')).toContain(`${status.pairs.failed} failed`);
    expect(await page.textContent('.stage-line')).toContain(`${status.stages.midi.completed} with a result`);
    const marks = await page.$$eval('svg.chart', (charts) =>
      charts.map((chart) => chart.querySelectorAll('rect[width], path[d], circle, line').length),
    );
    expect(marks).toHaveLength(4);
    expect(Math.min(...marks)).toBeGreaterThan(2);
    expect(await page.locator('tbody tr').count()).toBe(2);
    await page.close();
  });

  test('opens failures to pairs, messages and the line of the manifest', async () => {
    const page = await open(await ofRun('finished', '/failures'));
    await page.click('summary:has-text("midi_not_smf")');
    await page.locator('.message', { hasText: 'no MThd in a file of 54 bytes' }).waitFor();
    await page.click('.code a');
    await page.locator('dialog .manifest', { hasText: 'midi/bad-text-file.mid' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.close();
  });

  test('shows a pair with the picture and the player of the report, by the keyboard alone', async () => {
    const page = await open(await ofRun('finished', '/pairs'));
    await page.locator('.pairs .row a').nth(3).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const play = page.locator('dialog .play');
    await play.waitFor();
    expect(await page.textContent('dialog h2')).toBe('Pair 4');
    expect(await page.locator('dialog .roll path').count()).toBeGreaterThan(0);
    await play.focus();
    await page.keyboard.press('Enter');
    expect(await play.textContent()).toBe('Stop');
    await page.click('dialog a:has-text("Next")');
    await page.locator('dialog h2', { hasText: 'Pair 5' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.close();
  });

  test('takes names, captions, codes and reasons from outside as text only', async () => {
    for (const place of ['', '/failures', '/pairs', '/pairs/7', '/pairs/0', '/options', '/log', '/manage']) {
      const page = await open(await ofRun('hostile <b>&amp; name', place));
      await page.locator('h1', { hasText: 'hostile <b>&amp; name' }).waitFor();
      for (const summary of await page.locator('main summary').all()) await summary.click();
      if (place === '/pairs') await page.locator('.caption-of', { hasText: '<img src=x' }).first().waitFor();
      if (place === '/failures') await page.locator('.message', { hasText: '<img src=x' }).first().waitFor();
      if (place === '/log') await page.locator('.log p', { hasText: '<img src=x' }).first().waitFor();
      expect(await page.locator('main img, dialog img, main style, main script').count(), place).toBe(0);
      expect(await page.title(), place).toContain('midiloom');
      await page.close();
    }
  });

  test('goes on by itself when the server was away', async () => {
    const other = await served({ paths: [runs] });
    const page = await open('', {}, other.url);
    // What the browser itself says of a server that is away.
    page.removeAllListeners('console');
    await page.locator('.connection.open').waitFor();
    await other.close();
    await page.locator('.connection.lost').waitFor();
    const again = await served({ paths: [runs], port: other.port });
    await page.locator('.connection.open').waitFor();
    await again.close();
    await page.close();
  });

  test('does what is asked for after it was said and confirmed', async () => {
    const copy = copyOf(join(runs, 'finished'), runs, 'managed');
    const page = await open(await ofRun('managed', '/manage'));
    const form = page.locator('form[aria-label="Retry failed pairs"]');
    await form.locator('select').selectOption('missing_text');
    await form.locator('button').click();
    await form.locator('code', { hasText: `midiloom checkpoint retry ${copy} --code missing_text` }).waitFor();
    expect((await readRunStatus(copy)).pairs.pending).toBe(0);
    await form.locator('button', { hasText: 'Leave it' }).click();
    await form.locator('button', { hasText: 'Retry…' }).click();
    await form.locator('button.primary').click();
    await page.locator('.job .state', { hasText: 'done' }).waitFor();
    expect((await readRunStatus(copy)).pairs.pending).toBe(1);
    await page.locator('.run-head .state', { hasText: 'interrupted' }).waitFor();

    const reset = page.locator('form[aria-label="Reset"]');
    await reset.locator('button').click();
    await reset.locator('.discards', { hasText: '53 pairs of the midi stage' }).waitFor();
    await page.close();
    rmSync(copy, { recursive: true });
  });

  test('shows a run from its start to its end, with a kill and a resume in between, and stops it', async () => {
    const directory = join(runs, 'live');
    const manifest = longManifest(1200);
    const page = await open();
    await page.locator('.runs .row a').first().waitFor();
    rmSync(directory, { recursive: true, force: true }); // of a try before this one
    const first = startRun(directory, manifest);
    await stopIn(first, async () => (await readStatus(defaultRunFiles(directory).checkpoints.midi)).kind === 'valid');
    await page.locator('.runs .row', { hasText: 'live' }).locator('.state', { hasText: 'running' }).waitFor();
    await page.click('.runs a:has-text("live")');
    await page.locator('.stage-line .key.done').first().filter({ hasNotText: /^0 / }).waitFor();
    const moved = await page.evaluate<number>('document.querySelector(".tiles").getBoundingClientRect().top');
    first.kill('SIGKILL');
    await page.locator('.run-head .state', { hasText: 'interrupted' }).waitFor();
    expect(await page.textContent('.run-head .reason')).toContain('SIGKILL');

    const second = startRun(directory, manifest);
    const ended = once(second, 'exit');
    await stopIn(second, async () => (await findRunHolder(directory))?.pid === second.pid);
    await page.locator('.run-head .state', { hasText: 'running' }).waitFor();
    const third = startRun(directory, manifest, '--lock_timeout', '300');
    await page.locator('.waits', { hasText: `process ${third.pid} on` }).waitFor();
    await page.goBack();
    await page.selectOption('select >> nth=0', 'waiting');
    const waited = page.locator('.runs .row', { hasText: 'waiting for a lock' });
    await waited.waitFor();
    expect(await waited.allInnerTexts()).toEqual([
      expect.stringMatching(/live[\s\S]*running[\s\S]*waiting for a lock/),
    ]);
    third.kill('SIGKILL');
    await page.locator('.empty', { hasText: 'No run matches' }).waitFor();
    await page.selectOption('select >> nth=0', '');
    await page.click('.runs a:has-text("live")');
    await page.click('nav a:has-text("Manage")');
    const stop = page.locator('form[aria-label="Stop the run"]');
    await stop.locator('button').click();
    await stop.locator('code', { hasText: `kill -TERM ${second.pid}` }).waitFor();
    await stop.locator('button.primary, button.danger').click();
    await page.locator('.job .state', { hasText: 'done' }).waitFor();
    second.kill('SIGCONT');
    expect((await ended)[0]).toBe(143);
    await page.locator('.run-head .state', { hasText: 'interrupted' }).waitFor();
    expect(await page.textContent('.run-head .reason')).toContain('SIGTERM');

    await once(startRun(directory, manifest), 'exit');
    await page.locator('.run-head .state', { hasText: 'complete' }).waitFor();
    await page.click('nav a:has-text("Overview")');
    await page.locator('tbody tr').nth(2).waitFor();
    const rows = await page.locator('tbody tr').allInnerTexts();
    expect(rows.map((text) => /complete|interrupted|killed/.exec(text)?.[0])).toEqual([
      'complete',
      'interrupted',
      'killed',
    ]);
    const status = await readRunStatus(directory);
    expect(await page.textContent('.tiles')).toContain(`${status.pairs.total.toLocaleString('en')} of`);
    expect(
      Math.abs((await page.evaluate<number>('document.querySelector(".tiles").getBoundingClientRect().top')) - moved),
    ).toBeLessThan(60);
    await page.click('nav a:has-text("Log")');
    await page.locator('.log p', { hasText: 'saved' }).first().waitFor();
    await page.close();
  });

  const SCREENS = [
    { name: 'a desktop', viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
    { name: 'a phone', viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const },
  ];
  test.each(SCREENS)(
    'has no fault of accessibility and nothing too wide on $name',
    async ({ viewport, colorScheme }) => {
      for (const place of ['list', '', '/failures', '/pairs', '/pairs/3', '/log', '/options', '/manage']) {
        const page = await open(place === 'list' ? '' : await ofRun('finished', place), {
          viewport,
          colorScheme,
          bypassCSP: true,
        });
        await page
          .locator(place === 'list' ? '.runs .row a' : 'section h2')
          .first()
          .waitFor();
        if (place === '/pairs/3') await page.locator('dialog .play').waitFor();
        for (const summary of await page.locator('main .code summary').all()) await summary.click();
        await page.evaluate(AXE);
        const faults = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
          'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes })))',
        );
        expect(faults.map(({ id, nodes }) => `${place} ${id}: ${nodes[0]?.html}`)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth'), place).toBeLessThanOrEqual(viewport.width);
        await page.close();
      }
    },
  );

  test('tells times in the zone of the reader', async () => {
    const page = await open(await ofRun('finished'), { timezoneId: 'Asia/Tokyo', locale: 'en-GB' });
    const time = page.locator('tbody time').first();
    const iso = (await time.getAttribute('datetime')) ?? '';
    const there = new Intl.DateTimeFormat('en-GB', {
      dateStyle: 'medium',
      timeStyle: 'medium',
      timeZone: 'Asia/Tokyo',
    });
    expect(await time.textContent()).toBe(there.format(new Date(iso)));
    await page.close();
  });

  test('never complained to the console, nor asked the network for anything', () => {
    expect(complaints).toEqual([]);
  });
});

/** The sample's files over and over under other captions. */
function longManifest(pairs: number): string {
  const lines = readFileSync(SAMPLE, 'utf8').trim().split('\n');
  const file = join(folder, 'long.jsonl');
  const records = Array.from({ length: pairs }, (_, at) => {
    const record: Record<string, unknown> = JSON.parse(lines[at % lines.length] ?? '{}');
    return JSON.stringify({ ...record, text_description: `${at} ${record.text_description}` });
  });
  writeFileSync(file, `${records.join('\n')}\n`);
  return file;
}

function startRun(directory: string, manifest: string, ...more: readonly string[]): ChildProcess {
  const places = ['--input_file', manifest, '--midi_root', dirname(SAMPLE), '--output_dir', directory];
  const pace = ['--workers', '1', '--batch_size', '4', '--checkpoint_interval', '4', '--text_encoder', 'hashing'];
  return spawn(
    process.execPath,
    [MAIN, 'process', ...places, ...pace, '--log_file', join(directory, 'log.jsonl'), ...more],
    {
      stdio: 'ignore',
    },
  );
}

/** Holds a run as soon as it is where it is wanted, so that it cannot end while the page is looked at, however slow the page is. */
async function stopIn(run: ChildProcess, isThere: () => Promise<boolean>): Promise<void> {
  while (!(await isThere())) {
    if (run.exitCode !== null) throw new Error(`the run ended with ${run.exitCode} before it could be stopped`);
    await pause(5);
  }
  run.kill('SIGSTOP');
}

/** A run whose every text wants to be markup. */
async function hostileRun(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  await makeRun(directory, { pairs: 400, interval: 100, caption: HOSTILE, code: HOSTILE, error: HOSTILE });
  const line = { session_id: HOSTILE, at: '2026-11-30T00:00:00.000Z' };
  writeFileSync(
    join(directory, 'sessions.jsonl'),
    `${JSON.stringify({ ...line, event: 'started', host: HOSTILE, options: { [HOSTILE]: HOSTILE } })}\n${JSON.stringify({ ...line, event: 'ended', status: 'failed', seconds: 1, reason: HOSTILE, error: HOSTILE })}\n`,
  );
  writeFileSync(
    join(directory, 'log.jsonl'),
    `${HOSTILE}\n${JSON.stringify({ time: '2026-11-30T00:00:00.000Z', level: HOSTILE, message: HOSTILE, fields: { a: HOSTILE } })}\n`,
  );
}

/**
 * Pictures of the dashboard in both themes, as a desktop and as a phone shows it, in `.screenshots/dashboard/` (which git ignores), and the
 * picture of its document in `docs/dashboard.png` with `--docs`: of runs of the sample that are made for it. Needs Debian's `chromium`, or
 * the browser that CHROMIUM names.
 *
 *     npm run build && npx tsx scripts/dashboard-screenshots.ts [--docs]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { serveDashboard } from '../src/dashboard/serve-dashboard.ts';
import { openBrowser } from '../test/report/open-browser.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const MAIN = join(root, 'dist', 'cli', 'main.js');
const SAMPLE = join(root, 'data', 'pairs.jsonl');
const SCREENS = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;
const PLACES = ['', '/failures', '/pairs', '/pairs/3', '/log', '/options', '/manage'];
/** The picture of the document: two pages of this width, made smaller. */
const HALF = { width: 1000, height: 1150 };
const SCALE = 0.75;

const folder = mkdtempSync(join(tmpdir(), 'midiloom-pictures-'));
const runs = join(folder, 'runs');
const out = join(root, '.screenshots', 'dashboard');
mkdirSync(out, { recursive: true });

const manifest = longManifest(20_000);
await ended(start('waltzes', SAMPLE));
const killed = start('folk-songs', manifest);
setTimeout(() => killed.kill('SIGKILL'), 6000);
await ended(killed);
for (const task of [0, 1, 2, 5]) await ended(start('many-machines', manifest, '--tasks', '48', '--task', String(task)));
const going = start('folk-songs', manifest);
await new Promise((resolve) => setTimeout(resolve, 9000));

const dashboard = await serveDashboard({ paths: [runs], manage: true });
const browser = await openBrowser();
try {
  if (process.argv.includes('--docs')) await takePicture();
  for (const [screen, viewport] of Object.entries(SCREENS)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport, colorScheme });
      const take = (name: string): Promise<unknown> =>
        page.screenshot({
          path: join(out, `${screen}-${colorScheme}-${name}.png`),
          fullPage: !name.includes('pairs-'),
        });
      await page.goto(dashboard.url);
      await page.locator('.runs .row a').nth(2).waitFor();
      await take('list');
      await page.click('.runs a:has-text("many-machines")');
      await page.locator('.task').first().waitFor();
      await take('tasks');
      await goTo(page, 'waltzes');
      for (const place of PLACES) {
        await show(page, place);
        await take(`run${place.replaceAll('/', '-')}`);
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
  await dashboard.close();
  going.kill('SIGKILL');
  await ended(going);
  rmSync(folder, { recursive: true });
}
console.log(`${out}: pictures of every page`);

/** From the list to a run. */
async function goTo(page: Page, name: string): Promise<void> {
  await page.evaluate("location.hash = '#/'");
  await page.click(`.runs a:has-text("${name}")`);
  await page.locator('.tabs').waitFor();
}

async function show(page: Page, place: string): Promise<void> {
  await page.evaluate(`location.hash = location.hash.split('/').slice(0, 3).join('/') + '${place}'`);
  await page.waitForTimeout(700);
}

/** A run that is going, in the light theme, and a pair in the dark one, side by side. */
async function takePicture(): Promise<void> {
  const halves = [await takeHalf('light', 'folk-songs', ''), await takeHalf('dark', 'waltzes', '/pairs/3')];
  const page = await browser.newPage({
    viewport: { width: Math.round(2 * HALF.width * SCALE), height: Math.round(HALF.height * SCALE) },
  });
  const images = halves.map((png) => `<img src="data:image/png;base64,${png.toString('base64')}">`);
  await page.setContent(`<body style="margin:0;display:flex">${images.join('')}</body>`);
  const path = join(root, 'docs', 'dashboard.png');
  await page.screenshot({ path });
  console.log(`${path}: ${Math.round(statSync(path).size / 1000)} kB`);
}

async function takeHalf(colorScheme: 'light' | 'dark', name: string, place: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: HALF, colorScheme, deviceScaleFactor: SCALE });
  await page.goto(dashboard.url);
  await goTo(page, name);
  await show(page, place);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

function start(name: string, inputFile: string, ...more: string[]): ChildProcess {
  const directory = join(runs, name);
  const places = ['--input_file', inputFile, '--midi_root', join(root, 'data'), '--output_dir', directory];
  const pace = ['--workers', '1', '--batch_size', '8', '--checkpoint_interval', '4', '--text_encoder', 'hashing'];
  const log = ['--log_file', join(directory, 'log.jsonl')];
  return spawn(process.execPath, [MAIN, 'process', ...places, ...pace, ...log, ...more], { stdio: 'ignore' });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** The sample's files over and over under other captions. */
function longManifest(pairs: number): string {
  const lines = readFileSync(SAMPLE, 'utf8').trim().split('\n');
  const file = join(folder, 'pairs.jsonl');
  const records = Array.from({ length: pairs }, (_, at) => {
    const record: Record<string, unknown> = JSON.parse(lines[at % lines.length] ?? '{}');
    return JSON.stringify({ ...record, text_description: `${record.text_description} Take ${at}.` });
  });
  writeFileSync(file, `${records.join('\n')}\n`);
  return file;
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { BROWSER, openBrowser } from './open-browser.ts';
import { pageUrl, rowAt, sampleReport } from './sample-report.ts';

const folder = temporaryFolder('report-page');

const HOSTILE = '</script><img src=x onerror="document.title=1"><style>*{}</style>\u202Egnp.exe\u0000\u0007 & "quoted"';
const rows = Array.from({ length: 100 }, (_, index) => rowAt(index));

describe('the file', () => {
  test('takes captions, names and titles from outside as text only', async () => {
    const hostile = rows.map((row) => ({
      ...row,
      caption: HOSTILE,
      id: HOSTILE,
      midiFile: HOSTILE,
      repairs: { [HOSTILE]: 1 },
    }));
    const { page } = await sampleReport(hostile, HOSTILE);
    expect(page).not.toContain('<img');
    expect(page.match(/<\/script/g)).toHaveLength(2);
    expect(page.match(/<style/g)).toHaveLength(1);
    for (const character of ['\u0000', '\u0007', '\u202e']) expect(page).not.toContain(character);
  });

  test('has a policy that allows its one script and one style sheet, and asks for nothing from outside', async () => {
    const { page } = await sampleReport(rows);
    expect(page).toContain('Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;sha256-');
    expect(page).not.toMatch(/ style="| on[a-z]+="|src="http|href="http|url\(/);
  });

  test('stays below 5 MB whatever captions and pieces are like', async () => {
    const onset = Uint16Array.from({ length: 60_000 }, (_, at) => at % 5);
    const large = Array.from({ length: 2500 }, (_, index) =>
      rowAt(index, {
        caption: '<"\u{1f3b5}&'.repeat(2000),
        tokens: { layout: 'single', columns: 1, streams: [onset] },
      }),
    );
    const { page } = await sampleReport(large);
    expect(Buffer.byteLength(page)).toBeLessThan(5e6);
  });

  test('is a page also where there is no row, or no embedding', async () => {
    expect((await sampleReport([])).page).toContain('What is wrong');
    expect((await sampleReport([rowAt(0, { embedding: undefined })])).page).toContain('no embeddings');
  });
});

if (BROWSER === undefined) console.log('test/report/page.test.ts: no Chromium on this machine, the page is not opened');

describe.skipIf(BROWSER === undefined)('the page in a browser', () => {
  let browser: Browser;
  let url: string;
  /** Of few rows: every card is like every other. */
  let small: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    const named = rows.map((row) =>
      row.index === 7 ? { ...row, caption: `Unique waltz ${HOSTILE}`, id: HOSTILE } : row,
    );
    url = pageUrl((await sampleReport(named)).page, folder, 'all');
    small = pageUrl((await sampleReport(named.slice(4, 10))).page, folder, 'small');
  });
  afterAll(() => browser?.close());

  async function open(options: Parameters<Browser['newPage']>[0] = {}, address = url): Promise<Page> {
    const page = await browser.newPage(options);
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => void complaints.push(error.message));
    page.on('request', (request) => void (/^(https?|wss?):/.test(request.url()) && complaints.push(request.url())));
    await page.goto(address);
    return page;
  }

  test('has marks in every chart', async () => {
    const page = await open();
    const marks = await page.$$eval('svg.chart, svg.roll', (charts) =>
      charts.map((chart) => chart.querySelectorAll('rect[width], path[d], circle').length),
    );
    expect(marks.length).toBeGreaterThan(20);
    expect(Math.min(...marks)).toBeGreaterThan(0);
    await page.close();
  });

  test('searches, filters and sorts the pairs', async () => {
    const page = await open();
    const shown = (): Promise<number> => page.locator('.pair:visible').count();
    const all = await shown();
    await page.selectOption('select[data-filter=key]', 'A minor');
    const minor = await shown();
    expect(minor).toBeGreaterThan(0);
    expect(minor).toBeLessThan(all);
    expect(await page.textContent('#found')).toBe(`${minor} shown`);
    await page.selectOption('select[data-filter=key]', '');
    await page.selectOption('#sort', 'notes');
    await page.click('#order');
    const positions = await page.$$eval('.pair .index', (cells) => cells.map((cell) => Number(cell.textContent)));
    expect(positions).toEqual([...positions].sort((a, b) => b - a));
    await page.fill('#search', 'no such words');
    expect(await shown()).toBe(0);
    expect(await page.isVisible('#none')).toBe(true);
    await page.close();
  });

  test('plays a pair, one at a time, and stops', async () => {
    const page = await open();
    const [first, second] = [page.locator('.play').nth(0), page.locator('.play').nth(1)];
    await first.click();
    expect(await first.textContent()).toBe('Stop');
    await page.locator('.time').nth(0).filter({ hasText: '0:00 / 0:02' }).waitFor();
    await second.click();
    expect(await first.textContent()).toBe('Play');
    await page.keyboard.press('Escape');
    expect(await second.textContent()).toBe('Play');
    await first.click();
    await first.filter({ hasText: 'Play' }).waitFor({ timeout: 8000 });
    await page.close();
  });

  test('changes its theme and the colours of the map', async () => {
    const page = await open({ colorScheme: 'light' });
    const background = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.click('#theme');
    expect(await background()).toBe(light);
    await page.click('#theme');
    expect(await page.textContent('#theme')).toBe('Theme: dark');
    expect(await background()).not.toBe(light);
    const colours = (): Promise<number> =>
      page.evaluate(
        'new Set([...document.querySelectorAll("svg.map circle[class^=t]")].map((dot) => getComputedStyle(dot).fill)).size',
      );
    expect(await colours()).toBe(5);
    await page.check('input[value=s]');
    expect(await colours()).toBe(3);
    await page.close();
  });

  test('says what is under the pointer, and under the keyboard, as text', async () => {
    const page = await open();
    const dot = page.locator('svg.map circle').nth(7);
    await dot.scrollIntoViewIfNeeded();
    const box = await dot.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 3, (box?.y ?? 0) + 3);
    expect(await page.isVisible('#tip')).toBe(true);
    await page.focus('#plane');
    await page.keyboard.press('ArrowRight');
    expect(await page.textContent('#point')).toMatch(/Caption number|Unique/);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('sample: data set report');
    await page.close();
  });

  test.each([
    { name: 'a desktop', viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
    { name: 'a phone', viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const },
  ])('has no serious fault of accessibility and nothing too wide on $name', async ({ viewport, colorScheme }) => {
    const page = await open({ viewport, colorScheme, bypassCSP: true }, small);
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const faults = await page.evaluate<{ impact: string; id: string; nodes: { html: string }[] }[]>(
      'axe.run().then(({ violations }) => violations.map(({ impact, id, nodes }) => ({ impact, id, nodes })))',
    );
    const serious = faults.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width);
    await page.close();
  });

  test('never complained to the console, nor asked the network for anything', () => {
    expect(complaints).toEqual([]);
  });
});

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere } from '../cli/run-here.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BROWSER, openBrowser } from './open-browser.ts';

const SAMPLE = fileURLToPath(new URL('../../data/pairs.jsonl', import.meta.url));
const POP909 = fileURLToPath(new URL('../../../shared/data/pairs/pop909.jsonl', import.meta.url));
const folder = temporaryFolder('real-reports');

if (BROWSER === undefined) console.log('test/report/real-reports.test.ts: no Chromium on this machine');
if (!existsSync(POP909)) console.log(`test/report/real-reports.test.ts: POP909 is left out, ${POP909} is not there`);

describe.skipIf(BROWSER === undefined)('the report that a run ends with', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  test.each([
    { name: 'of the sample', manifest: SAMPLE, root: dirname(SAMPLE), charts: 12, cards: 49 },
    { name: 'of POP909', manifest: POP909, root: dirname(dirname(POP909)), charts: 12, cards: 63 },
  ])('$name opens without an error and shows its charts and pairs', async ({ name, manifest, root, charts, cards }) => {
    if (!existsSync(manifest)) return;
    const outputDir = join(folder, name.replaceAll(' ', '-'));
    const places = ['--input_file', manifest, '--midi_root', root, '--output_dir', outputDir];
    const result = await runHere(['process', ...places, '--text_encoder', 'hashing', '--workers', '2']);
    expect(result, result.stderr).toMatchObject({ code: 0 });

    const complaints: string[] = [];
    const page = await browser.newPage();
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => void complaints.push(error.message));
    await page.goto(pathToFileURL(join(outputDir, 'report.html')).href);
    const marks = await page.$$eval('svg.chart', (all) =>
      all.map((chart) => chart.querySelectorAll('rect[width], path[d], circle').length),
    );
    expect(marks.length).toBeGreaterThanOrEqual(charts);
    expect(Math.min(...marks)).toBeGreaterThan(0);
    expect(await page.locator('.pair').count()).toBe(cards);
    expect(await page.locator('.pair .roll path').count()).toBeGreaterThanOrEqual(cards);
    await page.locator('.play').last().click();
    expect(await page.locator('.play').last().textContent()).toBe('Stop');
    expect(complaints).toEqual([]);
    await page.close();
  });
});

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER, openBrowser } from '../report/open-browser.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { makeRun } from './made-run.ts';
import { type Served, served } from './served.ts';

const PAIRS = 1_000_000;
const RUNS = 1000;
const folder = temporaryFolder('dashboard-scale');

if (BROWSER === undefined)
  console.log('test/dashboard/scale.test.ts: no Chromium on this machine, the page is not opened');

describe.skipIf(BROWSER === undefined)('the page of very much', () => {
  let browser: Browser;
  let large: Served;
  let many: Served;

  beforeAll(async () => {
    browser = await openBrowser();
    await makeRun(join(folder, 'large', 'run'), { pairs: PAIRS, interval: 10_000 });
    await makeRun(join(folder, 'many', 'run-0'), { pairs: 100 });
    for (let at = 1; at < RUNS; at++)
      cpSync(join(folder, 'many', 'run-0'), join(folder, 'many', `run-${at}`), { recursive: true });
    large = await served({ paths: [join(folder, 'large')] });
    many = await served({ paths: [join(folder, 'many')] });
  });
  afterAll(() => browser?.close());

  test('of a thousand runs those in sight are made, and others are found', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(many.url);
    await page.locator('.runs .rows .row').nth(5).waitFor();
    expect(await page.textContent('output')).toBe('1,000 shown');
    expect(await page.locator('.runs .rows .row').count()).toBeLessThan(60);
    await page.fill('input[type=search]', 'run-99');
    await page.locator('output', { hasText: '11 shown' }).waitFor();
    await page.close();
  });

  test('a million pairs are there, from the first to the last', async () => {
    const id = await large.idOf('run');
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${large.url}#/runs/${id}/pairs`);
    await page.locator('.caption-of', { hasText: 'Caption number 7' }).first().waitFor();
    expect(await page.textContent('output')).toBe('1,000,000 pairs');
    await page.evaluate("document.querySelector('.rows').scrollTop = 1e9");
    await page.locator('.caption-of', { hasText: 'Caption number 999999' }).waitFor();
    expect(await page.locator('[aria-rowindex="1000001"]').count()).toBe(1);
    await page.selectOption('select', 'failed');
    await page.locator('output', { hasText: '20,000 pairs' }).waitFor();
    await page.locator('.row', { hasText: 'text_file_not_found' }).first().waitFor();
    await page.goto(`${large.url}#/runs/${id}/pairs/654321`);
    await page.locator('dialog .caption', { hasText: 'Caption number 654321' }).waitFor();
    await page.close();
  });
});

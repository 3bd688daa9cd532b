/**
 * Pictures of a report in both themes, as a desktop and as a phone shows it, in `.screenshots/` (which git ignores), and the
 * README's picture in `docs/report.png` with `--readme`. Needs Debian's `chromium`, or the browser that CHROMIUM names.
 *
 *     npx tsx scripts/screenshots.ts demo-output/report.html [--readme]
 */
import { mkdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { openBrowser } from '../test/report/open-browser.ts';

const SECTIONS = ['overview', 'distributions', 'pairs', 'map', 'wrong', 'run'];
const SCREENS = { desktop: { width: 1360, height: 900 }, phone: { width: 390, height: 844 } } as const;
/** The README's picture: two pages of this width, made smaller. */
const HALF_WIDTH = 1100;
const SCALE = 0.7;
const root = fileURLToPath(new URL('..', import.meta.url));

const [report = 'demo-output/report.html'] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const url = pathToFileURL(resolve(report)).href;
const folder = join(root, '.screenshots', basename(dirname(resolve(report))));
mkdirSync(folder, { recursive: true });

const browser = await openBrowser();
try {
  if (process.argv.includes('--readme')) await takeReadmePicture();
  else for (const [screen, viewport] of Object.entries(SCREENS)) await takeScreen(screen, viewport);
} finally {
  await browser.close();
}

async function takeScreen(
  screen: string,
  viewport: { readonly width: number; readonly height: number },
): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 1 });
    await page.goto(url);
    for (const section of SECTIONS) {
      const file = join(folder, `${screen}-${colorScheme}-${section}.png`);
      await takeSection(page, section, file, viewport.height * 2.2);
    }
    await page.close();
  }
  console.log(`${folder}: ${screen} in both themes`);
}

/** A section from its top, cut where it gets long. */
async function takeSection(page: Page, section: string, path: string, maxHeight: number): Promise<void> {
  const box = await page.locator(`#${section}`).boundingBox();
  if (box === null) return;
  const clip = { x: 0, y: box.y, width: page.viewportSize()?.width ?? 0, height: Math.min(box.height, maxHeight) };
  await page.screenshot({ path, fullPage: true, clip });
}

/** The top of the page in the light theme, and the pairs in the dark one, side by side. */
async function takeReadmePicture(): Promise<void> {
  const path = join(root, 'docs', 'report.png');
  const height = 1260;
  const halves = [await takeHalf('light', 'overview', height), await takeHalf('dark', 'pairs', height)];
  const images = halves.map((png) => `<img src="data:image/png;base64,${png.toString('base64')}">`);
  const page = await browser.newPage({
    viewport: { width: Math.round(2 * HALF_WIDTH * SCALE), height: Math.round(height * SCALE) },
  });
  await page.setContent(`<body style="margin:0;display:flex">${images.join('')}</body>`);
  await page.screenshot({ path });
  console.log(`${path}: ${Math.round(statSync(path).size / 1000)} kB`);
}

async function takeHalf(colorScheme: 'light' | 'dark', section: string, height: number): Promise<Buffer> {
  const page = await browser.newPage({
    viewport: { width: HALF_WIDTH, height },
    colorScheme,
    deviceScaleFactor: SCALE,
  });
  await page.goto(url);
  if (section !== 'overview') await page.evaluate(`location.hash = '${section}'`);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

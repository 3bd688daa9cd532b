import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian, and other systems, put Chromium; `CHROMIUM` names another. */
const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser of this machine; `undefined` where there is none. */
export const BROWSER = PLACES.find((place) => place !== undefined && existsSync(place));

/** Starts it without a window, with a profile of its own, and without anything that it would ask the network for. */
export function openBrowser(): Promise<Browser> {
  if (BROWSER === undefined) throw new Error('no Chromium here: install it, or name it in CHROMIUM');
  return chromium.launch({
    executablePath: BROWSER,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The files of the page, by their addresses; nothing else is read from the disk by a name. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['dashboard.html', 'text/html; charset=utf-8'],
  '/dashboard.js': ['dashboard.js', 'text/javascript; charset=utf-8'],
  '/dashboard.css': ['dashboard.css', 'text/css; charset=utf-8'],
  '/icon.svg': ['icon.svg', 'image/svg+xml'],
};

interface Asset {
  readonly bytes: Buffer;
  readonly etag: string;
}

const read = new Map<string, Promise<Asset>>();

/** Answers with a file of the page; false where the address is none of them. */
export async function assets(path: string, { headers }: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const entry = Object.hasOwn(FILES, path) ? FILES[path] : undefined;
  if (entry === undefined) return false;
  const [file, type] = entry;
  const reading = read.get(file) ?? load(file);
  read.set(file, reading);
  const { bytes, etag } = await reading;
  const isKnown = headers['if-none-match'] === etag;
  response.writeHead(isKnown ? 304 : 200, {
    'Content-Type': type,
    ...(isKnown ? {} : { 'Content-Length': bytes.length }),
    ETag: etag,
    'Cache-Control': 'no-cache',
  });
  response.end(isKnown ? undefined : bytes);
  return true;
}

/** What the build made of `src/page/`: from `src/` and from `dist/` alike in the package's `dist/page`. */
async function load(file: string): Promise<Asset> {
  const bytes = await readFile(new URL(`../../dist/page/${file}`, import.meta.url));
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}

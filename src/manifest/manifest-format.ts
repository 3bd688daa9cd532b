import { constants, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { ConfigError } from '../errors.ts';
import { emptyManifest } from './manifest-errors.ts';
import { ManifestFault } from './manifest-fault.ts';
import { isPlainObject } from './pair.ts';
import type { ManifestFormat } from './plan.ts';

/** How much of the manifest may be looked at to tell its format. */
const HEAD_BYTES = 1024 * 1024;
const FORMAT_OF_EXTENSION: Readonly<Record<string, ManifestFormat>> = {
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
};

/**
 * The format by content where JSON speaks for itself, so that a `.json` file of lines works, and by extension elsewhere.
 *
 * @throws ConfigError `manifest_empty`, `manifest_invalid` for what is neither file nor folder; ManifestFault for UTF-16
 */
export async function detectFormat(inputFile: string): Promise<ManifestFormat> {
  const stats: Stats = await stat(inputFile);
  if (stats.isDirectory()) return 'folder';
  if (!stats.isFile()) {
    throw new ConfigError(
      'manifest_invalid',
      `${inputFile} is neither a regular file nor a folder; write it to a file`,
    );
  }
  const head = await readHead(inputFile);
  refuseUtf16(head);
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  const named = FORMAT_OF_EXTENSION[extname(inputFile).toLowerCase()];
  if (text === '') throw emptyManifest(inputFile);
  if (named === 'tsv') return 'tsv';
  if (named === 'csv') return tableFormat(text);
  if (text.startsWith('[')) return 'json';
  if (text.startsWith('{')) return objectFormat(text, named);
  return named ?? tableFormat(text);
}

/** A file that begins with an object is a `{"pairs": […]}` or JSON lines. */
function objectFormat(text: string, named: ManifestFormat | undefined): ManifestFormat {
  if (/^\{\s*"pairs"\s*:\s*\[/.test(text)) return 'json';
  if (named === 'jsonl') return 'jsonl';
  const [firstLine = ''] = text.split('\n', 1);
  const first = parseOrUndefined(firstLine);
  return isPlainObject(first) && !Array.isArray(first.pairs) ? 'jsonl' : 'json';
}

function tableFormat(text: string): ManifestFormat {
  const [header = ''] = text.split('\n', 1);
  return header.includes('\t') ? 'tsv' : 'csv';
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Only asked whether it is JSON.
  }
}

async function readHead(inputFile: string): Promise<Buffer> {
  const handle = await open(inputFile, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** UTF-16 begins with its mark, or has a zero in its first letter. */
function refuseUtf16(head: Buffer): void {
  const [first, second] = head;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (!marked && first !== 0 && second !== 0) return;
  throw new ManifestFault(0, 'this is UTF-16 or no text; save the manifest as UTF-8');
}

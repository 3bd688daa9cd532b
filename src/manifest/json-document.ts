import type { ByteWindow } from './byte-window.ts';
import { endOfScalar, endOfString } from './json-value.ts';
import type { ManifestLimits } from './limits.ts';
import { excerpt, ManifestFault } from './manifest-fault.ts';
import { skipSpace } from './white-space.ts';

const PAIRS = '"pairs"';

/** The array of pairs inside its document. */
export interface PairsArray {
  /** Whether it is the value of `pairs` in an object. */
  readonly wrapped: boolean;
  readonly empty: boolean;
}

/** Moves the window behind the bracket that opens the array of pairs; behind the one that closes it if it is empty. */
export async function enterPairs(window: ByteWindow, limits: ManifestLimits): Promise<PairsArray> {
  const wrapped = await takeIf(window, '{');
  if (wrapped) await seekPairs(window, limits);
  if (!(await takeIf(window, '['))) {
    throw fault(window, wrapped ? '"pairs" must be an array' : 'a JSON manifest must be an array or {"pairs": [...]}');
  }
  return { wrapped, empty: await takeIf(window, ']') };
}

/** Checks what follows the array of pairs. */
export async function leavePairs(window: ByteWindow, { wrapped }: PairsArray, limits: ManifestLimits): Promise<void> {
  while (wrapped && !(await takeIf(window, '}'))) {
    if (!(await takeIf(window, ','))) throw fault(window, 'the array of pairs must be followed by "," or "}"');
    if ((await takeKey(window, limits)) === PAIRS) throw fault(window, 'a second "pairs"; join the two arrays');
    await skipValue(window, limits);
  }
  if ((await peek(window)) !== undefined) throw fault(window, 'nothing may follow the end of the JSON document');
}

async function seekPairs(window: ByteWindow, limits: ManifestLimits): Promise<void> {
  for (;;) {
    if ((await peek(window)) === '}') break;
    if ((await takeKey(window, limits)) === PAIRS) return;
    await skipValue(window, limits);
    if (!(await takeIf(window, ','))) break;
  }
  throw fault(window, 'the object has no "pairs"; put the records into {"pairs": [...]}, or one on each line');
}

/** The key with its quotes. */
async function takeKey(window: ByteWindow, limits: ManifestLimits): Promise<string> {
  if ((await peek(window)) !== '"') throw fault(window, 'a quoted key must be here');
  const key = await takeString(window, limits);
  if (!(await takeIf(window, ':'))) throw fault(window, 'a key must be followed by ":"');
  return key;
}

/** Skips a value of any size. Only its brackets are looked at; nothing of it is used. */
async function skipValue(window: ByteWindow, limits: ManifestLimits): Promise<void> {
  let depth = 0;
  do {
    const next = await peek(window);
    if (next === '{' || next === '[') depth++;
    if (next === '}' || next === ']') depth--;
    if (next === undefined || depth < 0) throw fault(window, 'a value must be here');
    if (next === '"') await takeString(window, limits);
    else if ('{}[],:'.includes(next)) window.start++;
    else await takeScalar(window, limits);
  } while (depth > 0);
}

async function takeString(window: ByteWindow, limits: ManifestLimits): Promise<string> {
  let end = endOfString(window.bytes, window.start);
  while (end === -1) {
    await more(window, limits, 'a string that is not closed');
    end = endOfString(window.bytes, window.start);
  }
  const text = window.bytes.toString('utf8', window.start, end);
  window.start = end;
  return text;
}

async function takeScalar(window: ByteWindow, limits: ManifestLimits): Promise<void> {
  let end = endOfScalar(window.bytes, window.start);
  while (end === -1) {
    await more(window, limits, 'a value that does not end');
    end = endOfScalar(window.bytes, window.start);
  }
  window.start = end;
}

async function more(window: ByteWindow, limits: ManifestLimits, seen: string): Promise<void> {
  if (window.atEnd || window.bytes.length - window.start > limits.maxRecordBytes) throw fault(window, seen);
  await window.fill();
}

async function takeIf(window: ByteWindow, character: string): Promise<boolean> {
  const found = (await peek(window)) === character;
  if (found) window.start++;
  return found;
}

/** The next character that is not white space, `undefined` at the end of the file. Not taken. */
async function peek(window: ByteWindow): Promise<string | undefined> {
  for (;;) {
    const bytes = window.bytes;
    window.start = skipSpace(bytes, window.start, bytes.length);
    if (window.start < bytes.length) return bytes.toString('latin1', window.start, window.start + 1);
    if (window.atEnd) return undefined;
    await window.fill();
  }
}

function fault(window: ByteWindow, message: string): ManifestFault {
  const { bytes, start, base } = window;
  const seen = start < bytes.length ? excerpt(bytes, start) : 'the end of the file';
  return new ManifestFault(base + start, `not valid JSON: ${message}; here is ${seen}`);
}

import type { ByteWindow } from './byte-window.ts';
import { JsonCursor } from './json-cursor.ts';
import type { ManifestLimits } from './limits.ts';

const PAIRS = '"pairs"';

/** The array of pairs inside its document. */
export interface PairsArray {
  /** Whether it is the value of `pairs` in an object. */
  readonly wrapped: boolean;
  readonly empty: boolean;
}

/** Moves the window behind the bracket that opens the array of pairs; behind the one that closes it if it is empty. */
export async function enterPairs(window: ByteWindow, limits: ManifestLimits): Promise<PairsArray> {
  const cursor = new JsonCursor(window, limits);
  const wrapped = await cursor.takeIf('{');
  if (wrapped) await seekPairs(cursor);
  if (!(await cursor.takeIf('['))) {
    throw cursor.fault(wrapped ? '"pairs" must be an array' : 'a JSON manifest must be an array or {"pairs": [...]}');
  }
  return { wrapped, empty: await cursor.takeIf(']') };
}

/** Checks what follows the array of pairs. */
export async function leavePairs(window: ByteWindow, { wrapped }: PairsArray, limits: ManifestLimits): Promise<void> {
  const cursor = new JsonCursor(window, limits);
  while (wrapped && !(await cursor.takeIf('}'))) {
    if (!(await cursor.takeIf(','))) throw cursor.fault('the array of pairs must be followed by "," or "}"');
    if ((await cursor.takeKey()) === PAIRS) throw cursor.fault('a second "pairs"; join the two arrays');
    await cursor.skipValue();
  }
  if ((await cursor.peek()) !== undefined) throw cursor.fault('nothing may follow the end of the JSON document');
}

async function seekPairs(cursor: JsonCursor): Promise<void> {
  for (;;) {
    if ((await cursor.peek()) === '}') break;
    if ((await cursor.takeKey()) === PAIRS) return;
    await cursor.skipValue();
    if (!(await cursor.takeIf(','))) break;
  }
  throw cursor.fault('the object has no "pairs"; put the records into {"pairs": [...]}, or one on each line');
}

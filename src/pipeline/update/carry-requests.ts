import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { writeDurably } from '../../checkpoint/durable-replace.ts';
import { nodeFileSystem } from '../../checkpoint/file-system.ts';
import type { StageReading } from '../../checkpoint/read-stage.ts';
import type { StageFiles } from '../../checkpoint/stage-files.ts';
import { readRequests, saveRequests } from '../../checkpoint/stage-requests.ts';
import { isRetried } from '../../run-directory/is-retried.ts';
import { NO_SLOT } from './key-table.ts';

/**
 * What the user asked for of pairs of the manifest before, for the same pairs of the new one; rows of other programs as well.
 *
 * @param from - the stage as it was moved aside; `to` - the one that is to be made.
 * @param places - where the pairs of the manifest before are now.
 * @returns pairs that were never to be tried and are not known, as the run had not come to them.
 */
export async function carryRequests(
  from: StageFiles,
  to: StageFiles,
  reading: StageReading,
  places: Int32Array,
): Promise<number> {
  const placeOf = (index: number): number => places[index] ?? NO_SLOT;
  const isThere = (index: number): boolean => placeOf(index) !== NO_SLOT;
  const { skip, retry } = await readRequests(from, nodeFileSystem);
  const retried: number[] = [];
  if (retry !== undefined) {
    for await (const failure of reading.reader.failures()) {
      if (isRetried(retry, failure) && isThere(failure.index)) retried.push(placeOf(failure.index));
    }
  }
  const carried = {
    skip: skip
      .filter(isThere)
      .map(placeOf)
      .sort((a, b) => a - b),
    // All in one pass: the new stage has none yet.
    retry: retried.length === 0 ? undefined : { pass: 1, codes: [], indexes: retried.sort((a, b) => a - b) },
  };
  if (skip.length > 0 || retry !== undefined) await saveRequests(to, carried, nodeFileSystem);
  await carryForeignRows(from.foreign, to.foreign, placeOf);
  return skip.filter((index) => index >= places.length).length;
}

const INDEX = /^\{"index":(\d+),/;

async function carryForeignRows(from: string, to: string, placeOf: (index: number) => number): Promise<void> {
  if (!existsSync(from)) return;
  const lines = async function* (): AsyncGenerator<Uint8Array> {
    for await (const line of createInterface({ input: createReadStream(from), crlfDelay: Number.POSITIVE_INFINITY })) {
      const place = placeOf(Number(INDEX.exec(line)?.[1] ?? Number.NaN));
      if (place !== NO_SLOT) yield Buffer.from(`${line.replace(INDEX, `{"index":${place},`)}\n`);
    }
  };
  await writeDurably(to, lines());
}

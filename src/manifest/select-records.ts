import { crc32 } from 'node:zlib';
import type { InputOptions } from './input-options.ts';
import { type Position, type RecordReader, START } from './readers/record-reader.ts';

/** Which records of an input are taken, by their place among them all. */
export interface Selection {
  /** The first that is taken, and the one behind the last. */
  readonly first: number;
  readonly end: number;
  /** Of those, the ones drawn by lot; `undefined` for all. */
  readonly drawn: ReadonlySet<number> | undefined;
}

export const EVERYTHING: Selection = { first: 0, end: Number.POSITIVE_INFINITY, drawn: undefined };

export function isSelected({ first, end, drawn }: Selection, ordinal: number): boolean {
  return ordinal >= first && ordinal < end && (drawn?.has(ordinal) ?? true);
}

/** Reads the input once more where records are drawn by lot: how many there are must be known. */
export async function selectionOf(
  reader: RecordReader,
  { offset = 0, limit, sample, seed = 0 }: Omit<InputOptions, 'inputFile'>,
  signal: AbortSignal | undefined,
): Promise<Selection> {
  const end = limit === undefined ? Number.POSITIVE_INFINITY : offset + limit;
  if (sample === undefined && offset === 0 && limit === undefined) return EVERYTHING;
  if (sample === undefined) return { first: offset, end, drawn: undefined };
  return {
    first: offset,
    end,
    drawn: await draw(reader, { first: offset, end, drawn: undefined }, sample, seed, signal),
  };
}

/**
 * Those with the least hashes of seed and place: as good as a lottery, and the same on every machine. Holds twice the
 * sample.
 */
async function draw(
  reader: RecordReader,
  range: Selection,
  sample: number,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<number>> {
  let lots: { readonly ordinal: number; readonly lot: number }[] = [];
  const least = () => lots.sort((a, b) => a.lot - b.lot || a.ordinal - b.ordinal).slice(0, sample);
  let ordinal = 0;
  const from: Position = START;
  for await (const { records } of reader.blocks(from)) {
    signal?.throwIfAborted();
    for (let place = 0; place < records.length; place++, ordinal++) {
      if (isSelected(range, ordinal)) lots.push({ ordinal, lot: mixed(crc32(`${seed}/${ordinal}`)) });
      if (lots.length >= 2 * sample) lots = least();
    }
  }
  return new Set(least().map((each) => each.ordinal));
}

/** The CRCs of like texts are alike in their upper bits; this spreads them (the finalizer of MurmurHash3). */
function mixed(crc: number): number {
  let bits = crc;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

import { createHash } from 'node:crypto';
import type { ByteSource } from './bytes/byte-input.ts';
import type { FactLists } from './input-facts.ts';
import type { ManifestNote } from './manifest-note.ts';
import type { Milestone } from './milestone.ts';
import type { RecordReader } from './readers/record-reader.ts';

const READ_BYTES = 1024 * 1024;

/** The part of a manifest that need not be read as records once more. */
export interface KnownStart {
  /** Ascending; the last one is where records are read from. */
  readonly milestones: readonly Milestone[];
  /** Whether that is the end of the manifest. */
  readonly isWhole: boolean;
  readonly lists: FactLists;
}

/** All of a manifest whose size and times are those that a note was made at. */
export function allKnown({ milestones, end, lists }: ManifestNote): KnownStart {
  return { milestones: [...milestones, end], isWhole: true, lists };
}

/** How far the bytes of the manifest are still those that a note was made of; `undefined` where nothing is gained. */
export async function knownStart(
  note: ManifestNote,
  { input, begin }: NonNullable<RecordReader['raw']>,
  isUsable: (milestone: Milestone) => boolean,
  signal: AbortSignal | undefined,
): Promise<KnownStart | undefined> {
  const { milestones, end, lists } = note;
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  const source = await input.open(begin);
  try {
    let at = begin;
    let same = 0;
    for (const { offset, bytes } of [...milestones, end]) {
      signal?.throwIfAborted();
      if ((await hashOf(source, offset - at, buffer)) !== bytes) break;
      at = offset;
      same++;
    }
    if (same > milestones.length && (await source.read(buffer, 0, 1)) === 0) {
      return allKnown(note);
    }
    const usable = milestones.slice(0, same);
    while (usable.length > 0 && !usable.slice(-1).every(isUsable)) usable.pop();
    return usable.length === 0 ? undefined : { milestones: usable, isWhole: false, lists };
  } finally {
    await source.close();
  }
}

async function hashOf(source: ByteSource, length: number, buffer: Buffer): Promise<string | undefined> {
  const hash = createHash('sha256');
  for (let left = length; left > 0; ) {
    const count = await source.read(buffer, 0, Math.min(left, buffer.length));
    if (count === 0) return undefined;
    hash.update(buffer.subarray(0, count));
    left -= count;
  }
  return hash.digest('hex');
}

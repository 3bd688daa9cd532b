import { isUtf8 } from 'node:buffer';
import { ManifestFault } from '../manifest-fault.ts';
import type { ByteBlock, Span } from '../readers/frame-blocks.ts';

const REPLACEMENT = '\uFFFD';
const REPLACEMENT_BYTES = Buffer.from(REPLACEMENT);

/** @throws ManifestFault at the first byte of the record that is not UTF-8 */
export function requireUtf8({ bytes, base }: Pick<ByteBlock, 'bytes' | 'base'>, { start, end }: Span): void {
  const record = bytes.subarray(start, end);
  if (isUtf8(record)) return;
  const at = start + invalidByteIn(record);
  const seen = `0x${bytes.toString('hex', at, at + 1)}`;
  throw new ManifestFault(
    base + at,
    `the byte ${seen} is not UTF-8 here; save the manifest as UTF-8, or name its encoding by --encoding`,
  );
}

/** Decoding puts U+FFFD where a byte is invalid: the first one that is not written out as such is the place. */
function invalidByteIn(bytes: Buffer): number {
  const text = bytes.toString('utf8');
  let read = 0;
  let offset = 0;
  for (let at = text.indexOf(REPLACEMENT); at !== -1; at = text.indexOf(REPLACEMENT, read)) {
    offset += Buffer.byteLength(text.slice(read, at));
    if (!bytes.subarray(offset, offset + REPLACEMENT_BYTES.length).equals(REPLACEMENT_BYTES)) return offset;
    offset += REPLACEMENT_BYTES.length;
    read = at + 1;
  }
  return offset;
}

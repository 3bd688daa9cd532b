import { type ByteInput, plainBytes, streamedBytes } from '../manifest/bytes/byte-input.ts';
import { compressionOf, decompressed } from '../manifest/bytes/compression.ts';

/** The text of an interchange file, which may be compressed, whatever its name. */
export async function interchangeBytes(file: string): Promise<ByteInput> {
  const source = await plainBytes(file).open(0);
  try {
    const head = Buffer.alloc(4);
    const compression = compressionOf(head.subarray(0, await source.read(head, 0, head.length)));
    return compression === undefined ? plainBytes(file) : streamedBytes(() => decompressed(file, compression));
  } finally {
    await source.close();
  }
}

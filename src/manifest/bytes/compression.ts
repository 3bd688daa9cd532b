import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { messageOf } from '../../errors.ts';
import { ManifestFault } from '../manifest-fault.ts';

export type Compression = 'gzip' | 'zstd';

/** By the first bytes of a file, whatever its name. */
export function compressionOf(head: Buffer): Compression | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) return 'zstd';
  return undefined;
}

/** @throws ManifestFault where the file is cut or damaged. */
export async function* decompressed(file: string, compression: Compression): AsyncGenerator<Buffer> {
  let length = 0;
  try {
    for await (const chunk of compression === 'gzip' ? gunzipped(file) : unzstd(file)) {
      length += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error;
    throw new ManifestFault(length, `the ${compression} data is cut or damaged (${messageOf(error)})`);
  }
}

async function* gunzipped(file: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  // `pipeline` passes the errors of either on; they arrive where the chunks are taken.
  pipeline(createReadStream(file), gunzip, () => {});
  yield* gunzip as AsyncIterable<Buffer>;
}

/** fzstd, because Node.js has zstd only from 22.15 on. */
async function* unzstd(file: string): AsyncGenerator<Buffer> {
  let ready: Buffer[] = [];
  let isComplete = false;
  const stream = new Decompress((chunk, isLast) => {
    ready.push(Buffer.from(chunk));
    isComplete = isLast === true;
  });
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    stream.push(chunk);
    yield* ready;
    ready = [];
  }
  stream.push(new Uint8Array(), true);
  yield* ready;
  if (!isComplete) throw new Error('unexpected end');
}

import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { ManifestFault } from '../manifest-fault.ts';

/** What text files are written in; `auto` is UTF-8, or UTF-16 where a byte order mark or zero bytes say so. */
const ENCODINGS = ['auto', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'latin1', 'shift_jis'] as const;
export type EncodingName = (typeof ENCODINGS)[number];

/** The encoding of a file that begins with `head`; `undefined` for UTF-8, which needs no change. */
export function encodingOf(head: Buffer, told: EncodingName): string | undefined {
  if (told === 'utf-8') return undefined;
  if (told === 'latin1') return 'windows-1252'; // Its superset, as browsers have it.
  if (told !== 'auto') return told;
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head.length >= 4 && head[0] !== 0 && head[1] === 0 && head[3] === 0) return 'utf-16le';
  if (head.length >= 4 && head[0] === 0 && head[1] !== 0 && head[2] === 0) return 'utf-16be';
  return undefined;
}

/** The text as UTF-8. @throws ManifestFault where bytes are none of the encoding. */
export async function* asUtf8(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let length = 0;
  const decoded = (chunk: Buffer | undefined): Buffer => {
    try {
      const bytes = Buffer.from(decoder.decode(chunk, { stream: chunk !== undefined }));
      length += bytes.length;
      return bytes;
    } catch {
      throw new ManifestFault(length, `the bytes after this are not ${encoding}; name the right one by --encoding`);
    }
  };
  for await (const chunk of chunks) {
    const bytes = decoded(chunk);
    if (bytes.length > 0) yield bytes;
  }
  const rest = decoded(undefined);
  if (rest.length > 0) yield rest;
}

export function fileChunks(file: string): AsyncIterable<Buffer> {
  return createReadStream(file) as AsyncIterable<Buffer>;
}

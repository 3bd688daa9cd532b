import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

const LINE_FEED = 0x0a;

/**
 * The lines of a file, without what ends them. Of `node:readline` it differs in that U+2028 and a carriage return end no
 * line: JSON may have them in a text.
 */
export async function* readLines(path: string, isGzip = false): AsyncGenerator<string> {
  const file = createReadStream(path);
  // The error of either stream is thrown where the lines are read.
  const source = isGzip ? pipeline(file, createGunzip(), () => {}) : file;
  let begun: Buffer[] = [];
  for await (const chunk of source) {
    const bytes: Buffer = chunk;
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, from)) {
      yield Buffer.concat([...begun, bytes.subarray(from, end)]).toString();
      begun = [];
      from = end + 1;
    }
    if (from < bytes.length) begun.push(bytes.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun).toString();
}

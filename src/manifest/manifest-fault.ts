import { createReadStream } from 'node:fs';
import { ConfigError } from '../errors.ts';

const LINE_FEED = 0x0a;
const EXCERPT_BYTES = 60;

/** What is wrong at which byte of a manifest. Stays inside this room; users see the ConfigError made of it. */
export class ManifestFault extends Error {
  /** Bytes from the start of the file. */
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/**
 * The error a user sees. The line is counted only now, by reading the file up to the fault: no reader has to count
 * lines, and opening at the middle of a file needs none either.
 */
export async function invalidManifest(inputFile: string, fault: ManifestFault): Promise<ConfigError> {
  const line = await lineAt(inputFile, fault.offset);
  return new ConfigError('manifest_invalid', `${inputFile}: line ${line}, byte ${fault.offset}: ${fault.message}`, {
    cause: fault,
  });
}

/** 1-based line of the byte at `offset`. */
async function lineAt(inputFile: string, offset: number): Promise<number> {
  let line = 1;
  if (offset === 0) return line;
  for await (const chunk of createReadStream(inputFile, { end: offset - 1 }) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) line++;
  }
  return line;
}

/** The bytes from `start` as they can be printed: quoted, escaped, and no more than a few words of them. */
export function excerpt(bytes: Buffer, start: number, end = bytes.length): string {
  const shown = bytes.toString('utf8', start, Math.min(end, start + EXCERPT_BYTES));
  return JSON.stringify(end - start > EXCERPT_BYTES ? `${shown}…` : shown);
}

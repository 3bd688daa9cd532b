import { createReadStream } from 'node:fs';
import { ConfigError, codeOf, messageOf } from '../errors.ts';
import { ManifestFault } from './manifest-fault.ts';

const LINE_FEED = 0x0a;

export function changedManifest(inputFile: string, cause?: ManifestFault): ConfigError {
  const advice = 'leave it as it is during a run (records may be appended), and continue';
  return new ConfigError('manifest_changed', `${inputFile} changed while it was read; ${advice}`, { cause });
}

/** What a user sees of anything that went wrong while reading. */
export async function explained(inputFile: string, error: unknown): Promise<unknown> {
  if (error instanceof ManifestFault) return invalidManifest(inputFile, error);
  if (error instanceof ConfigError || !isSystemError(error)) return error;
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
    const advice = 'give the path of a manifest or of a folder of MIDI files';
    return new ConfigError('manifest_missing', `${inputFile} is not there; ${advice}`, { cause: error });
  }
  return new ConfigError('manifest_unreadable', `cannot read ${inputFile}: ${messageOf(error)}`, { cause: error });
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

export function emptyManifest(inputFile: string): ConfigError {
  return new ConfigError('manifest_empty', `${inputFile} lists no pairs; give it at least one record`);
}

/**
 * The error a user sees. The line is counted only now, by reading the file up to the fault: no reader has to count
 * lines, and opening at the middle of a file needs none either.
 */
async function invalidManifest(inputFile: string, fault: ManifestFault): Promise<ConfigError> {
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

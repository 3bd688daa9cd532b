import { CheckpointError, messageOf } from '../errors.ts';
import { writeDurably } from './durable-replace.ts';
import type { FailedPair } from './failed-pairs.ts';
import { Fields } from './fields.ts';
import type { FileSystem } from './file-system.ts';
import { readWhole } from './read-file.ts';
import type { StageFiles } from './stage-files.ts';

const FORMAT = 'midiloom-requests';
const VERSION = 1;

/** Which failed pairs are to be tried again. */
export interface RetryRequest {
  /** The pass that tries them: what it has done already is known from its segments, also after a kill. */
  readonly pass: number;
  /** Failures with one of these codes, and these pairs; every failure where both are empty. */
  readonly codes: readonly string[];
  readonly indexes: readonly number[];
}

/** What the user asked for beside the run; the next run of the stage does it. */
export interface StageRequests {
  readonly retry: RetryRequest | undefined;
  /** Pairs that are never tried, ascending. */
  readonly skip: readonly number[];
}

export const NO_REQUESTS: StageRequests = Object.freeze({ retry: undefined, skip: [] });

export function asksToRetry({ codes, indexes }: RetryRequest, { code, index }: FailedPair): boolean {
  return (codes.length === 0 && indexes.length === 0) || codes.includes(code) || indexes.includes(index);
}

/** @throws CheckpointError `requests_corrupt`. */
export async function readRequests({ requests }: StageFiles, fs: FileSystem): Promise<StageRequests> {
  const bytes = await readWhole(requests, fs);
  if (bytes === undefined) return NO_REQUESTS;
  try {
    return parseRequests(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    throw new CheckpointError(
      'requests_corrupt',
      `${requests} cannot be read: ${messageOf(error)}; remove it, and ask again with \`midiloom checkpoint retry|skip\``,
    );
  }
}

export async function saveRequests(files: StageFiles, { retry, skip }: StageRequests, fs: FileSystem): Promise<void> {
  const value = { format: FORMAT, version: VERSION, retry: retry ?? null, skip };
  await writeDurably(files.requests, [Buffer.from(`${JSON.stringify(value)}\n`)], fs);
}

function parseRequests(value: unknown): StageRequests {
  const fields = new Fields(value, 'requests');
  fields.oneOf('format', [FORMAT]);
  fields.integer('version', VERSION, VERSION);
  return { retry: fields.has('retry') ? parseRetry(fields.object('retry')) : undefined, skip: fields.integers('skip') };
}

function parseRetry(fields: Fields): RetryRequest {
  return { pass: fields.integer('pass', 1), codes: fields.texts('codes'), indexes: fields.integers('indexes') };
}

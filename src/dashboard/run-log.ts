import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readInto, readingFile } from '../checkpoint/read-file.ts';

/** What `--log_file` in a run directory may be called; the run's own lists are no log. */
const LOG = /\.(?:log|jsonl)$/;
const NO_LOG = /^(?:sessions|metrics|changes)\.jsonl$|\.foreign\.jsonl$/;
/** Of a log, at most so much at a time: its end, as a rule. */
const MAX_BYTES = 128 * 1024;

export interface LogPart {
  readonly name: string;
  /** Where the text begins and ends in the file; from `end` on one reads on. */
  readonly begin: number;
  readonly end: number;
  readonly text: string;
}

/** The log that was written to last, of those in the run directory itself. */
export async function findLog(directory: string): Promise<{ readonly name: string } | undefined> {
  const names = await readdir(directory).catch(() => []);
  const found: { readonly name: string; readonly changedMs: number }[] = [];
  for (const name of names.filter((each) => LOG.test(each) && !NO_LOG.test(each))) {
    const stats = await lstat(join(directory, name)).catch(() => undefined);
    if (stats?.isFile() === true) found.push({ name, changedMs: stats.mtimeMs });
  }
  return found.sort((a, b) => b.changedMs - a.changedMs)[0];
}

/** Whole lines of the log behind a place in it, or its last ones. */
export async function readLog(directory: string, after: number | undefined): Promise<LogPart | undefined> {
  const log = await findLog(directory);
  if (log === undefined) return undefined;
  return readingFile(join(directory, log.name), nodeFileSystem, async (handle, size) => {
    const isOn = after !== undefined && after <= size && size - after <= MAX_BYTES;
    const begin = isOn ? after : Math.max(0, size - MAX_BYTES);
    const bytes = Buffer.from(await readInto(handle, Buffer.allocUnsafe(size - begin), begin));
    const first = isOn || begin === 0 ? 0 : bytes.indexOf(0x0a) + 1;
    const last = bytes.lastIndexOf(0x0a) + 1;
    const text = bytes.subarray(first, Math.max(first, last)).toString('utf8');
    return { name: log.name, begin: begin + first, end: begin + Math.max(first, last), text };
  });
}

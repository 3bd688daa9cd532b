import { createHash } from 'node:crypto';
import { resolve } from 'node:path';

const DIGITS = 16;

/** The queue of a run, unless one is named: the same on all machines that have the run directory at the same place. */
export function queueName(outputDir: string): string {
  return `midiloom-${createHash('sha256').update(resolve(outputDir)).digest('hex').slice(0, DIGITS)}`;
}

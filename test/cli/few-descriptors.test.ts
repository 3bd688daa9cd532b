import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sampleArguments } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = temporaryFolder('few-descriptors');

/** Runs the built command line where a process may have so many files open. */
function runWith(descriptors: number, args: readonly string[]) {
  const limited = `ulimit -n ${descriptors}; exec "$@"`;
  return spawnSync('sh', ['-c', limited, 'sh', process.execPath, MAIN, ...args], { encoding: 'utf8' });
}

describe('a run and its report', () => {
  it('need no more than 64 open files', () => {
    const run = join(folder, 'run');
    const processed = runWith(64, [...sampleArguments(run), '--yes']);
    expect([processed.status, processed.stderr]).toEqual([0, expect.not.stringContaining('EMFILE')]);
    expect(existsSync(join(run, 'report.html'))).toBe(true);
    const reported = runWith(64, ['report', run]);
    expect([reported.status, reported.stdout.trim()]).toEqual([0, join(run, 'report.html')]);
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { storageError } from '../../src/checkpoint/storage-error.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = temporaryFolder('small-limits');
const outputDir = join(folder, 'run');

function underLimit(limit: string) {
  const options = ['--text_encoder', 'hashing', '--workers', '1', '--output_format', 'jsonl', '--quiet'];
  const args = ['process', '--input_file', SAMPLE, '--output_dir', outputDir, ...options];
  const script = `ulimit ${limit}; exec "$0" "$@"`;
  return spawnSync('bash', ['-c', script, process.execPath, MAIN, ...args], { encoding: 'utf8' });
}

describe.skipIf(process.platform !== 'linux')('where a process may have few open files', () => {
  // Each number, because at each another file or process is the first that cannot be had.
  it.each([...Array.from({ length: 17 }, (_, at) => 20 + at), 40])(
    '%i do, or it is said in a line that they are too few',
    (files) => {
      rmSync(outputDir, { recursive: true, force: true });
      const { status, stderr } = underLimit(`-n ${files}`);
      expect(stderr).not.toMatch(/Error: |^ {4}at /m);
      if (status !== 0) expect(stderr).toMatch(/^midiloom: .*EMFILE/m);
      expect([0, 1, 6]).toContain(status);
    },
  );

  it('100 are enough, also for the report', () => {
    rmSync(outputDir, { recursive: true, force: true });
    const { status, stderr } = underLimit('-n 100');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(existsSync(join(outputDir, 'report.html'))).toBe(true);
  });
});

describe('what the system refuses', () => {
  const refused = (code: string) => storageError('write', '/run/file', Object.assign(new Error(code), { code }));

  it.each([
    ['ENOSPC', 'storage_full', 'make room'],
    ['EFBIG', 'storage_file_size', 'ulimit -f'],
    ['EMFILE', 'storage_io', 'ulimit -n'],
    ['ENOTDIR', 'storage_io', 'a part of this path is a file'],
    ['ENOENT', 'storage_io', 'check the path'],
    ['EIO', 'storage_io', 'check the disk'],
  ])('%s is said with what helps', (errno, code, advice) => {
    expect(refused(errno)).toMatchObject({ code, message: expect.stringContaining(advice) });
  });
});

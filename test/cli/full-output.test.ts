import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyMidi } from '../tiny-midi.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = temporaryFolder('full-output');
writeFileSync(join(folder, 'a.mid'), tinyMidi());
writeFileSync(join(folder, 'pairs.jsonl'), JSON.stringify({ midi_file: 'a.mid', text_description: 'one' }));

/** Runs the command line by a shell, with these redirections. */
function shell(redirections: string, ...args: readonly string[]) {
  const script = `"$0" "$@" ${redirections}`;
  return spawnSync('bash', ['-c', script, process.execPath, MAIN, ...args], { cwd: folder, encoding: 'utf8' });
}

const run = (outputDir: string) => [
  'process',
  '--input_file',
  'pairs.jsonl',
  '--output_dir',
  outputDir,
  '--text_encoder',
  'hashing',
  '--workers',
  '1',
];

describe.skipIf(!existsSync('/dev/full'))('on a device that is full', () => {
  it('messages are lost, the run is not', () => {
    const { status, stdout } = shell('2>/dev/full', ...run('messages'));
    expect(stdout).toContain('Complete');
    expect(status).toBe(0);
    expect(existsSync(join(folder, 'messages', 'dataset', 'SHA256SUMS'))).toBe(true);
  });

  it('a result that cannot be written is said in one line, with exit 6', () => {
    const { status, stderr } = shell('>/dev/full', ...run('result'));
    expect(stderr).toMatch(
      /^midiloom: The result cannot be written .* no space left on device.*\[output_unwritable\]$/m,
    );
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(6);
    expect(existsSync(join(folder, 'result', 'dataset', 'SHA256SUMS'))).toBe(true);
  });

  it.each([
    ['status', '--output_dir', 'result'],
    ['status', '--output_dir', 'result', '--pairs'],
    ['checkpoint', 'list', '.', '--json'],
  ])('%s %s %s says the same', (...args) => {
    const { status, stderr } = shell('>/dev/full', ...args);
    expect(stderr).toContain('[output_unwritable]');
    expect(status).toBe(6);
  });

  it('nothing is said where both are full', () => {
    expect(shell('>/dev/full 2>/dev/full', ...run('both'))).toMatchObject({ status: 6, stdout: '', stderr: '' });
  });
});

it('a reader that goes away ends the output, and nothing is wrong', () => {
  const { status, stderr } = shell(
    `| head -n 0; exit \${PIPESTATUS[0]}`,
    'status',
    '--output_dir',
    'result',
    '--pairs',
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

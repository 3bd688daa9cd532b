import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { folderDigest } from '../folder-digest.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { sampleArguments } from './sample-run.ts';

const folder = temporaryFolder('full-disk');
const disk = join(folder, 'disk');
mkdirSync(disk);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', disk]).status === 0;
if (!mounted) console.log('skipped: a full disk needs the right to mount a tmpfs');
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
});

describe.skipIf(!mounted)('a disk that is full', () => {
  it('ends the run with exit 6 and the checkpoint intact; the run goes on when there is room', async () => {
    const whole = join(folder, 'whole');
    expect(await runCli(sampleArguments(whole))).toMatchObject({ code: 0 });

    const outputDir = join(disk, 'run');
    const full = await runCli(sampleArguments(outputDir));
    expect(full, full.stderr).toMatchObject({ code: 6 });
    expect(full.stderr).toContain('storage_full');
    expect(readdirSync(outputDir)).not.toContain('dataset');
    const status = await runCli(['status', '--output_dir', outputDir, '--json']);
    expect(JSON.parse(status.stdout).stages.midi.completed).toBeGreaterThan(0);

    spawnSync('mount', ['-o', 'remount,size=64m', disk]);
    expect(await runCli(sampleArguments(outputDir))).toMatchObject({ code: 0 });
    expect(folderDigest(join(outputDir, 'dataset'))).toEqual(folderDigest(join(whole, 'dataset')));
  });

  it('refuses a read-only run directory with exit 6', async () => {
    spawnSync('mount', ['-o', 'remount,ro', disk]);
    const refused = await runCli(sampleArguments(join(disk, 'other')));
    spawnSync('mount', ['-o', 'remount,rw', disk]);
    expect(refused, refused.stderr).toMatchObject({ code: 6 });
    expect(refused.stderr).toContain('storage_read_only');
  });
});

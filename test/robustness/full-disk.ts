import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../cli/run-cli.ts';
import { sampleArguments } from '../pipeline/sample-run.ts';
import { seededRandom } from '../seeded-random.ts';
import { type Rig, shareOf, skippedRig } from './rig.ts';
import { endOf, withSampleTrial } from './sample-trial.ts';

const FAULT = 'disk full on a small tmpfs; room is made later';
const FULL_SIZES = 60;
/** From no room for the lock to nearly all that the sample needs. */
const SMALLEST_KB = 4;
const LARGEST_KB = 2_400;

/** A run on a disk of some random size: it says that the disk is full, and is finished once there is room. */
export const fullDisk: Rig = (size) =>
  withSampleTrial(async ({ folder, finish }) => {
    const random = seededRandom(size.seed);
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const problems: string[] = [];
    const sizes = shareOf(FULL_SIZES, size);
    let full = 0;
    for (let count = 0; count < sizes; count++) {
      const kb = Math.ceil(SMALLEST_KB * (LARGEST_KB / SMALLEST_KB) ** random());
      if (!ran('mount', '-t', 'tmpfs', '-o', `size=${kb}k`, 'tmpfs', disk)) {
        return skippedRig(FAULT, 'no right to mount a tmpfs');
      }
      try {
        const outputDir = join(disk, 'run');
        const stopped = await runCli(sampleArguments(outputDir));
        if (stopped.code !== 0) full++;
        const isClear = stopped.code === 0 || (stopped.code === 6 && stopped.stderr.includes('[storage_full]'));
        if (!isClear) problems.push(`${kb} KB: ${endOf(stopped)}`);
        ran('mount', '-o', 'remount,size=64m', disk);
        const problem = await finish(outputDir);
        if (problem !== undefined) problems.push(`${kb} KB, then room: ${problem}`);
      } finally {
        ran('umount', disk);
      }
    }
    return { fault: FAULT, tried: `${sizes} sizes, ${full} of them too small`, problems };
  });

function ran(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args).status === 0;
}

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { sampleArguments } from '../pipeline/sample-run.ts';
import type { Rig } from './rig.ts';
import { MAIN } from './running-cli.ts';
import { withSampleTrial } from './sample-trial.ts';

/** Where the output of a run goes, as a shell writes it; the run itself must not care. */
const PLACES = [
  '2>/dev/null | head -n 1',
  '2>&1 | head -n 1',
  '--json 2>/dev/null | head -c 1',
  '2>&1 | true',
  '>&-',
  '2>&-',
  '>&- 2>&- <&-',
  '--log_level debug 2>&1 | head -n 1',
] as const;

/** A reader that goes away ends the output, not the run: exit 0, and the undisturbed data set. */
export const closedOutput: Rig = (size) =>
  withSampleTrial(async ({ folder, difference }) => {
    const places = size.share < 0.1 ? PLACES.slice(0, 2) : PLACES;
    const problems: string[] = [];
    for (const [at, place] of places.entries()) {
      const outputDir = join(folder, `run-${at}`);
      const script = `"$0" "$@" ${place}; exit "\${PIPESTATUS[0]}"`;
      const { status, signal } = spawnSync('bash', [
        '-c',
        script,
        process.execPath,
        MAIN,
        ...sampleArguments(outputDir),
      ]);
      const problem = status === 0 ? difference(outputDir) : (signal ?? `exit ${status}`);
      if (problem !== undefined) problems.push(`${place}: ${problem}`);
    }
    return { fault: 'stdout or stderr closed', tried: `${places.length} ways to close them`, problems };
  });

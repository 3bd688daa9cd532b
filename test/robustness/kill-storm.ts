import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../cli/run-cli.ts';
import { sampleArguments } from '../pipeline/sample-run.ts';
import { seededRandom } from '../seeded-random.ts';
import { type Rig, shareOf } from './rig.ts';
import { endOf, withSampleTrial } from './sample-trial.ts';

const FULL_KILLS = 500;
/** So that a run in the storm gets somewhere: it is left alone after so many kills. */
const KILLS_PER_RUN = 6;

interface Storm {
  readonly fault: string;
  /** Options of the next attempt, drawn anew for each. */
  readonly vary: (random: () => number) => string[];
}

/** SIGKILL at random moments of a run over both stages and the merge; the data set must come out byte-identical. */
function killStorm({ fault, vary }: Storm): Rig {
  return (size) =>
    withSampleTrial(async ({ folder, runMs, difference }) => {
      const random = seededRandom(size.seed);
      const problems: string[] = [];
      const wanted = shareOf(FULL_KILLS, size);
      let kills = 0;
      let runs = 0;
      for (; kills < wanted; runs++) {
        const outputDir = join(folder, `run-${runs}`);
        for (let killed = 0; ; ) {
          const ms = killed < KILLS_PER_RUN ? random() * runMs : 600_000;
          const result = await runCli(sampleArguments(outputDir, ...vary(random)), {
            signalAfterMs: { signal: 'SIGKILL', ms },
          });
          if (result.signal === 'SIGKILL') {
            killed++;
            kills++;
            continue;
          }
          const problem = result.code === 0 ? difference(outputDir) : endOf(result);
          if (problem !== undefined) problems.push(`run ${runs}: ${problem}`);
          break;
        }
        rmSync(outputDir, { recursive: true, force: true });
      }
      return { fault, tried: `${kills} kills in ${runs} runs`, problems };
    });
}

export const killStormWithEqualOptions = killStorm({ fault: 'SIGKILL at random', vary: () => [] });

export const killStormWithOtherOptions = killStorm({
  fault: 'SIGKILL at random; other workers, batch size and interval at each resume',
  vary: (random) => [
    '--workers',
    String(1 + Math.floor(random() * 3)),
    '--batch_size',
    String(1 + Math.floor(random() * 9)),
    '--checkpoint_interval',
    String(1 + Math.floor(random() * 5)),
  ],
});

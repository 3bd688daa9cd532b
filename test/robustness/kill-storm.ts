import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../cli/run-cli.ts';
import { folderDigest } from '../folder-digest.ts';
import { sampleArguments } from '../pipeline/sample-run.ts';
import { seededRandom } from '../seeded-random.ts';
import type { Rig } from './rig.ts';

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
  return async ({ share, seed }) => {
    const folder = mkdtempSync(join(tmpdir(), 'midiloom-storm-'));
    const random = seededRandom(seed);
    try {
      const reference = join(folder, 'reference');
      const startedAt = performance.now();
      const undisturbed = await runCli(sampleArguments(reference));
      if (undisturbed.code !== 0)
        throw new Error(`the undisturbed run ended with ${undisturbed.code}: ${undisturbed.stderr}`);
      const runMs = performance.now() - startedAt;
      const expected = JSON.stringify(folderDigest(join(reference, 'dataset')));

      const problems: string[] = [];
      const wanted = Math.ceil(FULL_KILLS * share);
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
          if (result.code !== 0)
            problems.push(`run ${runs}: exit ${result.code}: ${result.stderr.trim().split('\n').at(-1)}`);
          else if (JSON.stringify(folderDigest(join(outputDir, 'dataset'))) !== expected) {
            problems.push(`run ${runs}: another data set`);
          }
          break;
        }
        rmSync(outputDir, { recursive: true, force: true });
      }
      const found = problems.length === 0 ? 'nothing' : problems.join('; ');
      return { fault, tried: `${kills} kills in ${runs} runs`, found };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
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

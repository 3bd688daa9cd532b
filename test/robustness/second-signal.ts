import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sampleArguments } from '../pipeline/sample-run.ts';
import { seededRandom } from '../seeded-random.ts';
import { type Rig, shareOf } from './rig.ts';
import { RunningCli } from './running-cli.ts';
import { endOf, withSampleTrial } from './sample-trial.ts';

const FULL_TRIES = 100;
const STATUS = { SIGINT: 130, SIGTERM: 143 } as const;
/** From the second signal to the end of the process; far more than it needs on a busy machine. */
const AT_ONCE_MS = 2_000;

/** A first signal at a random moment and a second one soon after: the run stops at once, and is finished later. */
export const secondSignal: Rig = (size) =>
  withSampleTrial(async ({ folder, runMs, finish }) => {
    const random = seededRandom(size.seed);
    const tries = shareOf(FULL_TRIES, size);
    const problems: string[] = [];
    let atOnce = 0;
    for (let count = 0; count < tries; count++) {
      const signal = random() < 0.5 ? 'SIGINT' : 'SIGTERM';
      const outputDir = join(folder, `run-${count}`);
      const run = new RunningCli(sampleArguments(outputDir));
      await run.saying(/ pairs in /);
      await pause(random() * runMs * 0.7);
      run.child.kill(signal);
      const wasHeard = await run.saying(/ received: /);
      await pause(random() * 20);
      const secondAt = performance.now();
      run.child.kill(signal);
      const result = await run.ended;
      const endedMs = performance.now() - secondAt;
      // A signal may come when the run is over already.
      if (wasHeard && result.code === STATUS[signal]) atOnce++;
      else if (result.code !== 0 && result.signal !== signal)
        problems.push(`try ${count}, ${signal}: ${endOf(result)}`);
      if (wasHeard && endedMs > AT_ONCE_MS) problems.push(`try ${count}: it took ${Math.round(endedMs)} ms to stop`);
      const problem = await finish(outputDir);
      if (problem !== undefined) problems.push(`try ${count}, continued: ${problem}`);
    }
    return { fault: 'SIGINT or SIGTERM twice', tried: `${tries} runs, of which ${atOnce} were cut short`, problems };
  });

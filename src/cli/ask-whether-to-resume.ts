import type { ProcessOptions } from '../config/run-config.ts';
import { runOverview } from '../operations/run-overview.ts';
import { locateRun } from '../run-directory/locate-run.ts';
import { overviewText } from './overview-text.ts';
import { ask } from './terminal/ask.ts';

/** Shows the run that is there already, and lets the user say what becomes of it. */
export async function askWhetherToResume(options: ProcessOptions, signal: AbortSignal) {
  const earlier = overviewText(await runOverview(await locateRun(options), new Date()));
  return ask(
    `An earlier run is here: ${earlier}.\nContinue it? [Y = yes, n = no, quit; r = restart from nothing]`,
    [['continue', 'yes'], ['quit', 'no'], ['restart']],
    signal,
  );
}

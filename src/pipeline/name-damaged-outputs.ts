import { existsSync } from 'node:fs';
import { datasetPlace } from '../dataset/publish.ts';
import type { RunContext } from './run-events.ts';
import { checkSums, fileProblemText } from './verify/check-sums.ts';

/** A data set that an earlier session wrote is written anew by this one; the user should know what had happened to it. */
export async function nameDamagedOutputs(outputDir: string, { emit, signal }: RunContext): Promise<void> {
  const { finished } = datasetPlace(outputDir);
  if (!existsSync(finished)) return;
  for await (const problem of checkSums(finished)) {
    emit({ type: 'notice', message: `${fileProblemText(finished, problem)}; the data set is written again` });
    if (signal.aborted) return;
  }
}

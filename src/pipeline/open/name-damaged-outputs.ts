import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { checkSums, fileProblemText } from '../../dataset/check-sums.ts';
import { datasetFolder } from '../../dataset/dataset-place.ts';
import { messageOf } from '../../errors.ts';
import type { RunContext } from '../run-events.ts';

/** As many as help to see what has happened. */
const NAMED = 20;

/** A data set that an earlier session wrote is written anew by this one; the user should know what had happened to it. */
export async function nameDamagedOutputs(outputDir: string, { emit, signal }: RunContext): Promise<void> {
  const finished = datasetFolder(outputDir);
  if (!existsSync(finished) || signal.aborted) return;
  try {
    if ((await readdir(finished)).length === 0) return; // made for a link to lead to
    let count = 0;
    for await (const problem of checkSums(finished, signal)) {
      if (++count <= NAMED) {
        emit({ type: 'notice', message: `${fileProblemText(finished, problem)}; the data set is written again` });
      }
    }
    if (count > NAMED) emit({ type: 'notice', message: `so are ${count - NAMED} more files in ${finished}` });
  } catch (error) {
    // It is written again in any case, and an error that matters shows then.
    if (!signal.aborted) emit({ type: 'notice', message: `${finished} cannot be checked: ${messageOf(error)}` });
  }
}

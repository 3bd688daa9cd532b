import type { ProcessOptions } from '../config/run-config.ts';
import { type ProcessContext, processPairs } from '../pipeline/process-pairs.ts';
import type { RunResult } from '../pipeline/run-result.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';

/** What decides how a data set is written from the same results. */
export type MergeOptions = Pick<
  ProcessOptions,
  'outputFormat' | 'shardSize' | 'split' | 'seed' | 'dedupe' | 'filter' | 'license' | 'savePartial' | 'keepTemp'
>;

/**
 * Writes the data set of a run anew, in other formats or splits as a rule. Needs neither text model nor MIDI files; what is
 * given is remembered.
 *
 * @throws as \`processPairs\`.
 */
export async function mergeRun(
  run: RunPlace,
  options: MergeOptions = {},
  context: ProcessContext = {},
): Promise<RunResult> {
  const { directory, checkpoints } = await filesOf(run);
  const { midi: midiCheckpoint, text: textCheckpoint } = checkpoints;
  return processPairs({ ...options, mode: 'merge', outputDir: directory, midiCheckpoint, textCheckpoint }, context);
}

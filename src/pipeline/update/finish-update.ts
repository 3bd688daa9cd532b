import { removeEarlier } from '../../checkpoint/earlier-stage.ts';
import { nodeFileSystem } from '../../checkpoint/file-system.ts';
import { rememberRun } from '../choose/remember-run.ts';
import type { OpenedRun } from '../open/open-run.ts';
import type { RunResult } from '../run-result.ts';
import { writeChanges } from './changes-file.ts';

/**
 * Ends an update whose data set is written: says of every pair what was done, forgets that an update is under way, and removes what
 * records were taken from, in this order: a stop in between is made good by the next call.
 */
export async function finishUpdate(opened: OpenedRun, { status }: RunResult): Promise<void> {
  const { update, config, chosen, context, plan, midi, text } = opened;
  if (update === undefined || status !== 'complete') return;
  context.lost?.throwIfAborted();
  await writeChanges(config.outputDir, plan, update.plan);
  const { update: _, ...description } = update.description;
  await rememberRun(config, description, chosen.tokenizerFile);
  for (const { files } of [midi, text]) await removeEarlier(files, nodeFileSystem);
}

import { basename } from 'node:path';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { openPlace } from '../checkpoint/open-place.ts';
import { removeStage } from '../checkpoint/remove-stage.ts';
import { SecondPlace } from '../checkpoint/second-place.ts';
import { readPlaces } from '../checkpoint/second-place-memory.ts';
import { StageCopy } from '../checkpoint/stage-copy.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { messageOf } from '../errors.ts';
import { type Log, silent } from '../log.ts';
import type { RunFiles, StageName } from '../run-directory/run-files.ts';

/** What became of the copies of stages in a second place that a run has used. */
export interface RetiredCopies {
  readonly directory: string;
  /** Why they are still there, if so; the next run that reaches the place sets them aside. */
  readonly pending: string | undefined;
}

/**
 * Takes the copies of stages out of use, so that no later run brings them back: it is noted in the run directory first, then the
 * stages here are dealt with by `work`, then the copies are set aside, or removed.
 */
export async function retireCopies(
  { directory, checkpoints }: RunFiles,
  stages: readonly StageName[],
  how: 'set aside' | 'remove',
  log: Log,
  work: () => Promise<void>,
): Promise<readonly RetiredCopies[]> {
  const files = stages.map((stage) => stageFiles(checkpoints[stage]));
  const places: SecondPlace[] = [];
  for (const known of await readPlaces(directory, nodeFileSystem)) {
    const access = await openPlace(known.directory, { log: silent, waitMs: 0 });
    places.push(new SecondPlace({ directory: known.directory, runDirectory: directory, ...access }));
  }
  for (const place of places) await place.retire(files.map(({ checkpoint }) => basename(checkpoint)));
  await work();
  const retired: RetiredCopies[] = [];
  for (const place of places) {
    try {
      const reasons: string[] = [];
      for (const stage of files) {
        const copy = new StageCopy(stage, place, (message) => void reasons.push(message), nodeFileSystem);
        if ((await copy.isThere()) && how === 'remove') await removeStage(copy.files, copy.fs);
      }
      retired.push({ directory: place.directory, pending: reasons[0] });
    } catch (error) {
      log('debug', 'a second place cannot be cleared', () => ({ directory: place.directory, error: messageOf(error) }));
      retired.push({ directory: place.directory, pending: messageOf(error) });
    } finally {
      await place.close();
    }
  }
  return retired;
}

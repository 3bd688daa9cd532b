import type { CheckpointFile } from '../../checkpoint/checkpoint-file.ts';
import { openPlace } from '../../checkpoint/open-place.ts';
import type { UsedPlace } from '../../checkpoint/open-stage-store.ts';
import { SecondPlace } from '../../checkpoint/second-place.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { ConfigError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { inputOptionsOf } from '../../manifest/input-options.ts';
import { openPlan } from '../../manifest/open-plan.ts';
import type { PlanPart } from '../../manifest/plan-part.ts';
import { DESCRIBING_FILES } from '../../run-directory/lost-run.ts';
import type { RunDescription } from '../../run-directory/run-description.ts';
import { resolvePlace } from '../../s3/s3-address.ts';
import type { RunContext } from '../run-events.ts';

/** The place of `--backup_dir`, with its lock, and what must hold of a copy that is brought back from it. */
export async function usedPlace(
  config: RunConfig,
  { task }: RunDescription,
  { emit, log, signal }: RunContext,
  backupDir: string,
): Promise<UsedPlace> {
  const { outputDir, lockTimeout } = config;
  if (resolvePlace(backupDir) === resolvePlace(outputDir)) {
    throw new ConfigError(
      'backup_dir_same',
      `--backup_dir ${backupDir} is the run directory itself; give another place`,
    );
  }
  const access = await openPlace(backupDir, {
    log: quiet(log),
    waitMs: lockTimeout * 1000,
    signal,
    shownIn: outputDir,
  });
  return {
    place: new SecondPlace({
      directory: backupDir,
      runDirectory: outputDir,
      companions: DESCRIBING_FILES,
      ...access,
    }),
    notify: (message) => emit({ type: 'notice', message }),
    findObjection: (checkpoint) => findOtherManifest(checkpoint, config, task?.part),
  };
}

async function findOtherManifest(
  { last_processed_idx, plan: { hash_at_last } }: CheckpointFile,
  config: RunConfig,
  part: PlanPart | undefined,
): Promise<string | undefined> {
  const mark = last_processed_idx + 1;
  if (mark === (part?.first ?? 0)) return undefined;
  const plan = await openPlan({ ...inputOptionsOf(config), inputFile: config.inputFile, marks: [mark], part });
  const isSame = plan.hashAt(mark) === hash_at_last || (await plan.byteHashAt(mark)) === hash_at_last;
  return isSame ? undefined : `it was made from another manifest than ${config.inputFile}`;
}

/** That a drive is gone shows in its lock first; the copy tells the user. */
function quiet(log: Log): Log {
  return (level, message, fields) => log(level === 'warning' ? 'debug' : level, message, fields);
}

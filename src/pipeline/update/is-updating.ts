import type { RunConfig } from '../../config/run-config.ts';
import { CheckpointError, ConfigError } from '../../errors.ts';
import type { RunDescription } from '../../run-directory/run-description.ts';

/** Whether a call begins an update, or goes on with one. */
export function isUpdating({ mode, forceRestart }: RunConfig, { update }: RunDescription): boolean {
  if (forceRestart && mode === 'update') {
    throw new ConfigError(
      'invalid_option',
      '--force_restart begins again, and --mode update keeps what it can: use one.',
    );
  }
  if (forceRestart || update === undefined) return mode === 'update';
  if (mode !== 'merge' && mode !== 'retry') return true;
  if (Object.keys(update.moving).length === 0) return false;
  throw new CheckpointError(
    'update_unfinished',
    `an update of this run was stopped before it had begun to make records; go on with --mode continue, then --mode ${mode}.`,
  );
}

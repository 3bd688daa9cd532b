import { CheckpointError } from '../errors.ts';
import {
  type CheckpointFile,
  MAX_CHECKPOINT_BYTES,
  type ParsedCheckpoint,
  parseCheckpoint,
} from './checkpoint-file.ts';
import type { FileSystem } from './file-system.ts';
import { readWhole } from './read-file.ts';
import type { StageFiles } from './stage-files.ts';

export type FoundCheckpoint = ParsedCheckpoint | { readonly kind: 'absent' };

export interface LoadedCheckpoint {
  readonly checkpoint: CheckpointFile;
  /** Why the checkpoint itself was passed over and its backup taken, if so. */
  readonly passedOver: string | undefined;
}

export async function findCheckpoint(file: string, fs: FileSystem): Promise<FoundCheckpoint> {
  const bytes = await readWhole(file, fs, MAX_CHECKPOINT_BYTES + 1);
  return bytes === undefined ? { kind: 'absent' } : parseCheckpoint(bytes);
}

/**
 * The checkpoint, else its backup; `undefined` where there is neither. Throws `CheckpointError` where one is there but
 * none can be continued. Changes nothing.
 */
export async function loadCheckpoint(files: StageFiles, fs: FileSystem): Promise<LoadedCheckpoint | undefined> {
  const found = await findCheckpoint(files.checkpoint, fs);
  if (found.kind === 'valid') return { checkpoint: found.checkpoint, passedOver: undefined };
  if (found.kind === 'foreign') {
    throw new CheckpointError(found.code, `checkpoint ${files.checkpoint} cannot be continued: ${found.reason}`);
  }
  const backup = await findCheckpoint(files.backup, fs);
  if (backup.kind === 'valid') {
    return { checkpoint: backup.checkpoint, passedOver: describe(found) };
  }
  if (found.kind === 'absent' && backup.kind === 'absent') return undefined;
  throw new CheckpointError(
    'checkpoint_corrupt',
    `checkpoint ${files.checkpoint} cannot be read (${describe(found)}), nor its backup ${files.backup} (${describe(backup)}); ` +
      'put back a copy of either, or start over with --force_restart',
  );
}

function describe(found: FoundCheckpoint): string {
  return found.kind === 'invalid' || found.kind === 'foreign' ? found.reason : 'it is not there';
}

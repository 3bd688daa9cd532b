import type { CheckpointFile } from './checkpoint-file.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { findCheckpoint } from './load-checkpoint.ts';
import { stageFiles } from './stage-files.ts';

export type StatusReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'valid'; readonly checkpoint: CheckpointFile; readonly from: 'checkpoint' | 'backup' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * What a stage's checkpoint says, without the lock and without changing anything: also while a run is going, as a
 * checkpoint is replaced whole and an open file keeps what it had.
 */
export async function readStatus(checkpointFile: string, fs: FileSystem = nodeFileSystem): Promise<StatusReading> {
  const files = stageFiles(checkpointFile);
  const found = await findCheckpoint(files.checkpoint, fs);
  if (found.kind === 'valid') return { kind: 'valid', checkpoint: found.checkpoint, from: 'checkpoint' };
  if (found.kind === 'foreign') return { kind: 'unreadable', reason: found.reason };
  const backup = await findCheckpoint(files.backup, fs);
  if (backup.kind === 'valid') return { kind: 'valid', checkpoint: backup.checkpoint, from: 'backup' };
  if (found.kind === 'absent' && backup.kind === 'absent') return { kind: 'absent' };
  return { kind: 'unreadable', reason: found.kind === 'invalid' ? found.reason : 'only a damaged backup is there' };
}

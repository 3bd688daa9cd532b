import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { findCheckpoint } from '../checkpoint/load-checkpoint.ts';
import type { Log } from '../log.ts';

/**
 * Where an exported stage lies in the place of a checkpoint, makes it a checkpoint. One without a fingerprint is left for the
 * stage to refuse. Returns what was done, if anything.
 */
export async function adoptInline(checkpointFile: string, sessionId: string, log: Log): Promise<string | undefined> {
  const found = await findCheckpoint(checkpointFile, nodeFileSystem);
  if (found.kind !== 'foreign' || found.code !== 'checkpoint_inline') return undefined;
  const [{ openInterchange }, { carriesFingerprint, importStage }] = await Promise.all([
    import('./interchange-document.ts'),
    import('./import-stage.ts'),
  ]);
  const [source, ...others] = await openInterchange(checkpointFile);
  if (source === undefined || others.length > 0 || !carriesFingerprint(source)) return undefined;
  await importStage(source, checkpointFile, sessionId, log);
  return `${checkpointFile} had its records inline; they are in segments now`;
}

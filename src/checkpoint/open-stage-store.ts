import { basename, dirname } from 'node:path';
import { CheckpointError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import { agrees, contextOf, type StageSession } from './describe-checkpoint.ts';
import { removeFile, syncDirectory } from './durable-replace.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { fingerprintTable } from './fingerprint-table.ts';
import { findCheckpoint, loadCheckpoint } from './load-checkpoint.ts';
import { setAside, setAsideStage } from './set-aside.ts';
import { listSegments, type StageFiles, segmentFile, stageFiles } from './stage-files.ts';
import { identityOf, StageProgress } from './stage-progress.ts';
import { StageStore, type StageStoreSetup } from './stage-store.ts';
import { type BadSegment, walkSegments } from './walk-segments.ts';

export interface StageStoreOptions extends StageSession {
  readonly checkpointFile: string;
  readonly log: Log;
  /** Begin again: what is there is set aside, and removed once the new run has saved. */
  readonly restart: boolean;
  readonly fileSystem?: FileSystem;
  readonly now?: () => Date;
}

export type RecoveryCode =
  | 'restarted'
  | 'recovered_from_backup'
  | 'dropped_segments'
  | 'removed_leftovers'
  | 'orphaned_segments';

/** Something that was found and put right on opening. */
export interface RecoveryNotice {
  readonly code: RecoveryCode;
  readonly message: string;
}

export interface OpenedStage {
  readonly store: StageStore;
  readonly recovered: readonly RecoveryNotice[];
}

/**
 * Opens a stage under the run's lock and puts right what a crash left, as RELIABILITY.md's table of recovery says.
 * Verifies headers and chain; records are verified when they are read, or by `store.verifyAll`. Throws `CheckpointError`
 * (`checkpoint_corrupt`, `checkpoint_legacy`, `checkpoint_inline`, `checkpoint_foreign`, `checkpoint_version`,
 * `stage_mismatch`, `plan_mismatch`, `fingerprint_mismatch`, `segments_missing`) before anything is changed, or `StorageError`.
 */
export async function openStageStore(options: StageStoreOptions): Promise<OpenedStage> {
  const files = stageFiles(options.checkpointFile);
  const fs = options.fileSystem ?? nodeFileSystem;
  const setup = { ...options, files, fs, now: options.now ?? (() => new Date()) };
  const recovered: RecoveryNotice[] = [];
  const note = (code: RecoveryCode, message: string): void => {
    recovered.push({ code, message });
    options.log('warning', message, () => ({ stage: options.stage, code }));
  };
  if (options.restart) {
    const moved = await setAsideStage(files, fs);
    if (moved.length > 0)
      note('restarted', `the old checkpoint is kept until the new run has saved: ${moved.join(', ')}`);
  }
  const loaded = await loadCheckpoint(files, fs);
  if (loaded === undefined) {
    await clearLeftovers(files, fs, note);
    return { store: new StageStore(setup, new StageProgress(identityOf(setup)), undefined), recovered };
  }
  const { checkpoint, passedOver } = loaded;
  refuseOther(checkpoint, setup);
  const { segments, chain } = checkpoint.processed_data;
  const { progress, bad } = await walkSegments(files, identityOf(setup), segments, chain, fs);
  if (bad === undefined) refuseDisagreement(checkpoint, progress, files);
  else await refuseEmptyDirectory(bad, files, fs);

  // A crash between a rename and the fsync of its directory left what was just read, but a power cut could still take it.
  if (progress.segments.length > 0) await syncDirectory(files.segments, fs);
  await syncDirectory(dirname(files.checkpoint), fs);

  const store = new StageStore(setup, progress, checkpoint);
  if (passedOver !== undefined) {
    const evidence = await setAside(files.checkpoint, 'corrupt', fs);
    const kept = evidence === undefined ? '' : `; what was there is kept as ${evidence}`;
    note('recovered_from_backup', `${files.checkpoint}: ${passedOver}; its backup is used instead${kept}`);
  }
  if (bad !== undefined) {
    if (bad.present) await setAside(bad.file, 'corrupt', fs);
    const redone = checkpoint.last_processed_idx - progress.lastIndex;
    note(
      'dropped_segments',
      `segment ${bad.sequence} of ${segments} is not good (${bad.reason}); ${redone} pairs are redone`,
    );
  }
  if (passedOver !== undefined || bad !== undefined) {
    await store.saveStatus(bad === undefined ? checkpoint.status : 'in_progress', contextOf(checkpoint));
  }
  await clearLeftovers(files, fs, note, progress.segments.length);
  return { store, recovered };
}

function refuseOther(checkpoint: CheckpointFile, { stage, files, plan, fingerprint }: StageStoreSetup): void {
  const refuse = (code: string, what: string): never => {
    throw new CheckpointError(code, `checkpoint ${files.checkpoint} cannot be continued: ${what}`);
  };
  if (checkpoint.stage !== stage) refuse('stage_mismatch', `it belongs to stage ${checkpoint.stage}, not ${stage}`);
  const { directory } = checkpoint.processed_data;
  if (directory !== basename(files.segments)) {
    refuse(
      'stage_mismatch',
      `its segments are in ${directory}, not ${basename(files.segments)}; give both their old names back`,
    );
  }
  if (checkpoint.plan.first_index !== plan.firstIndex) {
    refuse('plan_mismatch', `it starts at pair ${checkpoint.plan.first_index}, not ${plan.firstIndex}`);
  }
  if (checkpoint.fingerprint.id !== fingerprint.id) {
    const table = fingerprintTable(checkpoint.fingerprint.options, fingerprint.options);
    refuse(
      'fingerprint_mismatch',
      `it was made with other options; use the old ones, or start over with --force_restart\n${table}`,
    );
  }
}

function refuseDisagreement(checkpoint: CheckpointFile, progress: StageProgress, files: StageFiles): void {
  if (agrees(checkpoint, progress)) return;
  throw new CheckpointError('checkpoint_corrupt', `checkpoint ${files.checkpoint} does not agree with its segments`);
}

/** Dropping back to nothing because a disk is not mounted or a folder was moved would be a silent restart. */
async function refuseEmptyDirectory(bad: BadSegment, files: StageFiles, fs: FileSystem): Promise<void> {
  if (bad.present || bad.sequence > 0) return;
  if ((await listSegments(files, fs)).sequences.length > 0) return;
  throw new CheckpointError(
    'segments_missing',
    `checkpoint ${files.checkpoint} names segments, and ${files.segments} has none; put the directory back, or start over with --force_restart`,
  );
}

/**
 * Removes what a crash left: unfinished files, and segments that neither the checkpoint (its first `named`) nor its
 * backup names. Without either, one segment is what a crash can leave; more are somebody's work and are set aside.
 */
async function clearLeftovers(
  files: StageFiles,
  fs: FileSystem,
  note: (code: RecoveryCode, message: string) => void,
  named = 0,
): Promise<void> {
  const { sequences, unfinished } = await listSegments(files, fs);
  for (const file of [...files.unfinished, ...unfinished]) await removeFile(file, fs);
  const backup = await findCheckpoint(files.backup, fs);
  const kept = Math.max(named, backup.kind === 'valid' ? backup.checkpoint.processed_data.segments : 0);
  const leftovers = sequences.filter((sequence) => sequence >= kept);
  if (kept === 0 && leftovers.length > 1) {
    const aside = await setAside(files.segments, 'orphaned', fs);
    note('orphaned_segments', `${leftovers.length} segments have no checkpoint; they are kept in ${aside}`);
    return;
  }
  for (const sequence of leftovers) await removeFile(segmentFile(files, sequence), fs);
  if (leftovers.length > 0)
    note('removed_leftovers', `${leftovers.length} segments that were never confirmed are removed`);
}

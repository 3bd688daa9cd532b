import { constants } from 'node:fs';
import { basename, dirname } from 'node:path';
import { CheckpointError, codeOf, messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import { agrees, contextOf } from './describe-checkpoint.ts';
import { removeFile, syncDirectory } from './durable-replace.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { fingerprintTable } from './fingerprint-table.ts';
import { findCheckpoint, type LoadedCheckpoint, loadCheckpoint } from './load-checkpoint.ts';
import type { Packing } from './pack-records.ts';
import { restoreSegments, restoreStage } from './restore-stage.ts';
import type { SecondPlace } from './second-place.ts';
import { setAside, setAsideStage } from './set-aside.ts';
import { StageCopy } from './stage-copy.ts';
import { listSegments, type StageFiles, segmentFile, stageFiles } from './stage-files.ts';
import { StageProgress } from './stage-progress.ts';
import { identityOf, type StageSession } from './stage-session.ts';
import { StageStore, type StageStoreSetup } from './stage-store.ts';
import { storageError } from './storage-error.ts';
import { type BadSegment, segmentsNamedBy, type Walk, walkSegments } from './walk-segments.ts';

export interface StageStoreOptions extends StageSession {
  readonly checkpointFile: string;
  readonly log: Log;
  /** Begin again: what is there is set aside, and removed once the new run has saved. */
  readonly restart: boolean;
  /** With `restart`: what the user skipped or imported stays in force. */
  readonly keepsRequests?: boolean;
  /** Where everything is saved a second time, and is brought back from. */
  readonly secondPlace?: UsedPlace | undefined;
  /** How the records of new segments are packed; as they are where it is `undefined`. */
  readonly packing?: Packing | undefined;
  /** Aborted when the run's lock is lost: nothing is written any more. */
  readonly lost?: AbortSignal | undefined;
  readonly fileSystem?: FileSystem;
  readonly now?: () => Date;
}

export interface UsedPlace {
  readonly place: SecondPlace;
  /** Told what the user should know of it. */
  readonly notify: (message: string) => void;
  /** Why a checkpoint that is to be brought back is not this run's, beyond what the stage sees itself. */
  readonly findObjection?: (checkpoint: CheckpointFile) => Promise<string | undefined>;
}

export type RecoveryCode =
  | 'restarted'
  | 'recovered_from_backup'
  | 'restored_from_copy'
  | 'lost_segments'
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
 * `stage_mismatch`, `plan_mismatch`, `fingerprint_mismatch`, `segments_missing`, `backup_of_another_run`), `LockError` `backup_locked` before anything is
 * changed, or `StorageError`.
 */
export async function openStageStore(options: StageStoreOptions): Promise<OpenedStage> {
  const files = stageFiles(options.checkpointFile);
  const fs = options.fileSystem ?? nodeFileSystem;
  const copy = copyFor(options, files, fs);
  const setup = { ...options, files, fs, copy, now: options.now ?? (() => new Date()) };
  const recovered: RecoveryNotice[] = [];
  const note: Note = (code, message) => {
    recovered.push({ code, message });
    options.log('debug', message, () => ({ stage: options.stage, code }));
  };
  if (options.restart) {
    await copy?.setAside();
    const moved = await setAsideStage(files, fs, options.keepsRequests);
    if (moved.length > 0)
      note('restarted', `the old checkpoint is kept until the new run has saved: ${moved.join(', ')}`);
  }
  await refuseLink(files.segments, fs);
  const loaded = await loadOrRestore(setup, options.secondPlace?.findObjection, note);
  if (loaded === undefined) {
    await clearLeftovers(files, fs, note);
    return { store: new StageStore(setup, new StageProgress(identityOf(setup)), undefined), recovered };
  }
  const { checkpoint, passedOver } = loaded;
  options.log('debug', 'checkpoint loaded', () => ({
    file: files.checkpoint,
    status: checkpoint.status,
    last: checkpoint.last_processed_idx,
  }));
  refuseOther(checkpoint, setup);
  const { progress, bad } = await walkOrRestore(setup, checkpoint, note);
  if (bad.length === 0) refuseDisagreement(checkpoint, progress, files);
  else await refuseEmptyDirectory(bad, files, fs);

  // A crash between a rename and the fsync of its directory left what was just read, but a power cut could still take it.
  if (progress.segments.length > 0) await syncDirectory(files.segments, fs);
  await syncDirectory(dirname(files.checkpoint), fs);
  await copy?.own();

  const store = new StageStore(setup, progress, checkpoint);
  if (passedOver !== undefined) {
    const evidence = await setAside(files.checkpoint, 'corrupt', fs);
    const kept = evidence === undefined ? '' : `; what was there is kept as ${evidence}`;
    note('recovered_from_backup', `${files.checkpoint}: ${passedOver}; its backup is used instead${kept}`);
  }
  for (const { present, file } of bad) if (present) await setAside(file, 'corrupt', fs);
  if (bad.length > 0) note('lost_segments', lossOf(bad, checkpoint, progress));
  if (passedOver !== undefined || bad.length > 0) {
    await store.saveStatus(bad.length === 0 ? checkpoint.status : 'in_progress', contextOf(checkpoint));
  }
  await clearLeftovers(files, fs, note, progress.nextSequence);
  store.updateCopy();
  return { store, recovered };
}

type Note = (code: RecoveryCode, message: string) => void;

function copyFor(options: StageStoreOptions, files: StageFiles, fs: FileSystem): StageCopy | undefined {
  if (options.secondPlace === undefined) return undefined;
  const { place, notify } = options.secondPlace;
  return new StageCopy(files, place, notify, fs);
}

/** The checkpoint, else its backup, else the copy in the second place; `undefined` where there is none of them. */
async function loadOrRestore(
  setup: StageStoreSetup,
  findObjection: UsedPlace['findObjection'],
  note: Note,
): Promise<LoadedCheckpoint | undefined> {
  const { files, copy, fs } = setup;
  let refusal: unknown;
  try {
    const loaded = await loadCheckpoint(files, fs);
    if (loaded !== undefined) return loaded;
  } catch (error) {
    if (codeOf(error) !== 'checkpoint_corrupt') throw error;
    refusal = error;
  }
  if (copy !== undefined && (await copy.isThere())) {
    const examine = async (checkpoint: CheckpointFile): Promise<void> => {
      refuseCopy(checkpoint, copy, setup, await findObjection?.(checkpoint));
      await copy.own(true);
    };
    if (await restoreStage(files, copy, examine, fs)) {
      note('restored_from_copy', `${files.checkpoint} was brought back from ${copy.files.checkpoint}`);
      return loadCheckpoint(files, fs);
    }
  }
  if (refusal !== undefined) throw refusal;
  await copy?.own();
  return undefined;
}

/** Walks the chain; what is missing or damaged is brought back from the second place as far as it is there. */
async function walkOrRestore(setup: StageStoreSetup, checkpoint: CheckpointFile, note: Note): Promise<Walk> {
  const { files, copy, fs } = setup;
  const named = segmentsNamedBy(checkpoint);
  const walk = await walkSegments(files, identityOf(setup), named, fs);
  setup.log('debug', 'segments validated by their headers', () => ({
    file: files.checkpoint,
    segments: named.count,
    bad: walk.bad,
  }));
  if (walk.bad.length === 0 || copy === undefined || !(await copy.isThere())) return walk;
  const restored = await restoreSegments(files, copy, walk.bad, fs);
  if (restored > 0) {
    note(
      'restored_from_copy',
      `${restored} segments of ${files.segments} were brought back from ${copy.files.segments}`,
    );
  }
  return walkSegments(files, identityOf(setup), named, fs);
}

/** A copy that cannot be continued is another run's: it stays, and so does what is here. */
function refuseCopy(
  checkpoint: CheckpointFile,
  copy: StageCopy,
  setup: StageStoreSetup,
  objection: string | undefined,
): void {
  if (objection !== undefined) throw copy.refusal(objection);
  try {
    refuseOther(checkpoint, { ...setup, files: copy.files }, 'use the old ones');
  } catch (error) {
    throw copy.refusal(messageOf(error));
  }
}

function refuseOther(
  checkpoint: CheckpointFile,
  { stage, files, plan, fingerprint }: StageStoreSetup,
  advice = 'use the old ones, or start over with --force_restart',
): void {
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
    refuse('fingerprint_mismatch', `it was made with other options; ${advice}\n${table}`);
  }
}

function refuseDisagreement(checkpoint: CheckpointFile, progress: StageProgress, files: StageFiles): void {
  if (agrees(checkpoint, progress)) return;
  throw new CheckpointError('checkpoint_corrupt', `checkpoint ${files.checkpoint} does not agree with its segments`);
}

/** Says which segments are not good, and what that costs. */
function lossOf(bad: readonly BadSegment[], { processed_data }: CheckpointFile, progress: StageProgress): string {
  const [first] = bad;
  const which =
    first === undefined || bad.length > 1
      ? `${bad.length} of ${processed_data.segments} segments are not good (the first: ${first?.reason})`
      : `segment ${first.sequence} of ${processed_data.segments} is not good (${first.reason})`;
  const redone = processed_data.records - progress.completedCount - progress.failedCount;
  return `${which}; ${redone} pairs are done again`;
}

/** The folder of the segments is not looked for elsewhere: whoever can put a link here could have them written anywhere. */
async function refuseLink(directory: string, fs: FileSystem): Promise<void> {
  try {
    await (await fs.open(directory, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)).close();
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (code === 'ENOENT') return;
    const seen = ['ELOOP', 'ENOTDIR'].includes(code)
      ? new Error('it is a link or a file, and links are not followed')
      : error;
    throw storageError('open directory', directory, seen);
  }
}

/** Dropping back to nothing because a disk is not mounted or a folder was moved would be a silent restart. */
async function refuseEmptyDirectory(bad: readonly BadSegment[], files: StageFiles, fs: FileSystem): Promise<void> {
  if (bad.some(({ present }) => present)) return;
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
async function clearLeftovers(files: StageFiles, fs: FileSystem, note: Note, named = 0): Promise<void> {
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

import { realpath } from 'node:fs/promises';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readStatus } from '../checkpoint/read-status.ts';
import { setAside } from '../checkpoint/set-aside.ts';
import { stageFiles } from '../checkpoint/stage-files.ts';
import { CheckpointError, ConfigError } from '../errors.ts';
import { saveForeignRows } from '../interchange/foreign-rows.ts';
import { carriesFingerprint, importStage } from '../interchange/import-stage.ts';
import { type InterchangeCheckpoint, openInterchange, type RowList } from '../interchange/interchange-document.ts';
import { type PlacingOptions, placing } from '../interchange/place-rows.ts';
import type { Log } from '../log.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { STAGES, type StageName } from '../run-directory/run-files.ts';
import { sessionIdAt } from '../run-directory/session-log.ts';
import type { OperationContext } from './operation-context.ts';
import { withRunLock } from './with-run-lock.ts';

export interface ImportOptions extends PlacingOptions {
  /** Which stage foreign rows belong to; by default what the file says, else both. */
  readonly stage?: StageName | undefined;
}

export interface ImportedStage {
  readonly stage: StageName;
  /** Ours go on as if they had been made here; foreign rows are kept as they are, and their pairs passed over. */
  readonly kind: 'continued' | 'foreign';
  readonly rows: number;
  /** Foreign rows that belong to no pair. */
  readonly unplaced: number;
}

/**
 * Takes checkpoints from a file: exported ones, which a run then continues, and those of other programs (with
 * `processed_data`, `{completed, in_progress, failed, last_updated}`, or a bare list). What those call failed or in progress is
 * simply tried here.
 *
 * @throws CheckpointError `checkpoint_exists` where a stage has begun; `interchange_invalid`.
 */
export async function importRun(
  run: RunPlace,
  file: string,
  options: ImportOptions = {},
  context: OperationContext = {},
): Promise<readonly ImportedStage[]> {
  const files = await filesOf(run);
  if (files.tasks !== undefined) {
    throw new CheckpointError(
      'checkpoint_exists',
      `${files.directory} is worked off in tasks: import into a run directory of its own.`,
    );
  }
  const sources = await openInterchange(file);
  if (sources.length === 0 || !sources.every(hasRows)) throw noCheckpoint(file);
  return withRunLock(files.directory, context, async (log) => {
    const parts = sources.flatMap((source) => stagesOf(source, options).map((stage) => ({ source, stage })));
    const own = new Set<StageName>();
    for (const { stage } of parts) {
      await refuseExisting(files.checkpoints[stage], file);
      if (await isSameFile(files.checkpoints[stage], file)) own.add(stage);
    }
    const imported: ImportedStage[] = [];
    // The file itself is moved away when the stage is imported in whose place it lies: that one comes last.
    for (const { source, stage } of parts.sort((a, b) => Number(own.has(a.stage)) - Number(own.has(b.stage)))) {
      context.signal?.throwIfAborted();
      imported.push(
        carriesFingerprint(source)
          ? await importOurs(source, stage, files.checkpoints[stage], log)
          : await importForeign(source, stage, files.checkpoints[stage], file, options),
      );
    }
    return imported;
  });
}

function stagesOf({ fields }: InterchangeCheckpoint, { stage }: ImportOptions): readonly StageName[] {
  const named = STAGES.find((name) => name === fields.get('stage'));
  if (stage !== undefined && named !== undefined && stage !== named) {
    throw new ConfigError('stage_mismatch', `The file is a checkpoint of stage ${named}, not ${stage}.`);
  }
  const only = stage ?? named;
  return only === undefined ? STAGES : [only];
}

async function importOurs(
  source: InterchangeCheckpoint,
  stage: StageName,
  checkpointFile: string,
  log: Log,
): Promise<ImportedStage> {
  await importStage(source, checkpointFile, sessionIdAt(new Date()), log);
  return { stage, kind: 'continued', rows: source.lists.get('processed_data')?.length ?? 0, unplaced: 0 };
}

async function importForeign(
  source: InterchangeCheckpoint,
  stage: StageName,
  checkpointFile: string,
  file: string,
  options: ImportOptions,
): Promise<ImportedStage> {
  const rows = source.lists.get('processed_data') ?? source.lists.get('completed') ?? NO_ROWS;
  const place = await placing(source, rows, options);
  const count = await saveForeignRows(stageFiles(checkpointFile).foreign, rows, place, file);
  // The rows are kept; the file itself too, under a name that is in nobody's way.
  if (await isSameFile(checkpointFile, file)) await setAside(checkpointFile, 'foreign', nodeFileSystem);
  return { stage, kind: 'foreign', ...count };
}

/** Whether it is a checkpoint at all: every JSON object is read as one. Ours may have no rows yet. */
function hasRows(source: InterchangeCheckpoint): boolean {
  const rows = source.lists.get('processed_data') ?? source.lists.get('completed');
  return rows !== undefined && (rows.length > 0 || carriesFingerprint(source));
}

function noCheckpoint(file: string): CheckpointError {
  return new CheckpointError(
    'interchange_invalid',
    `${file} is no checkpoint with rows: it has no list of them, under processed_data, completed or alone, or an empty one`,
  );
}

/** What another program wrote may lie in the place of our checkpoint: then it is what is imported. */
async function refuseExisting(checkpointFile: string, file: string): Promise<void> {
  const found = await readStatus(checkpointFile);
  if (found.kind === 'absent' || (found.kind === 'unreadable' && (await isSameFile(checkpointFile, file)))) return;
  throw new CheckpointError(
    'checkpoint_exists',
    `${checkpointFile} is there already; import into another --output_dir, or make room by \`midiloom checkpoint reset\``,
  );
}

async function isSameFile(left: string, right: string): Promise<boolean> {
  const [a, b] = await Promise.all([left, right].map((path) => realpath(path).catch(() => undefined)));
  return a !== undefined && a === b;
}

const NO_ROWS: RowList = { length: 0, rows: async function* () {} };

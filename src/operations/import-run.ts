import { readStatus } from '../checkpoint/read-status.ts';
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
  const sources = await openInterchange(file);
  return withRunLock(files.directory, context, async (log) => {
    const imported: ImportedStage[] = [];
    for (const source of sources) {
      for (const stage of stagesOf(source, options)) {
        context.signal?.throwIfAborted();
        await refuseExisting(files.checkpoints[stage]);
        imported.push(
          carriesFingerprint(source)
            ? await importOurs(source, stage, files.checkpoints[stage], log)
            : await importForeign(source, stage, files.checkpoints[stage], file, options),
        );
      }
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
  return { stage, kind: 'foreign', ...count };
}

async function refuseExisting(checkpointFile: string): Promise<void> {
  const found = await readStatus(checkpointFile);
  if (found.kind === 'absent') return;
  throw new CheckpointError(
    'checkpoint_exists',
    `${checkpointFile} is there already; import into another --output_dir, or make room by \`midiloom checkpoint reset\``,
  );
}

const NO_ROWS: RowList = { length: 0, rows: async function* () {} };

import { fingerprintTable } from '../../checkpoint/fingerprint-table.ts';
import { readStatus } from '../../checkpoint/read-status.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { CheckpointError } from '../../errors.ts';
import { runFilesOf, STAGES, type StageName } from '../../run-directory/run-files.ts';
import { type EarlierStage, earlierStages, type StageFingerprints } from './earlier-results.ts';

/**
 * Refuses to continue stages with other options than they were made with: shows old and new, and the cheapest way on.
 *
 * @returns what becomes of stages that an earlier version made, with the same options.
 * @throws CheckpointError `fingerprint_mismatch`.
 */
export async function checkOptions(
  config: RunConfig,
  fingerprints: StageFingerprints,
): Promise<ReadonlyMap<StageName, EarlierStage>> {
  const earlier = await earlierStages(config, fingerprints);
  if (config.forceRestart) return earlier;
  const { checkpoints } = runFilesOf(config);
  const tables: string[] = [];
  const kept: string[] = [];
  const refused: StageName[] = [];
  for (const stage of STAGES) {
    const found = await readStatus(checkpoints[stage]);
    if (found.kind !== 'valid' || earlier.has(stage)) continue;
    const { fingerprint, processed_data } = found.checkpoint;
    const current = fingerprints[stage];
    if (current === undefined || fingerprint.id === current.id) {
      kept.push(`the ${processed_data.records} records of the ${stage} stage are kept`);
      continue;
    }
    refused.push(stage);
    tables.push(`${stage} stage:\n${fingerprintTable(fingerprint.options, current.options)}`);
  }
  if (refused.length === 0) return earlier;
  throw new CheckpointError(
    'fingerprint_mismatch',
    [
      `${config.outputDir} was made with other options than these:`,
      ...tables,
      `Leave out what is new, to go on as before. Or add --mode update to this line: it makes the ${refused.join(' and the ')} ` +
        `stage anew${kept.length > 0 ? ` (${kept.join(', ')})` : ''}, and with --dry_run says what it would do.`,
      'Or use another run directory.',
    ].join('\n'),
  );
}

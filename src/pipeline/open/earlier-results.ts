import type { CheckpointFile } from '../../checkpoint/checkpoint-file.ts';
import { nodeFileSystem } from '../../checkpoint/file-system.ts';
import { stageFiles } from '../../checkpoint/stage-files.ts';
import { readRequests } from '../../checkpoint/stage-requests.ts';
import { type Fingerprint, fingerprintOf } from '../../config/fingerprint.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { RESULTS_VERSION, versionOption } from '../../run-directory/results-version.ts';
import { runFilesOf, STAGES, type StageName } from '../../run-directory/run-files.ts';
import { upgradedOptions } from '../../run-directory/tokenizer-of-stage.ts';
import { checkpointToContinue } from '../choose/checkpoint-to-continue.ts';

/** A stage whose records were made by a version of midiloom that makes others now, from the same files and options. */
export interface EarlierStage {
  /** As every segment has it. */
  readonly fingerprint: Fingerprint;
  readonly records: number;
  /** `kept`: it is finished, and nothing is added to it. `redone`: else one data set would hold records of two kinds. */
  readonly fate: 'kept' | 'redone';
}

/** What decides the records of each stage; nothing of a stage of which it is not known. */
export type StageFingerprints = Readonly<Partial<Record<StageName, Fingerprint>>>;

/** Stages that a run of an earlier version left, and what becomes of them; those with other options are not among them. */
export async function earlierStages(
  config: RunConfig,
  fingerprints: StageFingerprints,
): Promise<ReadonlyMap<StageName, EarlierStage>> {
  const earlier = new Map<StageName, EarlierStage>();
  const { checkpoints } = runFilesOf(config);
  for (const stage of STAGES) {
    const found = await checkpointToContinue(checkpoints[stage], config);
    const asked = fingerprints[stage];
    if (found === undefined || asked === undefined) continue;
    if (!isEarlier(stage, found) || !isSameChoice(stage, found, asked)) continue;
    const { retry } = await readRequests(stageFiles(checkpoints[stage]), nodeFileSystem);
    const isFinished = found.status === 'completed' && config.mode !== 'retry' && retry === undefined;
    earlier.set(stage, {
      fingerprint: fingerprintOf(found.fingerprint.options),
      records: found.processed_data.records,
      fate: isFinished || config.mode === 'merge' ? 'kept' : 'redone',
    });
  }
  return earlier;
}

/** What a user should know of it. */
export function earlierNotice(stage: StageName, { records, fate }: EarlierStage): string {
  const what = `the ${records} records of the ${stage} stage were made by an earlier version of midiloom, which made others`;
  return fate === 'kept' ? `${what}; they are kept` : `${what}; they are set aside and done again`;
}

function isEarlier(stage: StageName, { fingerprint: { options } }: CheckpointFile): boolean {
  const version = options[versionOption(stage)];
  return typeof version === 'number' && version < RESULTS_VERSION[stage];
}

/** Whether nothing differs that the earlier version knew, too. */
function isSameChoice(stage: StageName, { fingerprint }: CheckpointFile, now: Fingerprint): boolean {
  const upgraded = stage === 'midi' ? upgradedOptions(fingerprint.options) : fingerprint.options;
  const before = fingerprintOf({ ...upgraded, [versionOption(stage)]: RESULTS_VERSION[stage] });
  return Object.entries(before.options).every(([name, value]) => now.options[name] === value);
}

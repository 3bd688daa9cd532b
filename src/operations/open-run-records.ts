import type { StageReading } from '../checkpoint/read-stage.ts';
import { type ProcessOptions, type RunConfig, resolveRunConfig } from '../config/run-config.ts';
import type { LearningInput } from '../dataset/learn-vocabulary.ts';
import { CheckpointError, ConfigError } from '../errors.ts';
import { inputOptionsOf } from '../manifest/input-options.ts';
import { openPlan } from '../manifest/open-plan.ts';
import type { Plan } from '../manifest/plan.ts';
import { chosenCuration } from '../pipeline/choose/chosen-curation.ts';
import { keepSplits } from '../pipeline/open/keep-splits.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { readStagesOf } from '../run-directory/read-stage-of.ts';
import { recalledOptions } from '../run-directory/recalled-options.ts';
import { readRunDescription } from '../run-directory/run-description.ts';
import { refuseTask } from './tasks/refuse-task.ts';

/** What a run has made so far, and what decides which of it are rows, and of which split. */
export interface RunRecords {
  readonly directory: string;
  readonly config: RunConfig;
  readonly plan: Plan;
  readonly stages: { readonly midi: StageReading; readonly text: StageReading };
  readonly sources: LearningInput;
}

export interface RecordsReading {
  /** Whether pairs come with the MIDI files that lie in the manifest. */
  readonly readsMidi: boolean;
  readonly signal: AbortSignal | undefined;
}

const BATCH_PAIRS = 512;

/**
 * The records of a run, which may be going.
 *
 * @param given - options that are to be others than those of the run.
 * @throws ConfigError `no_run`, `one_task`, `no_checkpoint`; CheckpointError `plan_changed`.
 */
export async function openRunRecords(
  run: RunPlace,
  given: ProcessOptions,
  { readsMidi, signal }: RecordsReading,
): Promise<RunRecords> {
  const files = await filesOf(run);
  const { directory } = files;
  await refuseTask(directory, 'data set');
  const description = await readRunDescription(directory);
  if (description === undefined)
    throw new ConfigError('no_run', `${directory} is not a run directory: it has no run.json.`);
  const options = { ...given, outputDir: directory };
  const config = resolveRunConfig(options, recalledOptions(options, description));
  const { midi, text } = await readStagesOf(files);
  if (midi === undefined || text === undefined) {
    throw new ConfigError('no_checkpoint', `A stage of ${directory} has no checkpoint: nothing has been saved yet.`);
  }
  const plan = await openSamePlan(config, midi);
  const sources = {
    pairs: () => plan.batches(0, BATCH_PAIRS, signal, readsMidi),
    midiRecords: () => midi.reader.records(),
    textRecords: () => text.reader.records(),
    total: plan.total,
    curation: keepSplits(await chosenCuration(config), plan, config),
    firstOfRecord: plan.firstOfRecord,
    signal,
  };
  return { directory, config, plan, stages: { midi, text }, sources };
}

/** The manifest that the records were made from. */
async function openSamePlan(config: RunConfig, { checkpoint }: StageReading): Promise<Plan> {
  const { last_processed_idx: last, plan: saved } = checkpoint;
  const plan = await openPlan({ ...inputOptionsOf(config), inputFile: config.inputFile, marks: [last + 1] });
  const isSame =
    plan.hashAt(last + 1) === saved.hash_at_last || (await plan.byteHashAt(last + 1)) === saved.hash_at_last;
  if (isSame) return plan;
  throw new CheckpointError(
    'plan_changed',
    `${config.inputFile} is not the manifest that the run was made from; run \`midiloom process\` again before.`,
  );
}

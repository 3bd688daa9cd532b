import { nodeFileSystem } from '../../checkpoint/file-system.ts';
import { readStage } from '../../checkpoint/read-stage.ts';
import { stageFiles } from '../../checkpoint/stage-files.ts';
import { NO_REQUESTS, readRequests } from '../../checkpoint/stage-requests.ts';
import { type Fingerprint, fingerprintOf } from '../../config/fingerprint.ts';
import type { ProcessOptions, RunConfig } from '../../config/run-config.ts';
import { threadsOf } from '../../config/threads.ts';
import { datasetPlace } from '../../dataset/dataset-place.ts';
import { CheckpointError, ConfigError, MissingError } from '../../errors.ts';
import { inputOptionsOf } from '../../manifest/input-options.ts';
import { openPlan } from '../../manifest/open-plan.ts';
import type { Plan } from '../../manifest/plan.ts';
import { checkLearning } from '../../pipeline/choose/check-learning.ts';
import { chosenCuration } from '../../pipeline/choose/chosen-curation.ts';
import { chosenPacking } from '../../pipeline/choose/chosen-packing.ts';
import { chosenTokenizer } from '../../pipeline/choose/chosen-tokenizer.ts';
import { encoderSource } from '../../pipeline/choose/encoder-source.ts';
import { midiFingerprint, textFingerprint } from '../../pipeline/choose/fingerprints.ts';
import { type HiddenStatesSize, hiddenStatesSize } from '../../pipeline/choose/hidden-states-size.ts';
import { keptTokenizer } from '../../pipeline/choose/kept-tokenizer.ts';
import { resolveRun } from '../../pipeline/choose/resolve-run.ts';
import { checkOptions } from '../../pipeline/open/check-options.ts';
import { checkPlan } from '../../pipeline/open/check-plan.ts';
import { foreseeUpdate } from '../../pipeline/update/foresee-update.ts';
import { isUpdating } from '../../pipeline/update/is-updating.ts';
import type { UpdateCounts } from '../../pipeline/update/update-plan.ts';
import { type RunFiles, runFilesOf, STAGES, type StageName } from '../../run-directory/run-files.ts';
import { readTasks } from '../../run-directory/tasks-file.ts';
import { createTokenizer } from '../../tokens/create-tokenizer.ts';
import type { OperationContext } from '../operation-context.ts';
import { type RunState, runState } from '../run-state.ts';
import { type FoundStage, planStage, type StagePlan, updatedStage } from './plan-stage.ts';

/** What a run would do, were it started now. */
export interface RunPlan extends RunState {
  readonly directory: string;
  readonly mode: RunConfig['mode'];
  readonly input_file: string;
  /** Where relative MIDI paths start. */
  readonly midi_root: string;
  readonly pairs: number;
  readonly workers: number;
  readonly stages: Readonly<Record<StageName, StagePlan>>;
  /** What an update would keep and make, and why; `null` where none is asked for or under way. */
  readonly update: UpdateCounts | null;
  readonly text_encoder: string;
  /** Why the text model cannot be had without the network; `null` where it is here, or not needed. */
  readonly text_model_missing: string | null;
  /** What hidden states of captions take at most, where they are asked for and the model is here. */
  readonly hidden_states: HiddenStatesSize | null;
  /** `null` where none would be written. */
  readonly output: OutputPlan | null;
}

export interface OutputPlan {
  readonly dataset: string;
  /** Whether one is there, whose place it would take. */
  readonly replaces: boolean;
  readonly formats: readonly string[];
  readonly splits: readonly { readonly name: string; readonly share: number }[];
  readonly filters: readonly string[];
}

/**
 * What `processPairs` would do with the same options. Reads the manifest and the checkpoints, takes no lock, downloads and writes
 * nothing; refuses what a run would refuse.
 *
 * @throws ConfigError, CheckpointError; match on their `code`.
 */
export async function planRun(options: ProcessOptions, { signal }: OperationContext = {}): Promise<RunPlan> {
  if ((options.tasks ?? options.task ?? null) !== null) {
    throw new ConfigError(
      'invalid_option',
      '--dry_run is for a whole run: leave out --tasks and --task, and give another --output_dir, to see what all tasks would do.',
    );
  }
  const { config, description } = await resolveRun(options);
  if ((await readTasks(config.outputDir)) !== undefined) {
    throw new ConfigError(
      'run_in_tasks',
      `--dry_run is for a run on one machine: how far the tasks of this one are is said by midiloom status ${config.outputDir}.`,
    );
  }
  const curation = await chosenCuration(config);
  const updates = isUpdating(config, description);
  const tokenizer = updates ? chosenTokenizer(config) : await keptTokenizer(config, chosenTokenizer(config));
  await checkLearning(config, tokenizer);
  chosenPacking(config, tokenizer.tokenization, () => createTokenizer(tokenizer).vocabulary);
  const files = runFilesOf(config);
  const left = await readStages(files, config);
  const planAt = (marks: readonly number[]): Promise<Plan> =>
    openPlan({ ...inputOptionsOf(config), inputFile: config.inputFile, marks, signal, part: description.task?.part });
  const before = (description.task?.part.first ?? 0) - 1;
  const plan = await planAt(STAGES.map((stage) => (left[stage].reading?.lastIndex ?? before) + 1));
  const encoder = await encoderHere(config, plan, signal);
  const midi = midiFingerprint(config, tokenizer);
  const text = encoder.identity === undefined ? undefined : textFingerprint(config, encoder.identity);
  const update = updates ? await updateOf({ config, left, planAt, midi, text, signal }) : null;
  const earlier = updates ? NO_EARLIER : await checkOptions(config, text === undefined ? { midi } : { midi, text });
  const foundOf = (stage: StageName): FoundStage =>
    earlier.get(stage)?.fate === 'redone' ? { reading: undefined, requests: NO_REQUESTS } : left[stage];
  const found = { midi: foundOf('midi'), text: foundOf('text') };
  if (!updates) for (const stage of STAGES) await checkStagePlan(plan, found[stage], files.checkpoints[stage]);
  const state = await runState(
    files,
    STAGES.map((stage) => found[stage].reading?.checkpoint.status ?? 'not_started'),
  );
  const planned = (stage: StageName): Promise<StagePlan> | StagePlan =>
    update === null ? planStage(found[stage], stage, { config, plan, signal }) : updatedStage(update.stages[stage]);
  const stages = { midi: await planned('midi'), text: await planned('text') };
  const isDone = STAGES.every((stage) => config.mode !== 'retry' || stages[stage].new === 0);
  return {
    directory: config.outputDir,
    ...state,
    mode: config.mode,
    input_file: config.inputFile,
    midi_root: config.midiRoot ?? plan.defaultMidiRoot,
    pairs: plan.total,
    workers: threadsOf(config.workers),
    stages,
    update,
    text_encoder: config.textEncoder === 'transformers' ? config.textModel : config.textEncoder,
    text_model_missing: encoder.missing,
    hidden_states: encoder.identity === undefined ? null : hiddenStatesSize(encoder.identity, plan.total),
    output:
      (isDone && (config.mode !== 'merge' || isWhole(stages))) || config.savePartial
        ? {
            dataset: datasetPlace(config.outputDir).finished,
            replaces: state.dataset !== 'absent',
            formats: config.outputFormat,
            splits: curation.splits,
            filters: curation.filters.map(({ name }) => name),
          }
        : null,
  };
}

const NO_EARLIER: Awaited<ReturnType<typeof checkOptions>> = new Map();

interface UpdateFacts {
  readonly config: RunConfig;
  readonly left: Readonly<Record<StageName, FoundStage>>;
  readonly planAt: (marks: readonly number[]) => Promise<Plan>;
  readonly midi: Fingerprint;
  /** `undefined` where the model is not here: then it is taken for the one that there was. */
  readonly text: Fingerprint | undefined;
  readonly signal: AbortSignal | undefined;
}

async function updateOf({ config, left, planAt, midi, text, signal }: UpdateFacts): Promise<UpdateCounts> {
  const inPlace = { midi: left.midi.reading, text: left.text.reading };
  const asked = { midi, text: text ?? fingerprintOf(inPlace.text?.checkpoint.fingerprint.options ?? {}) };
  const { plan } = await foreseeUpdate({
    config,
    asked,
    inPlace,
    planAt,
    tell: () => {},
    onBadSegment: async () => {},
    signal,
  });
  return plan.counts();
}

function isWhole(stages: RunPlan['stages']): boolean {
  return STAGES.every((stage) => stages[stage].new === 0);
}

async function readStages(files: RunFiles, config: RunConfig): Promise<Readonly<Record<StageName, FoundStage>>> {
  const read = async (stage: StageName): Promise<FoundStage> => {
    const file = files.checkpoints[stage];
    if (config.forceRestart) return { reading: undefined, requests: NO_REQUESTS };
    return { reading: await readStage(file), requests: await readRequests(stageFiles(file), nodeFileSystem) };
  };
  const found = { midi: await read('midi'), text: await read('text') };
  if (config.mode === 'start' && STAGES.some((stage) => found[stage].reading !== undefined)) {
    throw new CheckpointError(
      'checkpoint_exists',
      `${files.directory} has the checkpoint of an earlier run: --mode start would be refused.`,
    );
  }
  return found;
}

/** The encoder as far as it is on this machine. */
async function encoderHere(config: RunConfig, plan: Plan, signal: AbortSignal = new AbortController().signal) {
  try {
    const { identity } = await encoderSource({ ...config, offline: true }, plan, { emit: () => {}, signal });
    return { identity, missing: null };
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    return {
      identity: undefined,
      missing: error.code === 'text_runtime_missing' || config.offline ? error.message : 'it would be downloaded',
    };
  }
}

async function checkStagePlan(plan: Plan, { reading }: FoundStage, file: string): Promise<void> {
  if (reading === undefined) return;
  const { firstIndex, lastIndex, checkpoint, reader } = reading;
  const { hash_at_last: planHash } = checkpoint.plan;
  await checkPlan(plan, { firstIndex, lastIndex, planHash, manifest: () => reader.manifest() }, file);
}

import { removeEarlier } from '../../checkpoint/earlier-stage.ts';
import { nodeFileSystem } from '../../checkpoint/file-system.ts';
import { openStageStore, type UsedPlace } from '../../checkpoint/open-stage-store.ts';
import { readStatus, type StatusReading } from '../../checkpoint/read-status.ts';
import { stageFiles } from '../../checkpoint/stage-files.ts';
import type { StageStore } from '../../checkpoint/stage-store.ts';
import type { Fingerprint } from '../../config/fingerprint.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { CheckpointError } from '../../errors.ts';
import { adoptInline } from '../../interchange/adopt-inline.ts';
import { inputOptionsOf } from '../../manifest/input-options.ts';
import { openPlan } from '../../manifest/open-plan.ts';
import type { Plan } from '../../manifest/plan.ts';
import { readManifestNote, saveManifestNote } from '../../run-directory/manifest-note-file.ts';
import { keptOptions, type RunDescription } from '../../run-directory/run-description.ts';
import { STAGES, type StageName } from '../../run-directory/run-files.ts';
import { freshSessionId, readSessions, SessionLog } from '../../run-directory/session-log.ts';
import type { Chosen } from '../choose/choose.ts';
import { chosenSegmentPacking } from '../choose/chosen-segment-packing.ts';
import { type EncoderSource, encoderSource } from '../choose/encoder-source.ts';
import { midiFingerprint, textFingerprint } from '../choose/fingerprints.ts';
import { rememberRun } from '../choose/remember-run.ts';
import { type ResumePoint, resumePoint } from '../resume-point.ts';
import type { RunContext } from '../run-events.ts';
import { refuseOtherFingerprints } from '../tasks/refuse-other-tasks.ts';
import type { BegunUpdate } from '../update/begin-update.ts';
import { changedInPlace } from '../update/changed-in-place.ts';
import { isUpdating } from '../update/is-updating.ts';
import type { MidiWorkers } from '../work/midi-workers.ts';
import { changedInputs } from './changed-inputs.ts';
import { checkOptions } from './check-options.ts';
import { checkPlan } from './check-plan.ts';
import { earlierNotice } from './earlier-results.ts';
import { keepSplits } from './keep-splits.ts';
import { retryLost } from './retry-pairs.ts';
import { uselessGpu } from './useless-gpu.ts';

/** What a run works with: what it was told, and the stages and plan that belong together. */
export interface OpenedRun {
  readonly config: RunConfig;
  readonly context: RunContext;
  readonly chosen: Chosen;
  readonly encoder: EncoderSource;
  readonly workers: MidiWorkers;
  readonly session: SessionLog;
  readonly resumed: ResumePoint;
  readonly plan: Plan;
  readonly midi: StageStore;
  readonly text: StageStore;
  /** The pairs that earlier sessions made from files which are others by now; looked for once. */
  readonly changed: (stage: StageName) => Promise<readonly number[]>;
  /** Set while an update is under way. */
  readonly update: BegunUpdate | undefined;
}

/**
 * Opens both stages and the plan, and makes sure that they belong together.
 *
 * @throws CheckpointError where continuing would corrupt; ConfigError for a manifest that cannot be read.
 */
export async function openRun(
  config: RunConfig,
  chosen: Chosen,
  secondPlace: UsedPlace | undefined,
  context: RunContext,
  workers: MidiWorkers,
): Promise<OpenedRun> {
  const sessions = await readSessions(config.outputDir);
  const sessionId = freshSessionId(sessions, new Date());
  if (!config.forceRestart) await adoptExports(config, sessionId, context);
  // The manifest is read before anything is opened, so that a bad one changes nothing.
  const expected = await expectedMarks(config);
  const foreseen = STAGES.flatMap((stage) => expected[stage] ?? []);
  const known = await readManifestNote(config.outputDir, context.log);
  const { task } = chosen.description;
  const preview = await planAt(foreseen, known, config, task);
  const goesOn = config.mode === 'start' || config.mode === 'continue';
  if (goesOn && (expected.midi ?? preview.first) < preview.end)
    workers.startFirst(config.midiRoot ?? preview.defaultMidiRoot);
  const useless = uselessGpu(config, chosen.description);
  if (useless !== undefined) context.emit({ type: 'notice', message: useless });
  const encoder = await encoderSource(config, preview, context);
  const asked = {
    midi: midiFingerprint(config, chosen.tokenizer),
    text: textFingerprint(config, encoder.identity),
  };
  if (chosen.agreed !== undefined && task !== undefined)
    refuseOtherFingerprints(config.outputDir, chosen.agreed, asked);
  const update = isUpdating(config, chosen.description)
    ? await (await import('../update/begin-update.ts')).beginUpdate({
        config,
        chosen,
        context,
        secondPlace,
        sessionId,
        asked,
        planAt: (marks) => planAt(marks, undefined, config, task),
      })
    : undefined;
  if (update === undefined) await removeLeftovers(config, chosen.description);
  const earlier = await checkOptions(config, asked);
  const fingerprintOf = (stage: StageName): Fingerprint => {
    const found = earlier.get(stage);
    return found?.fate === 'kept' ? found.fingerprint : asked[stage];
  };
  const fingerprints = { midi: fingerprintOf('midi'), text: fingerprintOf('text') };
  const redone = new Set(STAGES.filter((stage) => earlier.get(stage)?.fate === 'redone'));
  for (const [stage, found] of earlier) context.emit({ type: 'notice', message: earlierNotice(stage, found) });
  // The splits of a task are decided with those of the others, when all are joined.
  const curation = task === undefined ? keepSplits(chosen.curation, preview, config) : chosen.curation;
  const packing = chosenSegmentPacking(config, (message) => context.emit({ type: 'notice', message }));
  const openStore = async (stage: 'midi' | 'text', checkpointFile: string, fingerprint: Fingerprint) => {
    const { store, recovered } = await openStageStore({
      checkpointFile,
      stage,
      sessionId,
      plan: { inputFile: config.inputFile, fields: { ...preview.fields }, firstIndex: preview.first },
      fingerprint,
      restart: config.forceRestart || redone.has(stage),
      keepsRequests: !config.forceRestart,
      secondPlace,
      packing,
      lost: context.lost,
      log: context.log,
    });
    for (const { message } of recovered) context.emit({ type: 'notice', message });
    if (recovered.some(({ code }) => code === 'lost_segments')) await retryLost(store);
    return store;
  };
  const midi = await openStore('midi', config.midiCheckpoint, fingerprints.midi);
  const text = await openStore('text', config.textCheckpoint, fingerprints.text);
  if (config.mode === 'start') refuseExisting([midi, text], config);
  const marks = [midi.lastIndex + 1, text.lastIndex + 1];
  const note = preview.note ?? known;
  const isForeseen = marks.every((mark) => mark === preview.first || foreseen.includes(mark));
  const noted = isForeseen ? preview : await planAt(marks, note, config, task);
  // Before a manifest is called another one, it is read without what is noted of it.
  const isAsSaved = [midi, text].every(
    ({ lastIndex, planHash }) => lastIndex < preview.first || noted.hashAt(lastIndex + 1) === planHash,
  );
  const plan = isAsSaved || note === undefined ? noted : await planAt(marks, undefined, config, task);
  await checkPlan(plan, midi, config.midiCheckpoint);
  await checkPlan(plan, text, config.textCheckpoint);
  const { update: _, ...plain } = chosen.description;
  const description = update?.description ?? (config.forceRestart ? plain : chosen.description);
  await rememberRun(config, description, chosen.tokenizerFile);
  const learnt = plan.note ?? preview.note;
  if (learnt !== undefined) await saveManifestNote(config.outputDir, learnt, context.log);
  const resumed = resumePoint(midi, text, sessions.at(-1));
  const session = await SessionLog.begin(config.outputDir, sessionId, keptOptions(config).options);
  const changedFiles = changedInputs({ midi, text }, config, plan, context, update !== undefined);
  const changed = update === undefined ? changedFiles : changedInPlace(update, { midi, text }, changedFiles);
  const kept = { ...chosen, description, curation };
  return { config, context, chosen: kept, encoder, workers, session, resumed, plan, midi, text, changed, update };
}

/** What an update that came to its end may have left. */
async function removeLeftovers(
  { forceRestart, midiCheckpoint, textCheckpoint }: RunConfig,
  { update }: RunDescription,
) {
  if (update !== undefined && !forceRestart) return;
  for (const file of [midiCheckpoint, textCheckpoint]) await removeEarlier(stageFiles(file), nodeFileSystem);
}

function planAt(
  marks: readonly number[],
  note: string | undefined,
  config: RunConfig,
  task: RunDescription['task'],
): Promise<Plan> {
  const { inputFile, checkInputs } = config;
  const trustsTimes = checkInputs !== 'all';
  return openPlan({ ...inputOptionsOf(config), inputFile, marks, note, trustsTimes, part: task?.part });
}

/** `checkpoint export` writes what may lie in the place of a checkpoint. */
async function adoptExports(config: RunConfig, sessionId: string, { log, emit }: RunContext): Promise<void> {
  for (const file of [config.midiCheckpoint, config.textCheckpoint]) {
    const message = await adoptInline(file, sessionId, log);
    if (message !== undefined) emit({ type: 'notice', message });
  }
}

/** Where the stages will resume unless a recovery sets one of them back. */
async function expectedMarks(config: RunConfig): Promise<Readonly<Partial<Record<StageName, number>>>> {
  if (config.forceRestart) return {};
  const [midi, text] = await Promise.all(
    [config.midiCheckpoint, config.textCheckpoint].map((file) => readStatus(file)),
  );
  return { ...markOf('midi', midi), ...markOf('text', text) };
}

function markOf(stage: StageName, found: StatusReading | undefined): Partial<Record<StageName, number>> {
  return found?.kind === 'valid' ? { [stage]: found.checkpoint.last_processed_idx + 1 } : {};
}

function refuseExisting(stores: readonly StageStore[], config: RunConfig): void {
  if (stores.every(({ saved }) => saved.status === 'not_started')) return;
  throw new CheckpointError(
    'checkpoint_exists',
    `${config.outputDir} has the checkpoint of an earlier run. Go on with --mode continue, ` +
      'begin again with --force_restart, or use another --output_dir.',
  );
}

import type { ProcessOptions, RunConfig } from '../../config/run-config.ts';
import { CheckpointError, ConfigError } from '../../errors.ts';
import { inputOptionsOf } from '../../manifest/input-options.ts';
import { openPlan } from '../../manifest/open-plan.ts';
import { addTallies } from '../../run-directory/add-tallies.ts';
import { historyOfTasks } from '../../run-directory/history-of-tasks.ts';
import { DamagedTask, joinTasks } from '../../run-directory/join-tasks.ts';
import { readManifestNote, saveManifestNote } from '../../run-directory/manifest-note-file.ts';
import { readEachTask, type TaskReading, tallyTask } from '../../run-directory/read-task.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import { freshSessionId, readSessions, SessionLog } from '../../run-directory/session-log.ts';
import type { Tasks } from '../../run-directory/tasks-file.ts';
import { type Chosen, choose } from '../choose/choose.ts';
import { midiFingerprint } from '../choose/fingerprints.ts';
import { rememberRun } from '../choose/remember-run.ts';
import type { ResolvedRun } from '../choose/resolve-run.ts';
import { inRunDirectory } from '../open/in-run-directory.ts';
import { inSession } from '../open/in-session.ts';
import { keepSplits } from '../open/keep-splits.ts';
import { nameDamagedOutputs } from '../open/name-damaged-outputs.ts';
import type { MergedRun, MergedStage } from '../outputs/merged-run.ts';
import { writeOutputs } from '../outputs/write-outputs.ts';
import type { RunContext } from '../run-events.ts';
import type { RunResult } from '../run-result.ts';
import { otherDecisions } from './deciding-options.ts';
import { fetchTask } from './fetch-task.ts';
import { refuseOtherFingerprints, refuseOtherTasks } from './refuse-other-tasks.ts';
import { refuseOrTell } from './unready-tasks.ts';

/** Joins the records of all tasks into one data set: the ordinary merge, of stages that lie in several places. */
export async function mergeTasks(
  given: ProcessOptions,
  { config, description, tasks }: Omit<ResolvedRun, 'recalledFrom'> & { readonly tasks: Tasks },
  told: RunContext,
): Promise<RunResult> {
  const { outputDir: directory, inputFile, savePartial } = config;
  if (config.mode !== 'merge') throw workedOffInTasks(directory, tasks);
  const differences = otherDecisions(given, tasks.options, true);
  await refuseOtherTasks(tasks, { directory, inputFile, count: undefined, differences });
  const chosen = await choose(config, description);
  refuseOtherFingerprints(directory, tasks.fingerprints, { midi: midiFingerprint(config, chosen.tokenizer) });
  return inRunDirectory(config, description, told, async (context) => {
    const opened = await openPlanOfAll(config, chosen, tasks, context);
    await rememberRun(config, opened.chosen.description, chosen.tokenizerFile);
    const session = await SessionLog.begin(directory, freshSessionId(await readSessions(directory), new Date()));
    return inSession({ session, context }, async () => {
      await fetchAbsent(opened.chosen, config, tasks, context);
      for (const leftOut = new Set<number>(); ; ) {
        const found = await readTasksOnce(directory, tasks, leftOut);
        refuseOrTell(found, config, context);
        const run = { ...opened, config, context, session, ...joined(found, tasks, inputFile, session) };
        await nameDamagedOutputs(directory, context);
        try {
          const result = await writeOutputs(run, undefined);
          const undoneTasks = found.filter(({ state }) => state !== 'done').map(({ number }) => number);
          return undoneTasks.length === 0 ? result : { ...result, undoneTasks };
        } catch (error) {
          if (!savePartial || !(error instanceof DamagedTask)) throw error;
          leftOut.add(error.task.number);
          context.emit({ type: 'notice', message: `task ${error.task.name} is left out: ${error.message}` });
        }
      }
    });
  });
}

/** What other machines have worked off may be in the second place alone. */
async function fetchAbsent(chosen: Chosen, config: RunConfig, tasks: Tasks, context: RunContext): Promise<void> {
  const { backupDir, outputDir: directory } = config;
  if (backupDir === undefined) return;
  for await (const { number, of, state } of readEachTask(directory, tasks)) {
    context.signal.throwIfAborted();
    if (state === 'absent' || state === 'damaged')
      await fetchTask(config, { directory, number, of }, tasks, chosen, context);
  }
}

type Opened = Pick<MergedRun, 'chosen' | 'plan' | 'update'>;

async function openPlanOfAll(
  config: RunConfig,
  chosen: Chosen,
  { manifest }: Tasks,
  { log, emit, signal }: RunContext,
): Promise<Opened> {
  const { outputDir, inputFile, checkInputs } = config;
  const note = await readManifestNote(outputDir, log);
  const trustsTimes = checkInputs !== 'all';
  const plan = await openPlan({ ...inputOptionsOf(config), inputFile, note, trustsTimes, signal });
  if (plan.hash !== manifest.hash || plan.total !== manifest.pairs) {
    throw new CheckpointError(
      'plan_mismatch',
      `${inputFile} is not the manifest that was divided into tasks: it has ${plan.total} pairs, and that one had ${manifest.pairs}` +
        `${plan.total === manifest.pairs ? ', some of them others' : ''}. Put it back as it was.`,
    );
  }
  if (plan.note !== undefined) await saveManifestNote(outputDir, plan.note, log);
  for (const message of plan.notes) emit({ type: 'notice', message });
  return { chosen: { ...chosen, curation: keepSplits(chosen.curation, plan, config) }, plan, update: undefined };
}

async function readTasksOnce(
  directory: string,
  tasks: Tasks,
  leftOut: ReadonlySet<number>,
): Promise<readonly TaskReading[]> {
  const found: TaskReading[] = [];
  for await (const task of readEachTask(directory, tasks)) {
    found.push(leftOut.has(task.number) ? { ...task, state: 'damaged', stages: {} } : task);
  }
  return found;
}

function joined(
  found: readonly TaskReading[],
  { fingerprints, manifest }: Tasks,
  inputFile: string,
  session: SessionLog,
): Pick<MergedRun, 'midi' | 'text' | 'history' | 'resumed' | 'tally'> {
  const isDone = found.every(({ state }) => state === 'done');
  const stageOf = (stage: StageName): MergedStage => {
    const reading = joinTasks(stage, found);
    const saved = reading?.checkpoint ?? { ...NOTHING_SAVED, plan: { input_file: inputFile } };
    return {
      saved: { ...saved, fingerprint: fingerprints[stage] },
      statistics: { commits: 0, bytesWritten: 0, seconds: 0 },
      isDone: (end) => isDone && end === manifest.pairs,
      records: () => reading?.reader.records() ?? nothing(),
      recordsOf: async (indices) => (await reading?.reader.recordsOf(indices)) ?? new Map(),
    };
  };
  const [midi, text] = [stageOf('midi'), stageOf('text')];
  const tally = addTallies(found.map(tallyTask));
  const resumed = {
    midi: midi.saved.processed_data.records,
    text: text.saved.processed_data.records,
    failed: tally.failed,
    seconds: Math.max(midi.saved.batch_info.processing_time, text.saved.batch_info.processing_time),
    savedAt: undefined,
    stoppedBy: undefined,
  };
  return { midi, text, tally: () => tally, resumed, history: historyOfTasks(found, () => session.sessions()) };
}

const NOTHING_SAVED = {
  failed_count: 0,
  processed_data: { records: 0, bytes: 0 },
  batch_info: { processing_time: 0 },
};

async function* nothing(): AsyncGenerator<never> {}

function workedOffInTasks(directory: string, { parts }: Tasks): ConfigError {
  return new ConfigError(
    'run_in_tasks',
    `${directory} is worked off in ${parts.length} tasks: say which by --task N (or --task auto), or join them by --mode merge.`,
  );
}

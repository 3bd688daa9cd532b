import type { StageReading } from '../checkpoint/read-stage.ts';
import { findRunHolder } from '../checkpoint/run-lock.ts';
import { type Curation, type CurationOptions, curate, splitNames } from '../dataset/curation.ts';
import type { StageSources } from '../dataset/finished-in-both.ts';
import { joinByIndex, type StageName } from '../dataset/join-by-index.ts';
import type { PairBatch } from '../dataset/pair-cursor.ts';
import { rowFacts } from '../dataset/row-facts.ts';
import { CheckpointError, ConfigError, StorageError } from '../errors.ts';
import { type Log, silent } from '../log.ts';
import { inputOptionsOf } from '../manifest/input-options.ts';
import { openPlan } from '../manifest/open-plan.ts';
import type { Plan } from '../manifest/plan.ts';
import { reportRow } from '../pipeline/outputs/report-row.ts';
import { writeReport } from '../pipeline/outputs/write-report.ts';
import { needsMetadata } from '../quality/parse-filters.ts';
import { ReportCollector } from '../report/report-collector.ts';
import type { ReportFacts } from '../report/report-facts.ts';
import { historyOfTasks } from '../run-directory/history-of-tasks.ts';
import { filesOf, type RunPlace } from '../run-directory/locate-run.ts';
import { readMetrics } from '../run-directory/metrics-log.ts';
import { readStagesOf } from '../run-directory/read-stage-of.ts';
import { readRunDescription } from '../run-directory/run-description.ts';
import { readSessions } from '../run-directory/session-log.ts';
import { tokenizerOfStage } from '../run-directory/tokenizer-of-stage.ts';
import { DatasetSummary } from '../stats/dataset-summary.ts';
import { buildProcessingStats } from '../stats/processing-stats.ts';
import { createTokenizer } from '../tokens/create-tokenizer.ts';
import { curationOfRun } from './curation-of-run.ts';
import { namelessPair } from './nameless-pair.ts';
import type { OperationContext } from './operation-context.ts';
import { refuseTask } from './tasks/refuse-task.ts';

const BATCH_PAIRS = 512;

/**
 * Writes the report of a run directory from what its checkpoints hold, without the lock: also of a run that is going,
 * was stopped, or whose MIDI files are gone.
 *
 * @throws ConfigError `one_task`; CheckpointError `nothing_to_report` where no pair has been through the MIDI stage; what reading the stages throws.
 */
export async function reportRun(
  run: RunPlace,
  { log = silent, signal }: OperationContext = {},
): Promise<{ readonly file: string; readonly facts: ReportFacts }> {
  const files = await filesOf(run);
  const { directory } = files;
  await refuseTask(directory, 'report');
  const { midi, text, tasks } = await readStagesOf(files);
  const isRunning =
    tasks?.some(({ holder }) => holder !== undefined) === true || (await findRunHolder(directory)) !== undefined;
  const ownSessions = () => readSessions(directory);
  const history =
    tasks === undefined
      ? { sessions: ownSessions, saves: () => readMetrics(directory) }
      : historyOfTasks(tasks, ownSessions);
  if (midi === undefined) {
    throw new CheckpointError('nothing_to_report', `${directory} has no checkpoint of a run with finished pairs.`);
  }
  const tokenizer = tokenizerOfStage(midi.checkpoint, directory);
  const summary = new DatasetSummary(createTokenizer(tokenizer).vocabulary.columns.map(({ tokens }) => tokens));
  const collector = new ReportCollector();
  const total = midi.checkpoint.total_files;
  const readable = Math.max(midi.lastIndex, text?.lastIndex ?? -1) + 1;
  const records = {
    midiRecords: () => midi.reader.records(),
    textRecords: () => text?.reader.records() ?? nothing(),
  };
  const input = inputOptionsOf((await readRunDescription(directory))?.options ?? {});
  const plan = await readablePlan(midi.checkpoint, input, log);
  const chosen = curationWith(plan, await curationOfRun(directory), log);
  const pairs = () => pairsOf(plan, readable);
  const curation = await curate({ ...records, total, pairs, curation: chosen, scratchFolder: directory });
  const splits = Object.fromEntries(splitNames(chosen).map((name) => [name, 0]));
  await collectRows({ ...records, pairs: pairs(), curation, splits, summary, collector, signal });
  for (let index = readable; index < total; index++) summary.addPendingPair();

  const isDone = [midi, text].every((stage) => stage?.checkpoint.status === 'completed');
  const state = isRunning ? 'running' : isDone ? 'complete' : 'partial';
  const stages = {
    midi: midi.checkpoint,
    ...(text === undefined ? {} : { text: text.checkpoint }),
  };
  const stats = buildProcessingStats({
    total,
    partial: !isDone,
    summary: summary.facts(),
    curation: curation.facts(splits),
    stages: Object.fromEntries(Object.entries(stages).map(([name, checkpoint]) => [name, timesOf(checkpoint)])),
    sessions: await history.sessions(),
  });
  return writeReport({
    outputDir: directory,
    state,
    stats,
    summary,
    collector,
    stages,
    saves: await history.saves(),
    tokenizer,
    log,
  });
}

function timesOf({ processed_data, failed_count, batch_info }: StageReading['checkpoint']) {
  return { done: processed_data.records, failed: failed_count, seconds: batch_info.processing_time };
}

interface Collecting extends StageSources {
  readonly pairs: AsyncIterable<PairBatch>;
  readonly curation: Curation;
  /** Rows of each split. */
  readonly splits: Record<string, number>;
  readonly summary: DatasetSummary;
  readonly collector: ReportCollector;
  readonly signal: AbortSignal | undefined;
}

/** Does what the merge does, without writing. One stage may be far ahead of the other. */
async function collectRows({
  pairs,
  curation,
  splits,
  summary,
  collector,
  signal,
  ...records
}: Collecting): Promise<void> {
  const [midiRecords, textRecords] = [records.midiRecords(), records.textRecords()];
  for await (const joined of joinByIndex({ pairs, midiRecords, textRecords })) {
    signal?.throwIfAborted();
    if (joined.kind === 'failed') {
      summary.addFailedPair(joined.failures.map(({ stage, failure }) => failureOf(stage, failure)));
      continue;
    }
    if (joined.kind === 'pending') {
      summary.addPendingPair();
      continue;
    }
    const { fate, row } = curation.decide(joined.row);
    if (fate !== 'row') {
      summary.addLeftOutPair();
      continue;
    }
    splits[row.split] = (splits[row.split] ?? 0) + 1;
    summary.addRow(rowFacts(row));
    collector.add(reportRow(row));
  }
}

function failureOf(stage: StageName, { code, index, error }: { code: string; index: number; error: string }) {
  return { stage, code, index, error };
}

async function* nothing(): AsyncGenerator<never> {}

/** The pairs by the manifest where it is still there, else known by their index alone. */
async function* pairsOf(plan: Plan | undefined, count: number): AsyncGenerator<PairBatch> {
  if (plan === undefined) {
    for (let first = 0; first < count; first += BATCH_PAIRS) {
      yield {
        pairs: Array.from({ length: Math.min(BATCH_PAIRS, count - first) }, (_, at) => namelessPair(first + at)),
      };
    }
    return;
  }
  for await (const { pairs } of plan.batches(0, BATCH_PAIRS)) {
    const wanted = pairs.filter(({ index }) => index < count);
    if (wanted.length > 0) yield { pairs: wanted };
    if (wanted.length < pairs.length) return;
  }
}

/** Without the manifest nobody can say what a filter on its fields would reject. */
function curationWith(plan: Plan | undefined, curation: CurationOptions, log: Log): CurationOptions {
  if (plan !== undefined || !needsMetadata(curation.filters)) return curation;
  const filters = curation.filters.filter((filter) => !needsMetadata([filter]));
  log('warning', 'the filters on fields of the manifest are left out of the report, which cannot read them');
  return { ...curation, filters };
}

async function readablePlan(
  { plan: saved, last_processed_idx: last }: StageReading['checkpoint'],
  input: ReturnType<typeof inputOptionsOf>,
  log: Log,
): Promise<Plan | undefined> {
  const without = (why: string): undefined => {
    log('warning', `pairs are known by their index alone: ${why}`);
    return undefined;
  };
  try {
    const plan = await openPlan({ ...input, inputFile: saved.input_file, marks: [last + 1] });
    if (plan.hashAt(last + 1) === saved.hash_at_last || (await plan.byteHashAt(last + 1)) === saved.hash_at_last)
      return plan;
    return without(`${saved.input_file} is another manifest now`);
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof StorageError)) throw error;
    return without(`the manifest cannot be read: ${error.message}`);
  }
}

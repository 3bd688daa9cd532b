import { join } from 'node:path';
import { writeSharedFile } from '../../checkpoint/durable-replace.ts';
import type { MergeResult } from '../../dataset/merge-dataset.ts';
import { messageOf } from '../../errors.ts';
import type { RunTask } from '../../run-directory/run-description.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import { runOfTask } from '../../run-directory/task-directory.ts';
import { buildProcessingStats, type CacheCounts, type ProcessingStats } from '../../stats/processing-stats.ts';
import type { RunContext } from '../run-events.ts';
import type { DatasetResult, RunResult, StageResult } from '../run-result.ts';
import type { StageMeters } from '../work/run-stages.ts';
import { unlessAborted } from '../work/unless-aborted.ts';
import type { HeadStart } from './head-start.ts';
import { mergeRows } from './merge-rows.ts';
import type { MergedRun, MergedStage } from './merged-run.ts';
import { nameAbsentFields } from './name-absent-fields.ts';
import { type ReportSource, writeReport } from './write-report.ts';

/**
 * Merges what is done into a data set with its statistics, where that is due, and says how the run ended.
 *
 * @param headStart - a merge that was begun while the stages worked.
 */
export async function writeOutputs(
  opened: MergedRun,
  meters: StageMeters | undefined,
  headStart?: HeadStart,
): Promise<RunResult> {
  const { config, context, plan, midi, text, session } = opened;
  const isDone = [midi, text].every((store) => store.isDone(plan.end));
  const { task } = opened.chosen.description;
  const isDue = task === undefined && ((isDone && !context.signal.aborted) || config.savePartial);
  if (!isDone || context.signal.aborted) await headStart?.giveUp();
  const dataset = isDue
    ? await unlessAborted(context.signal, () => writeDataset(opened, !isDone, meters?.cache, headStart))
    : undefined;
  const isComplete = isDone && (dataset !== undefined || (task !== undefined && !context.signal.aborted));
  const { completed, failed, skipped, foreign, codes } = opened.tally();
  return {
    status: isComplete ? 'complete' : context.signal.aborted ? 'interrupted' : 'incomplete',
    ...(task === undefined ? {} : { task: taskOf(task, config.outputDir) }),
    total: plan.total,
    completed,
    failed,
    skipped,
    foreign,
    codes,
    maxFailed: config.maxFailed,
    tooManyFailed: failed > (config.maxFailed ?? Number.POSITIVE_INFINITY),
    nothingSucceeded: completed === 0 && failed > 0,
    stages: { midi: stageResult(midi, meters, 'midi'), text: stageResult(text, meters, 'text') },
    dataset,
    resumed: opened.resumed,
    update: opened.update?.plan.counts(),
    outputDir: config.outputDir,
    seconds: session.seconds,
  };
}

function taskOf({ number, of }: RunTask, outputDir: string): NonNullable<RunResult['task']> {
  return { number, of, run: runOfTask(outputDir)?.directory ?? outputDir };
}

async function writeDataset(
  opened: MergedRun,
  partial: boolean,
  cache: StageMeters['cache'],
  headStart: HeadStart | undefined,
): Promise<DatasetResult> {
  const { config, context, chosen, plan, midi, text } = opened;
  const rows =
    (await headStart?.finish()) ??
    (await mergeRows(opened, {
      midiRecords: () => midi.records(),
      textRecords: () => text.records(),
      partial,
      // A full merge can be made by the next run; a partial one is what `--save_partial` asks for when a run is stopped.
      signal: partial ? undefined : context.signal,
      onProgress: (progress) => context.emit({ type: 'merging', ...progress }),
    }));
  const { merged, collector, tokenizer, artist } = rows;
  tellOfLeaks(merged, context.emit);
  await nameAbsentFields(merged.curation.filters, plan, context);
  const statistics = await writeStatistics(opened, partial, merged, cache);
  const reportFile = await reportOrNotice(context, {
    outputDir: config.outputDir,
    state: partial ? 'partial' : 'complete',
    stats: statistics.stats,
    summary: merged.summary,
    collector,
    stages: {
      midi: midi.saved,
      text: text.saved,
    },
    saves: await opened.history.saves(),
    tokenizer,
    log: context.log,
    drawings: await artist.drawings(),
  });
  return {
    directory: merged.directory,
    rows: merged.rows,
    splits: merged.curation.splits,
    ...(chosen.curation.keptSplits === undefined ? {} : { keepsSplits: true }),
    partial,
    losses: merged.curation.losses,
    captions: merged.curation.captions,
    cutCaptions: cutCaptions(merged),
    files: merged.files.map(({ path }) => path),
    statisticsFile: statistics.file,
    reportFile,
  };
}

function cutCaptions({ summary }: MergeResult): number {
  const { counts = [] } = summary.fields.categoryFacts('text_features.truncated') ?? {};
  return counts.find(([value]) => value === 'true')?.[1] ?? 0;
}

/** The data set is there; a page that cannot be drawn does not take that back. */
async function reportOrNotice({ emit, lost }: RunContext, source: ReportSource): Promise<string | undefined> {
  try {
    return (await writeReport(source)).file;
  } catch (error) {
    lost?.throwIfAborted();
    const again = `midiloom report ${source.outputDir}`;
    emit({ type: 'notice', message: `the report was not written: ${messageOf(error)}; try it later: ${again}` });
    return undefined;
  }
}

async function writeStatistics(
  opened: MergedRun,
  partial: boolean,
  { facts, curation }: MergeResult,
  cache: StageMeters['cache'],
): Promise<{ readonly file: string; readonly stats: ProcessingStats }> {
  const { config, plan, midi, text, history } = opened;
  const file = join(config.outputDir, 'processing_stats.json');
  const times = ({ saved }: MergedStage, counts: CacheCounts | undefined) => ({
    done: saved.processed_data.records,
    failed: saved.failed_count,
    seconds: saved.batch_info.processing_time,
    ...(counts === undefined ? {} : { cache: counts }),
  });
  const stats = buildProcessingStats({
    total: plan.total,
    partial,
    summary: facts,
    curation,
    stages: { midi: times(midi, cache?.midi), text: times(text, cache?.text) },
    sessions: await history.sessions(),
  });
  await writeSharedFile(file, `${JSON.stringify(stats, null, 2)}\n`);
  return { file, stats };
}

function stageResult(
  { saved, statistics }: MergedStage,
  meters: StageMeters | undefined,
  stage: StageName,
): StageResult {
  const meter = meters?.[stage];
  return {
    done: saved.processed_data.records,
    failed: saved.failed_count,
    doneNow: meter?.doneNow ?? 0,
    seconds: meter?.seconds ?? 0,
    saves: { ...statistics, waitedSeconds: meter?.waitedSeconds ?? 0 },
    segmentBytes: saved.processed_data.bytes,
    cache: meters?.cache?.[stage],
  };
}

/** Copies across the splits that the manifest makes; drawn splits never part them. */
function tellOfLeaks({ curation }: MergeResult, emit: RunContext['emit']): void {
  const { across_splits: groups } = curation.duplicates;
  if (groups === 0) return;
  const which = groups === 1 ? '1 group of copies is' : `${groups} groups of copies are`;
  const advice = 'duplicates.jsonl lists copies; --split draws splits that keep them together';
  emit({ type: 'notice', message: `${which} in more than one of the manifest's splits; ${advice}` });
}

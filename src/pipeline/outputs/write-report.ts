import { arch, cpus, platform } from 'node:os';
import { basename, join } from 'node:path';
import { writeSharedFile } from '../../checkpoint/durable-replace.ts';
import { ownPackage } from '../../config/own-package.ts';
import type { Log } from '../../log.ts';
import { renderPage } from '../../report/render-page.ts';
import type { ReportCollector } from '../../report/report-collector.ts';
import { type ReportFacts, type RunState, reportFacts, type SettingsGroup } from '../../report/report-facts.ts';
import type { Drawings } from '../../report/sections/gallery-section.ts';
import type { Commit } from '../../report/timeline.ts';
import type { SaveMetrics } from '../../run-directory/metrics-log.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import type { DatasetSummary } from '../../stats/dataset-summary.ts';
import type { ProcessingStats } from '../../stats/processing-stats.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';
import type { SavedStage } from './merged-run.ts';
import { tokenReader } from './token-reader.ts';

/** What a report is written from: a run directory, and what was gathered while its rows passed. */
export interface ReportSource {
  readonly outputDir: string;
  readonly state: RunState;
  readonly stats: ProcessingStats;
  readonly summary: DatasetSummary;
  readonly collector: ReportCollector;
  /** Each stage's checkpoint; a stage that has not begun is left out. */
  readonly stages: Readonly<Partial<Record<StageName, SavedStage>>>;
  readonly saves: readonly SaveMetrics[];
  readonly tokenizer: TokenizerConfig;
  readonly log: Log;
  /** Drawings of its rows that were made elsewhere. */
  readonly drawings?: Drawings | undefined;
}

/** Writes `report.html` into the run directory, and returns its path and the numbers behind it. */
export async function writeReport(
  source: ReportSource,
): Promise<{ readonly file: string; readonly facts: ReportFacts }> {
  const { outputDir, state, stats, summary, collector, stages, saves, tokenizer, log } = source;
  const facts = reportFacts({
    title: basename(outputDir),
    state,
    stats,
    summary,
    collector,
    commits: Object.fromEntries(
      Object.keys(stages).map((stage) => [stage, commitsOf(saves.filter((save) => save.stage === stage))]),
    ),
    settings: settingsOf(source),
    madeAt: new Date().toISOString(),
  });
  const page = await renderPage(facts, collector.sample, tokenReader(tokenizer, log), source.drawings);
  const file = join(outputDir, 'report.html');
  await writeSharedFile(file, page);
  return { file, facts };
}

function commitsOf(saves: readonly SaveMetrics[]): readonly Commit[] {
  return saves.map(({ session_id, at, pairs }) => ({ session_id, at: Date.parse(at), pairs }));
}

function settingsOf({ stages, tokenizer, collector }: ReportSource): readonly SettingsGroup[] {
  const { midi, text } = stages;
  const optionsOf = (stage: typeof midi, prefix: string, isOwn: (name: string) => boolean): [string, string][] =>
    Object.entries(stage?.fingerprint.options ?? {})
      .filter(([name, value]) => isOwn(name) && value !== null)
      .map(([name, value]) => [name.replace(prefix, ''), String(value)]);
  const isTokenizer = (name: string): boolean => name.startsWith('tokenizer.');
  const devices = Array.from(collector.devices, ([device, count]) => `${device} (${count})`);
  return [
    {
      title: 'Run',
      entries: [
        ['manifest', midi?.plan.input_file ?? text?.plan.input_file ?? 'unknown'],
        ['tokenization', tokenizer.tokenization],
        ...optionsOf(midi, '', (name) => !isTokenizer(name)),
      ],
    },
    {
      title: 'Text encoder',
      entries: [
        ...optionsOf(text, 'encoder.', () => true),
        ['computed on', devices.length > 0 ? devices.join(', ') : 'CPU, without a model'],
      ],
    },
    { title: 'Tokenizer', entries: optionsOf(midi, 'tokenizer.', isTokenizer) },
    {
      title: 'This page',
      entries: [
        ['midiloom', ownPackage().version],
        ['Node.js', process.version],
        ['machine', `${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}`],
      ],
    },
  ];
}

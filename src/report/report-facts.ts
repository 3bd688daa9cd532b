import type { CurationFacts } from '../stats/curation-facts.ts';
import type { DatasetFacts, DatasetSummary } from '../stats/dataset-summary.ts';
import type { ProcessingStats, SessionTimes } from '../stats/processing-stats.ts';
import { type CaptionMap, captionMap } from './caption-map.ts';
import { describeDistributions } from './distributions/describe-distributions.ts';
import type { Distribution } from './distributions/distribution.ts';
import type { ReportCollector } from './report-collector.ts';
import type { FaultFacts } from './row-faults.ts';
import type { GalleryRow } from './sample-rows.ts';
import { buildTimeline, type Commit, type Timeline } from './timeline.ts';

export type RunState = 'complete' | 'partial' | 'running';

/** What a report is made from. */
export interface ReportInput {
  /** Name of the data set, as the page's title. */
  readonly title: string;
  readonly state: RunState;
  readonly stats: ProcessingStats;
  readonly summary: DatasetSummary;
  readonly collector: ReportCollector;
  /** Checkpoints by stage. */
  readonly commits: Readonly<Record<string, readonly Commit[]>>;
  /** Groups of settings: what decided the results, and on what machine the page was made. */
  readonly settings: readonly SettingsGroup[];
  /** ISO 8601. */
  readonly madeAt: string;
}

export interface SettingsGroup {
  readonly title: string;
  readonly entries: readonly (readonly [name: string, value: string])[];
}

/** The numbers behind the page; what `midiloom report --json` prints. */
export interface ReportFacts {
  readonly format: 'midiloom-report';
  readonly version: 1;
  readonly title: string;
  readonly state: RunState;
  readonly made_at: string;
  readonly pairs: ProcessingStats['pairs'];
  readonly stages: ProcessingStats['stages'];
  readonly sessions: readonly SessionTimes[];
  readonly failures: DatasetFacts['failures'];
  /** Splits, copies, filters; `null` where no data set was made. */
  readonly curation: CurationFacts | null;
  readonly distributions: readonly Distribution[];
  readonly faults: FaultFacts;
  readonly timeline: Timeline;
  readonly settings: readonly SettingsGroup[];
  readonly gallery: readonly Omit<GalleryRow, 'tokens'>[];
  /** `null` where the rows have no embeddings. */
  readonly map: CaptionMap | null;
}

export function reportFacts(input: ReportInput): ReportFacts {
  const { title, state, stats, summary, collector, commits, settings, madeAt } = input;
  return {
    format: 'midiloom-report',
    version: 1,
    title,
    state,
    made_at: madeAt,
    pairs: stats.pairs,
    stages: stats.stages,
    sessions: stats.sessions,
    failures: stats.dataset.failures,
    curation: stats.curation,
    distributions: describeDistributions(summary, stats.curation?.splits ?? {}),
    faults: collector.faults.facts(),
    timeline: buildTimeline(stats.sessions, commits),
    settings,
    gallery: collector.sample.gallery().map(({ tokens: _tokens, ...row }) => row),
    map: captionMap(collector.sample.map()) ?? null,
  };
}

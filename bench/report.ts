/** What the report costs beyond the merge, and how large its page is, for 100,000 rows. `npx tsx bench/report.ts [rows]`. */
import { renderPage } from '../src/report/render-page.ts';
import { ReportCollector } from '../src/report/report-collector.ts';
import { reportFacts } from '../src/report/report-facts.ts';
import type { ReportRow } from '../src/report/report-row.ts';
import { DatasetSummary, type TakeField } from '../src/stats/dataset-summary.ts';
import { buildProcessingStats } from '../src/stats/processing-stats.ts';
import { createTokenizer } from '../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../src/tokens/preset-config.ts';
import { captionOf } from '../test/dataset/synthetic-run.ts';
import { rowAt, scoreOf } from '../test/report/sample-report.ts';

const total = Number(process.argv[2] ?? 100_000);
const NOTES = 1500;
const DIMENSIONS = 384;

const tokenizer = createTokenizer(presetConfig('tsd'));
const tokens = tokenizer.encode(scoreOf(NOTES));
const made = Array.from({ length: 1000 }, (_, index) =>
  rowAt(index, {
    tokens,
    embedding: Float32Array.from({ length: DIMENSIONS }, (_, at) => Math.sin(index * 0.7 + at * (1 + (index % 7)))),
    repairs: index % 50 === 0 ? { unmatched_note_on: 3 } : {},
  }),
);
const rowOf = (index: number): ReportRow => ({
  ...(made[index % made.length] ?? rowAt(index)),
  index,
  id: String(index),
  caption: captionOf(index % 90_000),
  copyGroup: index % 20 === 0 ? `group ${index % 5000}` : undefined,
});

const summary = new DatasetSummary(tokenizer.vocabulary.columns.map((column) => column.tokens));
for (let index = 0; index < total; index++) {
  const { features, sequenceLength, caption } = rowOf(index);
  summary.addRow({ sequenceLength, textLength: caption.length, ids: tokens.streams, eachField: eachFieldOf(features) });
}

const rowsStart = performance.now();
for (let index = 0; index < total; index++) rowOf(index);
const rowsSeconds = since(rowsStart);

const collectStart = performance.now();
const collector = new ReportCollector();
for (let index = 0; index < total; index++) collector.add(rowOf(index));
const collectSeconds = since(collectStart) - rowsSeconds;

const pageStart = performance.now();
const facts = reportFacts({
  title: 'benchmark',
  state: 'complete',
  stats: buildProcessingStats({ total, partial: false, summary: summary.facts(), stages: {}, sessions: [] }),
  summary,
  collector,
  commits: {},
  settings: [],
  madeAt: new Date(0).toISOString(),
});
const page = await renderPage(facts, collector.sample, {
  decode: (sequences) => tokenizer.decode(sequences),
  textOf: () => [],
});
const pageSeconds = since(pageStart);

console.log(`${total} rows of ${NOTES} notes, embeddings of ${DIMENSIONS} numbers`);
console.log(`collecting during the merge  ${collectSeconds.toFixed(2)} s`);
console.log(`making the page              ${pageSeconds.toFixed(2)} s`);
console.log(`together                     ${(collectSeconds + pageSeconds).toFixed(2)} s`);
console.log(`the page                     ${(Buffer.byteLength(page) / 1e6).toFixed(2)} MB`);

function since(start: number): number {
  return (performance.now() - start) / 1000;
}

function eachFieldOf(features: ReportRow['features']): (take: TakeField) => void {
  return (take) => {
    for (const [name, value] of Object.entries(features)) {
      if (typeof value === 'number' || typeof value === 'string') take(`midi_metadata.${name}`, value);
    }
  };
}

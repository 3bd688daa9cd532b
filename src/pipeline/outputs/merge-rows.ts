import { type MergeInput, type MergeResult, mergeDataset } from '../../dataset/merge-dataset.ts';
import { ReportCollector } from '../../report/report-collector.ts';
import { createTokenizer } from '../../tokens/create-tokenizer.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';
import { learnedTokenizer, learnedTransform } from '../choose/learned-tokenizer.ts';
import { RowArtist } from '../row-artist.ts';
import { addLateCopies } from './add-late-copies.ts';
import { datasetRecipe, datasetShape } from './dataset-shape.ts';
import type { MergedRun } from './merged-run.ts';
import { reportRow } from './report-row.ts';

const BATCH_PAIRS = 512;

/** A run as its rows are merged from it. */
export type RowsOfRun = Pick<MergedRun, 'config' | 'chosen' | 'plan' | 'midi' | 'text'>;

/** How the rows come; the rest follows from the run. */
export type RowsToMerge = Pick<MergeInput, 'midiRecords' | 'textRecords' | 'partial' | 'signal' | 'onProgress'>;

/** The data set, and what its statistics and its report are made from. */
export interface MergedRows {
  readonly merged: MergeResult;
  readonly collector: ReportCollector;
  /** What its ids are read with. */
  readonly tokenizer: TokenizerConfig;
  /** Draws some of them. */
  readonly artist: RowArtist;
}

/** Merges the records of a run into its data set. @param whenIdle - resolves when a core has no other work. */
export async function mergeRows(
  run: RowsOfRun,
  rows: RowsToMerge,
  whenIdle: Promise<void> = Promise.resolve(),
): Promise<MergedRows> {
  const { config, chosen, plan, midi, text } = run;
  const sources = {
    ...rows,
    pairs: () => plan.batches(0, BATCH_PAIRS),
    total: plan.total,
    curation: chosen.curation,
    firstOfRecord: plan.firstOfRecord,
    scratchFolder: config.outputDir,
  };
  const learned = await learnedTokenizer(sources, config, chosen.tokenizer);
  const tokenizer = createTokenizer(learned);
  const collector = new ReportCollector();
  const artist = new RowArtist(learned);
  whenIdle.then(
    () => artist.begin(),
    () => {}, // it is told of elsewhere
  );
  const merging = mergeDataset({
    ...sources,
    ...learnedTransform(config, learned),
    outputDir: config.outputDir,
    ...datasetShape(config, plan, tokenizer),
    packing: chosen.packing,
    tokenizerJson: tokenizer.toJson(),
    vocabularyJson: `${JSON.stringify(tokenizer.vocabulary.toJson(), null, 2)}\n`,
    recipe: datasetRecipe(config, plan, {
      midi: midi.saved.fingerprint.options,
      text: text.saved.fingerprint.options,
    }),
    license: config.license,
    keepTemp: config.keepTemp,
    onRow: (row) => {
      collector.add(reportRow(row));
      const shown = collector.sample.likelyShown(row.pair.index, plan.total);
      if (shown !== undefined) artist.draw(shown);
    },
  });
  const merged = await merging.catch((error) => {
    artist.close();
    throw error;
  });
  if (merged.lateCopies !== undefined) await addLateCopies(collector.sample, merged.lateCopies, run);
  return { merged, collector, tokenizer: learned, artist };
}

import type { DatasetSummary } from '../../stats/dataset-summary.ts';
import { scriptDistribution, splitDistribution, wordDistribution } from './caption-distributions.ts';
import type { Distribution } from './distribution.ts';
import {
  densityDistribution,
  instrumentDistribution,
  keyDistribution,
  noteCountDistribution,
  polyphonyDistribution,
} from './note-distributions.ts';
import { SummarySource } from './summary-source.ts';
import { lengthDistribution, meterDistribution, tempoDistribution } from './time-distributions.ts';
import { tokenDistribution, vocabularyDistributions } from './token-distributions.ts';

/**
 * Every distribution that the rows have something for, in the order of the page.
 *
 * @param splits - rows of each split.
 */
export function describeDistributions(
  summary: DatasetSummary,
  splits: Readonly<Record<string, number>>,
): readonly Distribution[] {
  const source = new SummarySource(summary);
  return [
    tempoDistribution(source),
    keyDistribution(source),
    meterDistribution(source),
    lengthDistribution(source),
    instrumentDistribution(source),
    noteCountDistribution(source),
    densityDistribution(source),
    polyphonyDistribution(source),
    tokenDistribution(source),
    ...vocabularyDistributions(summary),
    wordDistribution(source),
    scriptDistribution(source),
    splitDistribution(splits),
  ].filter((distribution) => distribution !== undefined);
}

import { counted, percent, whole } from '../format-number.ts';
import type { Distribution } from './distribution.ts';
import { barsOf, lyingDistribution, numberDistribution, type SummarySource } from './summary-source.ts';

export function wordDistribution(source: SummarySource): Distribution | undefined {
  const truncated = source.times('text_features.truncated', 'true');
  const summary = source.number('text_features.words');
  return numberDistribution(summary, { integer: true, scale: 'linear' }, ({ p50, count }) => ({
    id: 'caption-words',
    title: 'Caption words',
    unit: 'words',
    note:
      `In the median ${whole(p50)} words. ` +
      (truncated > 0
        ? `${counted(truncated, 'caption was', 'captions were')} cut at the limit of the text model (${percent(truncated, count)}): their ends are in no embedding.`
        : 'No caption was cut at the limit of the text model.'),
  }));
}

export function scriptDistribution(source: SummarySource): Distribution | undefined {
  const facts = source.category('text_features.dominant_script');
  const [first] = facts.counts;
  if (first === undefined) return undefined;
  const others = facts.count - first[1];
  const share = `${percent(others, facts.count)} of the captions are in another script than ${first[0]}`;
  return lyingDistribution(barsOf(facts), {
    id: 'script',
    title: 'Language, by script',
    unit: 'pairs',
    total: facts.count,
    note:
      others > 0
        ? `${share}: a text model made for one language says little about the others.`
        : `All captions are in ${first[0]} script, whatever their language.`,
    finding: others > 0 ? `${share}.` : null,
  });
}

/** Nothing where all rows are in one split. */
export function splitDistribution(splits: Readonly<Record<string, number>>): Distribution | undefined {
  const bars = Object.entries(splits).map(([label, count]) => ({ label, count }));
  if (bars.length < 2) return undefined;
  const empty = bars.filter(({ count }) => count === 0).map(({ label }) => label);
  return lyingDistribution(bars, {
    id: 'splits',
    title: 'Splits',
    unit: 'pairs',
    total: bars.reduce((sum, { count }) => sum + count, 0),
    note:
      empty.length > 0
        ? `${empty.join(' and ')} got no rows: too few pairs, or too few groups of copies.`
        : 'Copies of a piece are in the same split, so that no model sees its test.',
    finding: empty.length > 0 ? `The split has no rows for ${empty.join(' and ')}.` : null,
  });
}

import type { DatasetSummary } from '../../stats/dataset-summary.ts';
import { counted, percent, short, whole } from '../format-number.ts';
import type { Distribution } from './distribution.ts';
import { countFrom, lyingDistribution, numberDistribution, type SummarySource } from './summary-source.ts';

/** Contexts that models are trained with. */
const CONTEXTS = [1024, 2048, 4096] as const;

export function tokenDistribution({ sequenceLength }: SummarySource): Distribution | undefined {
  return numberDistribution(sequenceLength, { integer: true, scale: 'auto' }, ({ count, p50 }, counts) => {
    const beyond = CONTEXTS.map((limit) => countFrom(counts, limit + 1));
    const [, most = 0] = beyond;
    return {
      id: 'tokens',
      title: 'Tokens per pair',
      unit: 'tokens',
      note: `Longer than a context of ${CONTEXTS.map((limit, at) => `${whole(limit)}: ${percent(beyond[at] ?? 0, count)}`).join('; ')}. What is longer is cut or split before a model sees it.`,
      finding:
        most > count / 10
          ? `${percent(most, count)} of the pairs have more than 2,048 tokens, in the median ${short(p50)}.`
          : null,
    };
  });
}

/** How much of each kind of token is in use; of compound tokens the columns one after the other. */
export function vocabularyDistributions({ vocabulary }: DatasetSummary): readonly (Distribution | undefined)[] {
  const facts = vocabulary.facts();
  return vocabulary.types().map((types, column) => {
    const own = facts[column];
    const total = types.reduce((sum, { count }) => sum + count, 0);
    if (own === undefined || total === 0) return undefined;
    const bars = types
      .filter(({ count }) => count > 0)
      .map(({ type, size, used, count }) => ({ label: `${type} ${whole(used)}/${whole(size)}`, count }))
      .sort((a, b) => b.count - a.count);
    const unused = types.filter(({ count }) => count === 0).map(({ type }) => type);
    const [most] = own.most_frequent;
    const wrong = `${counted(own.out_of_range, 'id has', 'ids have')} no token: something is wrong`;
    return lyingDistribution(bars, {
      id: column === 0 ? 'vocabulary' : `vocabulary-${column + 1}`,
      title: facts.length > 1 ? `Vocabulary, column ${column + 1}` : 'Vocabulary',
      unit: 'tokens',
      total,
      note:
        `${whole(own.used)} of ${whole(own.size)} tokens occur (of each kind: used/known); a model cannot learn the others. ` +
        (unused.length > 0 ? `Not used at all: ${unused.slice(0, 8).join(', ')}. ` : '') +
        (most === undefined ? '' : `The most frequent is ${most[0]}, ${percent(most[1], total)}.`) +
        (own.out_of_range > 0 ? ` ${wrong}.` : ''),
      finding: own.out_of_range > 0 ? `${wrong}.` : null,
    });
  });
}

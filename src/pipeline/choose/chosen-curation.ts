import type { RunConfig } from '../../config/run-config.ts';
import type { CurationOptions } from '../../dataset/curation.ts';
import { ConfigError } from '../../errors.ts';
import { parseSplitShares } from '../../similarity/split-shares.ts';

/**
 * Which rows the data set takes, and where they go.
 *
 * @throws ConfigError `invalid_split`, `invalid_filter`.
 */
export async function chosenCuration(
  config: Pick<RunConfig, 'split' | 'seed' | 'dedupe' | 'filter'>,
): Promise<CurationOptions> {
  const parsed = parseSplitShares(config.split);
  if (!parsed.ok) {
    throw new ConfigError('invalid_split', `Cannot split by ${JSON.stringify(config.split)}; use ${parsed.expected}.`);
  }
  return {
    splits: parsed.shares,
    seed: config.seed,
    dedupe: config.dedupe,
    filters:
      config.filter === undefined ? [] : (await import('../../quality/parse-filters.ts')).parseFilters(config.filter),
  };
}

import type { RunConfig } from '../../config/run-config.ts';
import { RUN_OPTIONS } from '../../config/run-options.ts';
import type { CurationOptions } from '../../dataset/curation.ts';
import { ConfigError } from '../../errors.ts';
import type { Plan } from '../../manifest/plan.ts';
import { isSplitName } from '../../similarity/split-shares.ts';

/** More than this, and the field says something else. */
const MAX_SPLITS = 32;

/**
 * A manifest's own split is kept where the user names its field, or says nothing of splits and it can be one. Pairs that
 * name none are drawn as always.
 *
 * @throws ConfigError `invalid_split` where a named field holds what cannot be the name of a split
 */
export function keepSplits(curation: CurationOptions, plan: Plan, config: RunConfig): CurationOptions {
  const isNamed = config.splitField !== undefined;
  const mayKeep = isNamed || config.split === RUN_OPTIONS.split.default;
  if (!mayKeep || plan.splits.length === 0) {
    if (isNamed) throw invalid(`no record has a field ${JSON.stringify(config.splitField)}`, config);
    return curation;
  }
  const wrong = plan.splits.find((name) => !isSplitName(name));
  if (plan.splits.length <= MAX_SPLITS && wrong === undefined) {
    const isEverywhere = plan.counts.withSplit === plan.counts.records;
    const drawn = isEverywhere ? [] : curation.splits.map(({ name }) => name);
    return { ...curation, keptSplits: [...new Set([...plan.splits, ...drawn])] };
  }
  if (!isNamed) return curation;
  throw invalid(
    wrong === undefined
      ? `it has more than ${MAX_SPLITS} different values`
      : `${JSON.stringify(wrong)} cannot be the name of a split (letters, digits and _, beginning with a letter)`,
    config,
  );
}

function invalid(why: string, { splitField, inputFile }: RunConfig): ConfigError {
  return new ConfigError(
    'invalid_split',
    `Cannot keep the splits of ${inputFile} by --split_field ${splitField}: ${why}.`,
  );
}

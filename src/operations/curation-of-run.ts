import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fillOptions, parseOptions } from '../config/run-config.ts';
import type { CurationOptions } from '../dataset/curation.ts';
import { codeOf } from '../errors.ts';
import { chosenCuration } from '../pipeline/chosen-curation.ts';

/** How the data set of a run directory was split and filtered, by its recipe; the defaults where there is none. */
export async function curationOfRun(outputDir: string): Promise<CurationOptions> {
  const { keptSplits, options } = await readRecipe(join(outputDir, 'dataset', 'recipe.json'));
  return { ...chosenCuration(fillOptions(options)), keptSplits };
}

interface RecipeChoices extends Pick<CurationOptions, 'keptSplits'> {
  readonly options: ReturnType<typeof parseOptions>;
}

async function readRecipe(file: string): Promise<RecipeChoices> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { options: {} };
    throw error;
  }
  const curation = property(parsed(text), 'curation');
  const [splits, seed, dedupe, filters] = ['splits', 'seed', 'dedupe', 'filters'].map((name) =>
    property(curation, name),
  );
  if (!Array.isArray(splits) || !Array.isArray(filters)) return { options: {} };
  const given = {
    split: splits.map((part) => `${property(part, 'name')}=${property(part, 'share')}`).join(','),
    seed,
    dedupe,
    ...(filters.length === 0 ? {} : { filter: filters.join(',') }),
  };
  const kept = property(curation, 'kept_splits');
  const keptSplits = Array.isArray(kept) && kept.every((name) => typeof name === 'string') ? kept : undefined;
  return { options: parseOptions(given, (name) => name, file), keptSplits };
}

/** A recipe that is no JSON any more is as good as none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

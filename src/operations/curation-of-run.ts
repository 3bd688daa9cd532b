import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fields, Malformed } from '../checkpoint/fields.ts';
import { fillOptions, parseOptions } from '../config/run-config.ts';
import type { CurationOptions } from '../dataset/curation.ts';
import { codeOf } from '../errors.ts';
import { chosenCuration } from '../pipeline/choose/chosen-curation.ts';
import { curationOptions } from '../pipeline/choose/read-recipe.ts';

/** How the data set of a run directory was split and filtered, by its recipe; the defaults where there is none. */
export async function curationOfRun(outputDir: string): Promise<CurationOptions> {
  const { keptSplits, options } = await readChoices(join(outputDir, 'dataset', 'recipe.json'));
  return { ...(await chosenCuration(fillOptions(options))), keptSplits };
}

interface RecipeChoices extends Pick<CurationOptions, 'keptSplits'> {
  readonly options: ReturnType<typeof parseOptions>;
}

/** A recipe that cannot be read any more is as good as none. */
async function readChoices(file: string): Promise<RecipeChoices> {
  try {
    const curation = new Fields(JSON.parse(await readFile(file, 'utf8')), 'recipe').object('curation');
    const keptSplits = curation.has('kept_splits') ? curation.texts('kept_splits') : undefined;
    return { options: parseOptions(curationOptions(curation), (name) => name, file), keptSplits };
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof Malformed)
      return { options: {} };
    throw error;
  }
}

import { type ProcessOptions, parseOptions, type RunConfig, resolveRunConfig, runPaths } from '../config/run-config.ts';
import { recalledOptions } from '../run-directory/recalled-options.ts';
import { newRunDescription, type RunDescription, readRunDescription } from '../run-directory/run-description.ts';
import { readRecipe } from './read-recipe.ts';
import { recipeOptions } from './recipe-options.ts';

export interface ResolvedRun {
  readonly config: RunConfig;
  readonly description: RunDescription;
}

/**
 * What a call asks for: what it gives itself, else what its recipe says, else what the run directory remembers.
 *
 * @throws ConfigError; CheckpointError `run_unreadable`, `run_version`.
 */
export async function resolveRun(options: ProcessOptions): Promise<ResolvedRun> {
  const { outputDir, recipe } = parseOptions({ outputDir: options.outputDir, recipe: options.recipe }, (name) => name);
  const directory = runPaths({ outputDir }).outputDir;
  const description = (await readRunDescription(directory)) ?? newRunDescription(new Date());
  const followed = recipe == null ? {} : recipeOptions(readRecipe(recipe), options);
  return { description, config: resolveRunConfig(options, recalledOptions(options, description, followed)) };
}

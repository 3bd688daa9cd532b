import {
  type ProcessOptions,
  parseOptions,
  type RunConfig,
  resolveRunConfig,
  runPaths,
} from '../../config/run-config.ts';
import { recalledOptions } from '../../run-directory/recalled-options.ts';
import { newRunDescription, type RunDescription, readRunDescription } from '../../run-directory/run-description.ts';
import { resolvePlace } from '../../s3/s3-address.ts';
import { readRecipe } from './read-recipe.ts';
import { recipeOptions } from './recipe-options.ts';

export interface ResolvedRun {
  readonly config: RunConfig;
  readonly description: RunDescription;
  /** The second place that knows how the run was made, where its own directory does not any more. */
  readonly recalledFrom: string | undefined;
}

/**
 * What a call asks for: what it gives itself, else what its recipe says, else what the run directory remembers.
 *
 * @throws ConfigError; CheckpointError `run_unreadable`, `run_version`.
 */
export async function resolveRun(options: ProcessOptions): Promise<ResolvedRun> {
  const { outputDir, recipe, backupDir } = parseOptions(
    { outputDir: options.outputDir, recipe: options.recipe, backupDir: options.backupDir },
    (name) => name,
  );
  const directory = runPaths({ outputDir }).outputDir;
  const known = await readRunDescription(directory);
  const lost =
    known === undefined && backupDir != null
      ? await (await import('../../run-directory/lost-run.ts')).readLostRun(directory, resolvePlace(backupDir))
      : undefined;
  const description = known ?? lost ?? newRunDescription(new Date());
  const followed = recipe == null ? {} : recipeOptions(readRecipe(recipe), options);
  const config = resolveRunConfig(options, recalledOptions(options, description, followed));
  return { description, config, recalledFrom: lost === undefined ? undefined : config.backupDir };
}

import { differingOptions } from '../../checkpoint/fingerprint-table.ts';
import { readRecipe } from '../choose/read-recipe.ts';
import type { OpenedRun } from './open-run.ts';

/** In what a run is not what its recipe says, so that the data set will be another. */
export function recipeNotes({ config, plan, midi, text }: OpenedRun): readonly string[] {
  if (config.recipe === undefined) return [];
  const recipe = readRecipe(config.recipe);
  const differing = [
    ...differingOptions(recipe.midi, midi.saved.fingerprint.options),
    ...differingOptions(recipe.text, text.saved.fingerprint.options),
  ];
  const notes = differing.map(({ key, old, new: now }) => `${key} is ${now}, and ${old} in the recipe`);
  if (plan.total === plan.end && plan.hash !== recipe.hash) {
    const pairs = `it has ${plan.total} pairs, that of the recipe ${recipe.pairs}`;
    notes.unshift(
      `${config.inputFile} is not the input of the recipe (${plan.total === recipe.pairs ? 'other pairs' : pairs})`,
    );
  }
  return notes.map((note) => `another data set than that of ${config.recipe}: ${note}`);
}

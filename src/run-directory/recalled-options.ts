import type { ProcessOptions } from '../config/run-config.ts';
import type { OptionValues } from '../config/run-options.ts';
import type { RunDescription } from './run-description.ts';

/**
 * What a call takes over from the run that is there; what it gives itself goes before. A run that begins again with a manifest
 * of its own takes over nothing; without one it begins the same run again.
 *
 * @param recipe - what the recipe says that the call names; it goes before what is remembered.
 */
export function recalledOptions(
  given: ProcessOptions,
  { options: before }: RunDescription,
  recipe: Partial<OptionValues> = {},
): Partial<OptionValues> {
  const isNew = given.forceRestart === true || given.mode === 'start';
  const options = isNew && isGiven(given.inputFile) ? recipe : { ...before, ...recipe };
  const { tokenizerConfig, ...others } = options;
  // A file goes before a name, but not one that was given earlier.
  const isNamedAnew = isGiven(given.tokenizer) && !isGiven(given.tokenizerConfig);
  return isNamedAnew ? others : options;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

import { differingOptions } from '../../checkpoint/fingerprint-table.ts';
import type { JsonObject } from '../../checkpoint/json.ts';
import { versionOption } from '../../run-directory/results-version.ts';
import type { StageName } from '../../run-directory/run-files.ts';

/**
 * Why an update has a stage make a pair's record:
 *
 * - `new`: the manifest did not have the row; `not_made`: the run had not come to it, or its segment is lost.
 * - `caption_changed`, `file_changed`: another text; another MIDI or caption file, in content or in name. `file_gone`: it cannot be read.
 * - `tokenizer_changed`, `encoder_changed`, `options_changed`, `version_changed`: all records of the stage are made anew.
 * - `tried_again`: it has no result, and what that was due to is not known to be as it was.
 * - `not_noted`: the run was begun by a version of midiloom that did not note what pairs are known by.
 */
export const CAUSES = [
  'new',
  'not_made',
  'caption_changed',
  'file_changed',
  'file_gone',
  'tokenizer_changed',
  'encoder_changed',
  'options_changed',
  'version_changed',
  'tried_again',
  'not_noted',
] as const;
export type Cause = (typeof CAUSES)[number];

/** What differs between the options of a stage, before and now. */
export function optionsCause(stage: StageName, before: JsonObject, now: JsonObject): Cause {
  const names = differingOptions(before, now).map(({ key }) => key);
  if (names.includes(versionOption(stage))) return 'version_changed';
  const [prefix, cause] =
    stage === 'midi' ? (['tokenizer.', 'tokenizer_changed'] as const) : (['encoder.', 'encoder_changed'] as const);
  return names.some((name) => name.startsWith(prefix)) ? cause : 'options_changed';
}

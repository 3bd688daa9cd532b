import { differingOptions, type OptionDifference } from '../../checkpoint/fingerprint-table.ts';
import type { JsonObject, JsonValue } from '../../checkpoint/json.ts';
import { optionNames, type ProcessOptions, parseOptions, withDefaults } from '../../config/run-config.ts';
import { type OptionName, type OptionValues, RUN_OPTIONS, snakeCase } from '../../config/run-options.ts';

/** What may be another on each machine: how fast it works, and where things lie. What is in the files is compared by itself. */
const FREE: ReadonlySet<OptionName> = new Set<OptionName>([
  'workers',
  'batchSize',
  'checkpointInterval',
  'compressSegments',
  'taskTimeout',
  'maxRetries',
  'maxFailed',
  'useGpu',
  'maxBatchTokens',
  'textThreads',
  'useCache',
  'cacheDir',
  'cacheSize',
  'backupDir',
  'modelCache',
  'offline',
  'inputFile',
  'midiRoot',
  'captionsFile',
  'tokenizerConfig',
  'textModel',
  'midiCheckpoint',
  'textCheckpoint',
  'processingCheckpoint',
]);
/** What decides how the data set is written from the records, and may be said anew when it is. */
const OF_MERGE: ReadonlySet<OptionName> = new Set<OptionName>([
  'outputFormat',
  'rowPerWindow',
  'addBos',
  'addEos',
  'pad',
  'shardSize',
  'split',
  'seed',
  'dedupe',
  'filter',
  'license',
  'vocabSize',
  'vocabModel',
  'splitField',
]);

/** Every option that decides the data set, as a file keeps it. */
export function decidingOptions(options: OptionValues): JsonObject {
  return Object.fromEntries(decidingNames().map((name) => [snakeCase(name), jsonOf(options[name])]));
}

/** In what a call is to decide otherwise than was agreed on; it may be silent. @param isMerge - whether only the records are agreed on. */
export function otherDecisions(
  given: ProcessOptions,
  agreed: JsonObject,
  isMerge: boolean,
): readonly OptionDifference[] {
  const parsed = withDefaults(parseOptions(given, (name) => name));
  const told = decidingNames().filter((name) => given[name] !== undefined && !(isMerge && OF_MERGE.has(name)));
  const before = told.map((name) => [snakeCase(name), agreed[snakeCase(name)] ?? null] as const);
  const now = told.map((name) => [snakeCase(name), jsonOf(parsed[name])] as const);
  return differingOptions(Object.fromEntries(before), Object.fromEntries(now));
}

function decidingNames(): readonly OptionName[] {
  return optionNames().filter((name) => RUN_OPTIONS[name].ofThisCall !== true && !FREE.has(name));
}

function jsonOf(value: OptionValues[OptionName]): JsonValue {
  return value ?? null;
}

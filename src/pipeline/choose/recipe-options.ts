import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JsonObject } from '../../checkpoint/json.ts';
import { fingerprintOf } from '../../config/fingerprint.ts';
import { type ProcessOptions, parseOptions, type RunConfig, withDefaults } from '../../config/run-config.ts';
import { type OptionName, type OptionValues, snakeCase } from '../../config/run-options.ts';
import { ConfigError } from '../../errors.ts';
import { tokenizerOptions, upgradedOptions } from '../../run-directory/tokenizer-of-stage.ts';
import { PRESET_NAMES, presetConfig } from '../../tokens/preset-config.ts';
import type { Recipe } from './read-recipe.ts';

/** How the input is read, but for where it lies: files are given anew by whoever makes the data set again. */
const OF_INPUT = [
  'midiField',
  'textField',
  'idField',
  'splitField',
  'captions',
  'joinOn',
  'encoding',
  'allowOutside',
  'offset',
  'limit',
  'sample',
] as const satisfies readonly OptionName[];
const OF_MIDI = [
  'maxFileMb',
  'maxDroppedShare',
  'maxSequenceLength',
  'sequencePolicy',
  'windowOverlap',
  'midiPatterns',
  'midiTextEncoding',
] as const satisfies readonly OptionName[];

/** What a recipe says of how its input was read. */
export function inputOfRecipe(config: RunConfig): JsonObject {
  const told = OF_INPUT.map((name) => [snakeCase(name), config[name] ?? null] as const);
  return Object.fromEntries(told.filter(([, value]) => value !== null));
}

/**
 * Every option that a recipe decides, also where it is the default. What a call gives itself is not asked of the recipe.
 *
 * @throws ConfigError `recipe_incomplete` where the tokenizer or the text model is not told and has to be given; `invalid_option`.
 */
export function recipeOptions(recipe: Recipe, given: ProcessOptions): Partial<OptionValues> {
  const { file, input, midi, merge } = recipe;
  const options = {
    ...named(OF_INPUT, input),
    ...named(OF_MIDI, midi),
    ...merge,
    ...tokenizerChoice(recipe, given),
    ...encoderChoice(recipe, given),
  };
  return withDefaults(parseOptions(options, snakeCase, file));
}

function named(names: readonly OptionName[], values: JsonObject): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map((name) => [name, values[snakeCase(name)] ?? null]));
}

/** One of ours where it has its options, else the file beside the recipe. */
function tokenizerChoice({ file, midi, merge }: Recipe, given: ProcessOptions): Readonly<Record<string, unknown>> {
  if (isGiven(given.tokenizer) || isGiven(given.tokenizerConfig)) return { tokenizer: null, tokenizerConfig: null };
  const stored = fingerprintOf(upgradedOptions(midi)).options;
  const isSame = (name: (typeof PRESET_NAMES)[number]): boolean => {
    const { options } = fingerprintOf({ 'tokenizer.trained': null, ...tokenizerOptions(presetConfig(name)) });
    return Object.entries(options).every(([option, value]) => (stored[option] ?? null) === value);
  };
  const preset = PRESET_NAMES.find(isSame);
  const beside = join(dirname(file), 'tokenizer.json');
  if (preset !== undefined) return { tokenizer: preset, tokenizerConfig: null };
  // With a vocabulary that was learned, the file beside it is not that of the records.
  if (existsSync(beside) && merge.vocabSize === null) return { tokenizer: null, tokenizerConfig: beside };
  throw incomplete(
    file,
    `its tokenizer is in the tokenizer.json of the data set, which is not at ${beside}`,
    'tokenizer_config',
  );
}

function encoderChoice({ file, text }: Recipe, given: ProcessOptions): Readonly<Record<string, unknown>> {
  const { 'encoder.encoder': textEncoder = null, embedding_precision: embeddingPrecision = null } = text;
  const choice = { textEncoder, embeddingPrecision };
  if (textEncoder !== 'transformers') return { ...choice, textDim: text['encoder.dimensions'] ?? null };
  const {
    'encoder.model': model = null,
    'encoder.revision': revision = null,
    'encoder.pooling': pooling = null,
  } = text;
  // A folder is called by its own name, and may lie anywhere.
  if (revision === null && !isGiven(given.textModel))
    throw incomplete(file, `its text model was a folder, ${JSON.stringify(model)}`, 'text_model');
  return {
    ...choice,
    textModel: revision === null ? null : model,
    textModelRevision: revision,
    dtype: text['encoder.dtype'] ?? null,
    // A model that makes one vector of a text by itself leaves no choice.
    pooling: pooling === 'model' ? null : pooling,
    maxTextTokens: text['encoder.max_tokens'] ?? null,
    textPrefix: text['encoder.prompt'] ?? '',
    textOutput: text['encoder.output'] ?? null,
    longText: text['encoder.long_text'] ?? null,
  };
}

function incomplete(file: string, what: string, option: string): ConfigError {
  return new ConfigError('recipe_incomplete', `--recipe ${file}: ${what}; give it by --${option}.`);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

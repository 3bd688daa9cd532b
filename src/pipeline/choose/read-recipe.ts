import { Fields } from '../../checkpoint/fields.ts';
import type { JsonObject } from '../../checkpoint/json.ts';
import { ownPackage } from '../../config/own-package.ts';
import { readNamedFile } from '../../config/read-named-file.ts';
import { ConfigError, messageOf } from '../../errors.ts';

const MAX_BYTES = 16 * 2 ** 20;
const VERSION = 1;

/** The `recipe.json` of a data set: how it was made. */
export interface Recipe {
  readonly file: string;
  /** Of the manifest. */
  readonly hash: string;
  readonly pairs: number;
  /** How the manifest was read; nothing in recipes of 0.1.0. */
  readonly input: JsonObject;
  /** What decided the records of each stage. */
  readonly midi: JsonObject;
  readonly text: JsonObject;
  /** Options of the merge, as a call would give them. */
  readonly merge: Readonly<Record<string, unknown>>;
}

/** @throws ConfigError `recipe_unreadable`, `recipe_version`. */
export function readRecipe(file: string): Recipe {
  try {
    const fields = new Fields(JSON.parse(readNamedFile(file, MAX_BYTES).toString()), 'it');
    fields.oneOf('format', ['midiloom-recipe']);
    if (fields.integer('version', 1) > VERSION) throw newer(file, fields.text('midiloom'));
    const manifest = fields.object('manifest');
    return {
      file,
      hash: manifest.text('hash'),
      pairs: manifest.integer('pairs'),
      input: fields.has('input') ? fields.json('input') : {},
      midi: fields.json('midi'),
      text: fields.json('text'),
      merge: {
        ...curationOptions(fields.object('curation')),
        ...outputOptions(fields.object('output')),
        ...learnedOptions(fields),
      },
    };
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const why = messageOf(error);
    throw new ConfigError('recipe_unreadable', `Cannot read --recipe ${file}, the recipe.json of a data set: ${why}.`);
  }
}

/** Splits, copies and filters, as options of a call. */
export function curationOptions(curation: Fields): Readonly<Record<string, unknown>> {
  const filters = curation.texts('filters');
  return {
    split: curation
      .objects('splits')
      .map((part) => `${part.text('name')}=${part.amount('share')}`)
      .join(','),
    seed: curation.integer('seed'),
    dedupe: curation.text('dedupe'),
    filter: filters.length === 0 ? null : filters.join(','),
  };
}

function learnedOptions(fields: Fields): Readonly<Record<string, unknown>> {
  if (!fields.has('learned')) return { vocabSize: null, vocabModel: null };
  const learned = fields.object('learned');
  return { vocabSize: learned.integer('vocab_size'), vocabModel: learned.text('vocab_model') };
}

function outputOptions(output: Fields): Readonly<Record<string, unknown>> {
  const packing = output.has('packing') ? output.json('packing') : {};
  const packs = (part: string): boolean => (packing[part] ?? null) !== null;
  return {
    outputFormat: output.texts('formats'),
    rowPerWindow: output.has('row_per_window'),
    addBos: packs('begin'),
    addEos: packs('end'),
    pad: packs('pad'),
    shardSize: output.integer('shard_size_bytes') / 1e6,
    license: output.has('license') ? output.text('license') : null,
  };
}

function newer(file: string, maker: string): ConfigError {
  const message = `--recipe ${file} was written by midiloom ${maker}; this is ${ownPackage().version}: install ${maker} or later.`;
  return new ConfigError('recipe_version', message);
}

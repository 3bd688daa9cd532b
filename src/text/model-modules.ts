import { isAbsolute, join, posix } from 'node:path';
import { ConfigError } from '../errors.ts';
import { readModelJson } from './read-model-json.ts';

/** One step of a sentence-transformers model. */
export interface ModelModule {
  /** The last part of its class: `Transformer`, `Pooling`, `Dense`, `Normalize`. */
  readonly kind: string;
  /** Its folder, relative to the model's; empty for that folder itself. */
  readonly path: string;
}

const MODULES_FILE = 'modules.json';
export const PROMPTS_FILE = 'config_sentence_transformers.json';
const LENGTH_FILE = 'sentence_bert_config.json';
const WITHOUT_MODULES: readonly ModelModule[] = [
  { kind: 'Transformer', path: '' },
  { kind: 'Pooling', path: '1_Pooling' },
];

/**
 * The steps that `modules.json` of sentence-transformers lists, in their order; `undefined` where there is no such file.
 *
 * @throws ConfigError `model_invalid` where the file is not such a list.
 */
export async function readModelModules(directory: string): Promise<readonly ModelModule[] | undefined> {
  const file = join(directory, MODULES_FILE);
  const list = await readModelJson(file);
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) throw new ConfigError('model_invalid', `${file} does not hold a list of modules`);
  return list.map((item: unknown, at) => {
    if (!isModule(item)) {
      throw new ConfigError('model_invalid', `module ${at} of ${file} has no type and path: get the file again`);
    }
    const isOutside = isAbsolute(item.path) || item.path.split(/[\\/]/).includes('..');
    if (isOutside)
      throw new ConfigError('model_invalid', `module ${at} of ${file} lies outside the model: ${item.path}`);
    return { kind: item.type.slice(item.type.lastIndexOf('.') + 1), path: item.path };
  });
}

/** The files, there or not, that say how a model is run, relative to its folder, with `/`. */
export async function settingsFiles(directory: string): Promise<readonly string[]> {
  const modules = (await readModelModules(directory)) ?? WITHOUT_MODULES;
  const ofModules = modules.flatMap(({ kind, path }) => {
    if (kind === 'Transformer') return [posix.join(path, LENGTH_FILE)];
    return kind === 'Pooling' ? [posix.join(path, 'config.json')] : [];
  });
  return [MODULES_FILE, PROMPTS_FILE, ...ofModules];
}

function isModule(item: unknown): item is { readonly type: string; readonly path: string } {
  return (
    typeof item === 'object' &&
    item !== null &&
    'type' in item &&
    typeof item.type === 'string' &&
    'path' in item &&
    typeof item.path === 'string'
  );
}

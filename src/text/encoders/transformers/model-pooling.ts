import { join } from 'node:path';
import { ConfigError } from '../../../errors.ts';
import type { ModelModule } from '../../model-modules.ts';
import { readModelObject } from '../../read-model-json.ts';
import type { Pooling } from './pool-tokens.ts';

/** The modes that are known, in the spelling of sentence-transformers 6 and in the booleans of those before. */
const MODES: ReadonlyMap<unknown, Pooling> = new Map([
  ['mean', 'mean'],
  ['pooling_mode_mean_tokens', 'mean'],
  ['cls', 'cls'],
  ['pooling_mode_cls_token', 'cls'],
]);

/**
 * How a model says that it is pooled; `undefined` where it does not say.
 *
 * @throws ConfigError `model_invalid` for any other mode than the mean and the first token, and for several at once.
 */
export async function readModelPooling(
  directory: string,
  modules: readonly ModelModule[] | undefined,
): Promise<Pooling | undefined> {
  const folder = modules === undefined ? '1_Pooling' : modules.find(({ kind }) => kind === 'Pooling')?.path;
  if (folder === undefined) return undefined;
  const file = join(directory, folder, 'config.json');
  const config = await readModelObject(file);
  const modes = modesOf(config);
  if (modes === undefined) return undefined;
  const [mode] = modes;
  const pooling = modes.length === 1 ? MODES.get(mode) : undefined;
  if (pooling !== undefined) return pooling;
  throw new ConfigError(
    'model_invalid',
    `${file} asks for ${modes.map(String).join(' and ') || 'no pooling'}; only mean and cls pooling are known: set --pooling`,
  );
}

function modesOf(config: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  const { pooling_mode: mode } = config;
  if (mode !== undefined && mode !== null) return Array.isArray(mode) ? mode : [mode];
  const flags = Object.keys(config).filter((key) => key.startsWith('pooling_mode_'));
  return flags.length === 0 ? undefined : flags.filter((key) => config[key] === true);
}

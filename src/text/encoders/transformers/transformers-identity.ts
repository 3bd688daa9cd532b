import type { TextEncoder } from '../../text-encoder.ts';
import { type AskedSettings, readModelSettings } from './model-settings.ts';
import { textRuntime } from './text-runtime.ts';
import type { TransformersOptions } from './transformers-encoder.ts';

/**
 * What a transformer encoder says of itself, from the model's files and the installed runtimes, without loading any of them.
 *
 * @throws ConfigError as `readModelSettings`; MissingError as `textRuntime`.
 */
export async function transformersIdentity({
  model,
  ...asked
}: Pick<TransformersOptions, 'model' | keyof AskedSettings>): Promise<TextEncoder['identity']> {
  const settings = await readModelSettings(model, asked);
  return {
    encoder: 'transformers',
    model: model.name,
    revision: model.revision ?? null,
    files: model.checksums,
    dtype: model.dtype,
    ...(settings.output === 'tokens'
      ? { output: 'tokens', hidden_size: settings.hiddenSize ?? null }
      : { pooling: settings.pooling, normalization: settings.normalize ? 'l2' : 'none' }),
    max_tokens: settings.maxTokens,
    ...(settings.longText === 'chunk' ? { long_text: 'chunk' } : {}),
    ...(settings.prompt === '' ? {} : { prompt: settings.prompt }),
    ...(settings.lowerCase ? { lower_case: true } : {}),
    runtime: textRuntime(),
  };
}

import type { TextEncoder } from '../../text-encoder.ts';
import { installedVersion } from './installed-version.ts';
import { readModelSettings } from './model-settings.ts';
import type { TransformersOptions } from './transformers-encoder.ts';

/**
 * What a transformer encoder says of itself, from the model's files and the installed runtimes, without loading any of them.
 *
 * @throws ConfigError `model_invalid` where a file of the model is not what it should be.
 */
export async function transformersIdentity({
  model,
  pooling,
  normalize,
}: Pick<TransformersOptions, 'model' | 'pooling' | 'normalize'>): Promise<TextEncoder['identity']> {
  const settings = await readModelSettings(model, pooling);
  return {
    encoder: 'transformers',
    model: model.name,
    revision: model.revision ?? null,
    files: model.checksums,
    dtype: model.dtype,
    pooling: settings.pooling,
    normalization: normalize ? 'l2' : 'none',
    max_tokens: settings.maxTokens,
    runtime: {
      onnxruntime: installedVersion('onnxruntime-node'),
      transformers: installedVersion('@huggingface/transformers'),
    },
  };
}

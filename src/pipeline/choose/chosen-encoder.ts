import type { RunConfig } from '../../config/run-config.ts';
import { threadsOf } from '../../config/threads.ts';
import { readModelSettings } from '../../text/encoders/transformers/model-settings.ts';
import { textRuntime } from '../../text/encoders/transformers/text-runtime.ts';
import { findModel } from '../../text/find-model.ts';
import { defaultModelCache } from '../../text/model-cache.ts';
import type { EncoderChoice, TransformersChoice } from '../../worker/text-messages.ts';
import type { RunContext } from '../run-events.ts';

/**
 * The encoder a run asks for. A model that is not on this machine is downloaded here, once, not in the encoder's process.
 *
 * @throws MissingError `text_runtime_missing` or `model_missing`; ConfigError as `readModelSettings`.
 */
export async function chosenEncoder(
  config: RunConfig,
  { emit, signal }: Pick<RunContext, 'emit' | 'signal'>,
): Promise<EncoderChoice> {
  if (config.useGpu && config.textEncoder !== 'transformers') {
    const message = `--use_gpu changes nothing here: it is for --text_encoder transformers, and this is ${config.textEncoder}`;
    emit({ type: 'notice', message });
  }
  switch (config.textEncoder) {
    case 'none':
      return { name: 'none' };
    case 'hashing':
      return { name: 'hashing', dimensions: config.textDim };
    case 'transformers':
      return transformersChoice(config, { emit, signal });
  }
}

async function transformersChoice(
  config: RunConfig,
  { emit, signal }: Pick<RunContext, 'emit' | 'signal'>,
): Promise<TransformersChoice> {
  // Before anything is downloaded for it.
  textRuntime();
  const model = await findModel({
    model: config.textModel,
    revision: config.textModelRevision,
    dtype: config.dtype,
    cacheDir: config.modelCache ?? defaultModelCache(),
    offline: config.offline,
    onProgress: (progress) => emit({ type: 'download', ...progress }),
    onNotice: (message) => emit({ type: 'notice', message }),
    signal,
  });
  const asked = {
    pooling: config.pooling,
    normalize: 'auto',
    maxTokens: config.maxTextTokens,
    prefix: config.textPrefix,
    output: config.textOutput,
    longText: config.longText,
  } as const;
  const { notices } = await readModelSettings(model, asked);
  for (const message of notices) emit({ type: 'notice', message });
  return {
    name: 'transformers',
    model,
    ...asked,
    useGpu: config.useGpu,
    threads: threadsOf(config.textThreads),
    maxBatchTokens: config.maxBatchTokens,
  };
}

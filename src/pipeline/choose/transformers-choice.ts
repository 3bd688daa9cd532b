import type { RunConfig } from '../../config/run-config.ts';
import { threadsOf } from '../../config/threads.ts';
import { readModelSettings } from '../../text/encoders/transformers/model-settings.ts';
import { textRuntime } from '../../text/encoders/transformers/text-runtime.ts';
import { findModel } from '../../text/find-model.ts';
import { defaultModelCache } from '../../text/model-cache.ts';
import type { TransformersChoice } from '../../worker/text-messages.ts';
import type { RunContext } from '../run-events.ts';

/** A model, found or fetched, and how it is to be run. */
export async function transformersChoice(
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

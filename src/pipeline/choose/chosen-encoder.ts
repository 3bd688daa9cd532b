import type { RunConfig } from '../../config/run-config.ts';
import type { EncoderChoice } from '../../worker/text-messages.ts';
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
      return (await import('./transformers-choice.ts')).transformersChoice(config, { emit, signal });
  }
}

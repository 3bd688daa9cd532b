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
  context: Pick<RunContext, 'emit' | 'signal'>,
): Promise<EncoderChoice> {
  switch (config.textEncoder) {
    case 'none':
      return { name: 'none' };
    case 'hashing':
      return { name: 'hashing', dimensions: config.textDim };
    case 'transformers':
      return (await import('./transformers-choice.ts')).transformersChoice(config, context);
  }
}

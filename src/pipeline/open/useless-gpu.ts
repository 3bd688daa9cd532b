import type { RunConfig } from '../../config/run-config.ts';
import type { RunDescription } from '../../run-directory/run-description.ts';

/** That a GPU was asked for where no encoder uses one; said once, and not again where the run directory remembers both. */
export function uselessGpu(
  { useGpu, textEncoder }: Pick<RunConfig, 'useGpu' | 'textEncoder'>,
  { options: known }: Pick<RunDescription, 'options'>,
): string | undefined {
  if (!useGpu || textEncoder === 'transformers') return undefined;
  if (known.useGpu === true && known.textEncoder === textEncoder) return undefined;
  return `--use_gpu changes nothing here: it is for --text_encoder transformers, and this is ${textEncoder}`;
}

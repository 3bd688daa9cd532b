import { createHashingEncoder } from '../text/encoders/hashing.ts';
import { createNoEncoder } from '../text/encoders/none.ts';
import type { ProviderName } from '../text/encoders/transformers/execution-provider.ts';
import type { ProviderChange } from '../text/encoders/transformers/model-device.ts';
import type { ProviderProbe } from '../text/encoders/transformers/probe-providers.ts';
import type { TextEncoder as CaptionEncoder } from '../text/text-encoder.ts';
import type { EncoderChoice } from './text-messages.ts';

/** A loaded encoder, and how its device was found. */
export interface LoadedEncoder {
  readonly encoder: CaptionEncoder;
  /** What computes now; `undefined` for an encoder without a model. */
  readonly device: () => ProviderName | undefined;
  /** The providers that were tried. */
  readonly probes: readonly ProviderProbe[];
}

export async function createEncoder(
  choice: EncoderChoice,
  onProviderChange: (change: ProviderChange) => void,
): Promise<LoadedEncoder> {
  if (choice.name !== 'transformers') return { encoder: withoutModel(choice), device: () => undefined, probes: [] };
  const { createTransformersEncoder } = await import('../text/encoders/transformers/transformers-encoder.ts');
  const probes: ProviderProbe[] = [];
  const encoder = await createTransformersEncoder({
    ...choice,
    onProbe: (probe) => probes.push(probe),
    onProviderChange,
  });
  return { encoder, device: () => encoder.provider, probes };
}

function withoutModel(choice: Exclude<EncoderChoice, { readonly name: 'transformers' }>): CaptionEncoder {
  return choice.name === 'hashing' ? createHashingEncoder({ dimensions: choice.dimensions }) : createNoEncoder();
}

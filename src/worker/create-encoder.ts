import { createHashingEncoder } from '../text/encoders/hashing.ts';
import type { TextEncoder as CaptionEncoder } from '../text/text-encoder.ts';
import type { EncoderChoice } from './text-messages.ts';

export async function createEncoder(choice: EncoderChoice): Promise<CaptionEncoder> {
  return createHashingEncoder({ dimensions: choice.dimensions });
}

/** What will encode, down to versions and checksums, without loading it. */
export async function encoderIdentity(choice: EncoderChoice): Promise<CaptionEncoder['identity']> {
  return createHashingEncoder({ dimensions: choice.dimensions }).identity;
}

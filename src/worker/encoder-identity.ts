import { hashingIdentity } from '../text/encoders/hashing-identity.ts';
import { createNoEncoder } from '../text/encoders/none.ts';
import type { TextEncoder as CaptionEncoder } from '../text/text-encoder.ts';
import type { EncoderChoice } from './text-messages.ts';

/** What will encode, down to versions and checksums, without loading it. */
export async function encoderIdentity(choice: EncoderChoice): Promise<CaptionEncoder['identity']> {
  switch (choice.name) {
    case 'none':
      return createNoEncoder().identity;
    case 'hashing':
      return hashingIdentity(choice);
    case 'transformers':
      return (await import('../text/encoders/transformers/transformers-identity.ts')).transformersIdentity(choice);
  }
}

import type { EncodedText, TextEncoder } from '../text-encoder.ts';

const NOTHING: EncodedText = Object.freeze({ embedding: undefined, tokenIds: undefined, truncated: false });

/** `--text_encoder none`: captions are normalized and counted, and get no vector. */
export function createNoEncoder(): TextEncoder {
  return {
    name: 'none',
    dimensions: 0,
    identity: { encoder: 'none' },
    encode: async (texts) => texts.map(() => NOTHING),
    close: async () => {},
  };
}

import type { CheckpointFile } from '../checkpoint/checkpoint-file.ts';
import { CheckpointError } from '../errors.ts';
import { DEFAULT_OPTIONS } from '../tokens/default-options.ts';
import type { TokenizerConfig } from '../tokens/tokenizer-config.ts';

const PREFIX = 'tokenizer.';

/**
 * The tokenizer that a MIDI stage was made with, from its checkpoint's fingerprint.
 *
 * @throws CheckpointError `checkpoint_foreign` where the checkpoint does not say.
 */
export function tokenizerOfStage({ fingerprint }: CheckpointFile): TokenizerConfig {
  const options = Object.entries(fingerprint.options).flatMap(([name, value]) =>
    name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), optionOf(value)] as const] : [],
  );
  const config: object = Object.fromEntries(options);
  if (!isTokenizerConfig(config)) {
    throw new CheckpointError(
      'checkpoint_foreign',
      'the MIDI checkpoint does not say which tokenizer it was made with',
    );
  }
  return config;
}

/** Lists and maps are stored as the text of their JSON. */
function optionOf(value: unknown): unknown {
  return typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value;
}

/** Whether every option is there; their values are covered by the checkpoint's checksum. */
function isTokenizerConfig(config: object): config is TokenizerConfig {
  return ['tokenization', ...Object.keys(DEFAULT_OPTIONS)].every((name) => Object.hasOwn(config, name));
}

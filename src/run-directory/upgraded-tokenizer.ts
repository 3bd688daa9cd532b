import { DEFAULT_OPTIONS } from '../tokens/default-options.ts';
import { settleConfig } from '../tokens/settle-config.ts';
import type { TokenizerConfig } from '../tokens/tokenizer-config.ts';

/**
 * A tokenizer as a run directory of any version has it, as this version would. Version 0.1.0 followed MidiTok 3.0.6, did not
 * know key signatures and control changes, and had two of the tokenizations' own parameters as options.
 */
export function upgradedTokenizer(stored: object): object {
  if ('additional_params' in stored) return inOrder(stored);
  const { max_bar_embedding: bars, microtiming, ...options }: StoredBefore = stored;
  const config = {
    ...DEFAULT_OPTIONS,
    miditok: '3.0.6' as const,
    additional_params: {
      ...(typeof bars === 'number' ? { max_bar_embedding: bars } : {}),
      ...(isObject(microtiming) ? { ...microtiming, use_microtiming: true } : {}),
    },
    ...options,
  };
  if (!isComplete(config)) return stored;
  // Of a trained one the hash stands here.
  return { ...settleConfig({ ...config, trained: null }), trained: config.trained };
}

/** A fingerprint has its options sorted; `tokenizer.json` has them as MidiTok does. */
function inOrder(stored: object): object {
  const entries = new Map<string, unknown>(Object.entries(stored));
  const first = Object.keys(DEFAULT_OPTIONS).filter((name) => entries.has(name));
  return Object.fromEntries([...first, ...entries.keys()].map((name) => [name, entries.get(name)]));
}

interface StoredBefore {
  readonly max_bar_embedding?: unknown;
  readonly microtiming?: unknown;
}

/** Whether every option is there; their values are covered by the checkpoint's checksum. */
export function isComplete(config: object): config is TokenizerConfig {
  return ['tokenization', ...Object.keys(DEFAULT_OPTIONS)].every((name) => Object.hasOwn(config, name));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

import { ConfigError } from '../../errors.ts';
import type { TokenizerOptions } from '../tokenizer-config.ts';

/** How a parameter is read, and what it is where the file does not say; `undefined`: the file has to. */
interface Param<T> {
  readonly read: (value: unknown) => T | undefined;
  readonly standard: T | undefined;
}

/**
 * The `additional_params` that a tokenization has of its own. Others stay as they are and do nothing, as in MidiTok.
 * @throws ConfigError `tokenizer_config_invalid`
 */
export function ownParams<T extends Readonly<Record<string, unknown>>>(
  { additional_params: given }: TokenizerOptions,
  params: { readonly [K in keyof T]: Param<T[K]> },
): T {
  const found: Partial<T> = {};
  for (const name in params) {
    const value = Object.hasOwn(given, name) ? params[name].read(given[name]) : params[name].standard;
    if (value === undefined) {
      const seen = Object.hasOwn(given, name) ? JSON.stringify(given[name]) : 'not there';
      throw new ConfigError(
        'tokenizer_config_invalid',
        `wrong tokenizer configuration: the tokenization needs the additional parameter ${name}, which is ${seen}`,
      );
    }
    found[name] = value;
  }
  return found as T;
}

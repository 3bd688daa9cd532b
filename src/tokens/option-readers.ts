import { ConfigError } from '../errors.ts';
import { NEWEST_MIDITOK } from './miditok-version.ts';
import { plainKey } from './ordered-json.ts';
import type { BeatResolution, ChordMap, TimeSignatureRange, TokenizerOptions } from './tokenizer-config.ts';

export type JsonObject = Readonly<Record<string, unknown>>;
/** The value of an option in memory, or `undefined` where the JSON value is not one. */
type Reader<T> = (value: unknown) => T | undefined;

/** Reads options one by one and collects what is wrong, so that one error names everything. */
export class OptionReader {
  readonly #json: JsonObject;
  readonly #defaults: TokenizerOptions;
  readonly #unread: Set<string>;
  readonly #wrong: string[] = [];

  constructor(json: JsonObject, defaults: TokenizerOptions) {
    this.#json = json;
    this.#defaults = defaults;
    this.#unread = new Set(Object.keys(json));
  }

  /** Names that are read elsewhere. */
  ignore(names: readonly string[]): void {
    for (const name of names) this.#unread.delete(name);
  }

  /** @param isUsed - What is not used may have any value, as for MidiTok. */
  read<K extends keyof TokenizerOptions>(
    name: K,
    reader: Reader<TokenizerOptions[K]>,
    isUsed = true,
  ): TokenizerOptions[K] {
    this.#unread.delete(name);
    if (!Object.hasOwn(this.#json, name)) return this.#defaults[name];
    const value = reader(this.#json[name]);
    if (value === undefined && isUsed) this.#wrong.push(describe(name, this.#json[name]));
    return value ?? this.#defaults[name];
  }

  /** A value that is not possible together with others. */
  refuse(name: string, value: unknown): void {
    this.#wrong.push(describe(name, value));
  }

  /**
   * @param madeBy - The version of MidiTok that wrote the file, where it says so.
   * @throws ConfigError that names every option that is unknown or wrong.
   */
  finish(madeBy: string | undefined): void {
    if (this.#unread.size > 0) {
      const names = [...this.#unread].map(plainKey).join(', ');
      const version =
        madeBy === undefined ? 'it does not say which MidiTok made it' : `it was made by MidiTok ${madeBy}`;
      throw new ConfigError(
        'tokenizer_option_unknown',
        `the tokenizer configuration has unknown options: ${names} (${version}; known are those up to ${NEWEST_MIDITOK})`,
      );
    }
    if (this.#wrong.length > 0) {
      throw new ConfigError(
        'tokenizer_config_invalid',
        `the tokenizer configuration has wrong values: ${this.#wrong.join(', ')}`,
      );
    }
  }
}

export const readBoolean: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
export const readNumber: Reader<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export function readInteger(least: number, most: number): Reader<number> {
  return (value) => (isIntegerIn(value, least, most) ? value : undefined);
}

export function readOptionalInteger(least: number, most: number): Reader<number | null> {
  return (value) => (value === null || isIntegerIn(value, least, most) ? value : undefined);
}

/** Numbers in order, the second not less, or with `areApart` more than the first. */
function readNumberPair(least: number, most: number, areApart = false): Reader<readonly [number, number]> {
  return (value) => {
    if (!Array.isArray(value) || value.length !== 2) return undefined;
    const [low, high] = value.map(readNumber);
    if (low === undefined || high === undefined || low < least || high > most) return undefined;
    return low < high || (low === high && !areApart) ? [low, high] : undefined;
  };
}

export const readPitchRange: Reader<readonly [number, number]> = (value) =>
  isIntegerList(value) ? readNumberPair(0, 127, true)(value) : undefined;

export const readTempoRange: Reader<readonly [number, number]> = (value) => {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [from, to] = value.map(readNumber);
  if (from === undefined || to === undefined) return undefined;
  return Math.max(Math.abs(from), Math.abs(to)) <= 1e6 ? [from, to] : undefined;
};

export const readCountRange: Reader<readonly [number, number] | null> = (value) => {
  if (value === null) return null;
  if (!isIntegerList(value) || value.length !== 2) return undefined;
  const [from = 0, to = 0] = value;
  // From more to less is none.
  return Math.min(from, to) >= 0 && Math.max(from, to) <= 1000 ? [from, to] : undefined;
};

export const readSplit: Reader<'bar' | 'beat' | 'no'> = (value) =>
  value === 'bar' || value === 'beat' || value === 'no' ? value : undefined;

export const readSpecialTokens: Reader<readonly string[]> = (value) => {
  if (!Array.isArray(value)) return undefined;
  const tokens = value.filter((token) => typeof token === 'string' && token.length > 0);
  return tokens.length === value.length && tokens.length <= 64 ? tokens : undefined;
};

export const readPrograms: Reader<readonly number[]> = (value) =>
  Array.isArray(value) && value.length <= 129 && value.every((item) => isIntegerIn(item, -1, 127)) ? value : undefined;

export const readControllers: Reader<readonly number[]> = (value) =>
  isIntegerList(value) && value.length <= 128 ? value : undefined;

export const readPitchBendRange: Reader<readonly [number, number, number]> = (value) => {
  if (!isIntegerList(value) || value.length !== 3) return undefined;
  const [low, high, count] = value;
  if (low === undefined || high === undefined || count === undefined) return undefined;
  return low >= -8192 && low <= high && high <= 8191 && count >= 1 && count <= 16_384 ? [low, high, count] : undefined;
};

/** `{"0_4": 8, "4_12": 4}`. */
export const readBeatResolutions: Reader<readonly BeatResolution[]> = (value) => {
  if (!isObject(value)) return undefined;
  const ranges: BeatResolution[] = [];
  for (const [key, resolution] of Object.entries(value)) {
    const [, from, to] = /^(\d{1,3})_(\d{1,3})$/.exec(key) ?? [];
    if (from === undefined || to === undefined || !isIntegerIn(resolution, 1, 96)) return undefined;
    if (Number(from) >= Number(to)) return undefined;
    ranges.push({ from: Number(from), to: Number(to), resolution });
  }
  return ranges.length > 0 ? ranges : undefined;
};

/** `{"8": [3, 12, 6], "4": [4]}`, in that order. */
export const readTimeSignatureRange: Reader<readonly TimeSignatureRange[]> = (value) => {
  if (!isObject(value)) return undefined;
  const ranges: TimeSignatureRange[] = [];
  for (const [key, numerators] of Object.entries(value)) {
    const denominator = Number(plainKey(key));
    if (!isIntegerIn(denominator, 1, 128) || !isIntegerList(numerators)) return undefined;
    if (!numerators.every((numerator) => isIntegerIn(numerator, 1, 255))) return undefined;
    ranges.push({ denominator, numerators });
  }
  return ranges.length > 0 ? ranges : undefined;
};

/** `{"maj": [0, 4, 7]}`. */
export const readChordMaps: Reader<readonly ChordMap[]> = (value) => {
  if (!isObject(value)) return undefined;
  const maps: ChordMap[] = [];
  for (const [key, offsets] of Object.entries(value)) {
    if (!isIntegerList(offsets)) return undefined;
    maps.push({ quality: plainKey(key), offsets });
  }
  return maps;
};

function isIntegerList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length <= 4096 && value.every((item) => Number.isInteger(item));
}

export function isIntegerIn(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(name: string, value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return `${name}=${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}

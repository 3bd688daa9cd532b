import { ConfigError } from '../errors.ts';
import { isS3Address, parseS3Address, s3Text } from '../s3/s3-address.ts';

/** One option of a run: how it is written, what it may be, what it is when nobody says. */
export interface Option<Value> {
  readonly help: string;
  /** What stands for the value in `--help`; `undefined` for a flag without one. */
  readonly placeholder: string | undefined;
  readonly default: Value;
  /** Whether a value is a place in the file system: always (`path`), or where a folder of that name is there (`path_or_name`). */
  readonly place?: 'path' | 'path_or_name';
  /** Whether it is of one call of the program only, and no later call is told of it by `run.json`. */
  readonly ofThisCall?: true;
  /** Takes text (flag, environment) or a JSON value (configuration file, library); throws `Refused`. */
  readonly parse: (value: unknown) => Value;
}

/** Thrown by `parse`: what would have been allowed. */
export class Refused extends Error {}

export function flag(help: string): Option<boolean> {
  return {
    help,
    placeholder: undefined,
    default: false,
    parse: (value) => {
      if (value === true || value === 'true' || value === '1') return true;
      if (value === false || value === 'false' || value === '0') return false;
      throw new Refused('true or false');
    },
  };
}

/** An option that a run directory does not remember. */
export function ofThisCall<Value>(option: Option<Value>): Option<Value> {
  return { ...option, ofThisCall: true };
}

/** How segments are packed, with a level or without. */
export interface PackingChoice {
  readonly name: 'none' | 'zlib' | 'zstd';
  readonly level: number;
}

const LEVELS = { none: { usual: 0, most: 0 }, zlib: { usual: 1, most: 9 }, zstd: { usual: 1, most: 19 } } as const;

/** As text: that is how a run remembers it. */
export function packing(help: string): Option<string> {
  return {
    help,
    placeholder: 'none|zlib[:1-9]|zstd[:1-19]',
    default: 'none',
    parse: (value) => {
      if (typeof value === 'string' && packingOf(value) !== undefined) return value;
      throw new Refused('none, zlib, zlib:1 to zlib:9, zstd, or zstd:1 to zstd:19');
    },
  };
}

/** `undefined`: it is none of these. */
export function packingOf(text: string): PackingChoice | undefined {
  const [, name, given] = /^(none|zlib|zstd)(?::(\d{1,2}))?$/.exec(text) ?? [];
  if (name !== 'none' && name !== 'zlib' && name !== 'zstd') return undefined;
  const { usual, most } = LEVELS[name];
  const level = given === undefined ? usual : Number(given);
  const isAllowed = given === undefined || (level >= 1 && level <= most);
  return isAllowed ? { name, level } : undefined;
}

/** A file or folder, or what lies in a bucket: `s3://bucket/prefix`. */
export function pathOrS3(placeholder: string, help: string): Option<string | undefined> {
  const local = path(placeholder, help, undefined);
  return {
    ...local,
    parse: (value) =>
      typeof value === 'string' && isS3Address(value) ? s3Text(parseS3Address(value)) : local.parse(value),
  };
}

/** A file or folder. */
export function path<Default extends string | undefined>(
  placeholder: string,
  help: string,
  fallback: Default,
): Option<string | Default> {
  return {
    help,
    placeholder,
    default: fallback,
    place: 'path',
    parse: (value) => {
      if (typeof value === 'string' && isS3Address(value)) {
        throw new Refused('a path; s3:// is taken by --backup_dir, --input_file and --midi_root');
      }
      if (typeof value === 'string' && value !== '' && !value.includes('\0')) return value;
      throw new Refused('a path');
    },
  };
}

/** A folder, or a name that stands for something elsewhere. */
export function pathOrName(placeholder: string, help: string, fallback: string): Option<string> {
  return { ...text(placeholder, help, fallback), place: 'path_or_name' };
}

/** Any text without control characters. */
/** Any text, such as one that ends in a space. */
export function verbatim(placeholder: string, help: string): Option<string | undefined> {
  return {
    help,
    placeholder,
    default: undefined,
    parse: (value) => {
      if (typeof value === 'string' && value.length <= 10_000) return value;
      throw new Refused('a text of at most 10,000 characters');
    },
  };
}

export function text<Default extends string | undefined>(
  placeholder: string,
  help: string,
  fallback: Default,
): Option<string | Default> {
  return {
    help,
    placeholder,
    default: fallback,
    parse: (value) => {
      if (typeof value === 'string' && /^\P{Cc}+$/u.test(value)) return value;
      throw new Refused('a text of one line');
    },
  };
}

/** A text encoding by a label of the WHATWG standard, or `auto`. */
export function encodingOrAuto(help: string): Option<string> {
  return {
    help,
    placeholder: 'LABEL|auto',
    default: 'auto',
    parse: (value) => {
      if (value === 'auto') return value;
      try {
        return new TextDecoder(String(value)).encoding;
      } catch {
        throw new Refused('auto or a text encoding such as shift_jis, windows-1251 or gb18030');
      }
    },
  };
}

export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

export function integer<Default extends number | undefined>(
  help: string,
  fallback: Default,
  range: NumberRange,
): Option<number | Default> {
  return { help, placeholder: 'N', default: fallback, parse: (value) => integerIn(value, range) };
}

/** An integer, or a word that stands for one that the machine decides. */
export function integerOr<const Word extends string, const Default extends number | string | undefined>(
  word: Word,
  help: string,
  fallback: Default,
  range: NumberRange,
): Option<number | Word | Default> {
  return {
    help,
    placeholder: `N|${word}`,
    default: fallback,
    parse: (value) => (value === word ? word : integerIn(value, range, word)),
  };
}

export function numberIn(placeholder: string, help: string, fallback: number, range: NumberRange): Option<number> {
  return {
    help,
    placeholder,
    default: fallback,
    parse: (value) => {
      const number = toNumber(value);
      if (number >= range.min && number <= range.max) return number;
      throw new Refused(`a number from ${range.min} to ${range.max}`);
    },
  };
}

export function oneOf<const Choice extends string>(
  choices: readonly Choice[],
  help: string,
  fallback: NoInfer<Choice>,
): Option<Choice> {
  return { help, placeholder: choices.join('|'), default: fallback, parse: (value) => choiceOf(choices, value) };
}

/** Several choices: a comma-separated text or a list; each counts once, in the order given. */
export function someOf<const Choice extends string>(
  choices: readonly Choice[],
  help: string,
  fallback: readonly NoInfer<Choice>[],
): Option<readonly Choice[]> {
  return {
    help,
    placeholder: choices.join(','),
    default: fallback,
    parse: (value) => {
      const items: readonly unknown[] =
        typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
      if (items.length === 0) throw new Refused(`one or several of ${choices.join(', ')}`);
      return [...new Set(items.map((item) => choiceOf(choices, typeof item === 'string' ? item.trim() : item)))];
    },
  };
}

/** Runs an option's `parse` and turns a refusal into an error that names the option as `name`. */
export function parseOption<Value>(option: Option<Value>, name: string, value: unknown): Value {
  try {
    return option.parse(value);
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    throw new ConfigError(
      'invalid_option',
      `${name}: ${JSON.stringify(value)} is not allowed; use ${refusal.message}.`,
    );
  }
}

function choiceOf<Choice extends string>(choices: readonly Choice[], value: unknown): Choice {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new Refused(`one of ${choices.join(', ')}`);
  return found;
}

function integerIn(value: unknown, range: NumberRange, word?: string): number {
  const number = toNumber(value);
  if (Number.isInteger(number) && number >= range.min && number <= range.max) return number;
  const bound = range.max === Number.MAX_SAFE_INTEGER ? `${range.min} or more` : `from ${range.min} to ${range.max}`;
  throw new Refused(`an integer, ${bound}${word === undefined ? '' : `, or ${word}`}`);
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

import { ConfigError, messageOf } from '../errors.ts';
import { readNamedFile } from './read-named-file.ts';
import { type GivenOptions, isOptionName, optionNames, parseOptions } from './run-config.ts';
import { snakeCase } from './run-options.ts';

/** Far more than all options take. */
const MAX_BYTES = 2 ** 20;

export interface OptionSources {
  /** From the command line, by camelCase name. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A JSON object with snake_case names. */
  readonly configFile: string | undefined;
}

/** Merges what the sources say: flag, then `MIDILOOM_*`, then configuration file. An error names the source. */
export function readOptionSources(sources: OptionSources): GivenOptions {
  return {
    ...(sources.configFile === undefined ? {} : readConfigFile(sources.configFile)),
    ...parseOptions(fromEnvironment(sources.environment), environmentName),
    ...parseOptions(sources.flags, (name) => `--${snakeCase(name)}`),
  };
}

/** `batchSize` as `MIDILOOM_BATCH_SIZE`. */
export function environmentName(name: string): string {
  return `MIDILOOM_${snakeCase(name).toUpperCase()}`;
}

function fromEnvironment(environment: OptionSources['environment']): Record<string, unknown> {
  return Object.fromEntries(
    optionNames()
      .map((name) => [name, environment[environmentName(name)]])
      .filter(([, value]) => value !== undefined && value !== ''),
  );
}

function readConfigFile(file: string): GivenOptions {
  const content = parseJsonObject(file);
  const given: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(content)) {
    const name = key.replace(/[_-]([a-z])/g, (_, letter: string) => letter.toUpperCase());
    given[isOptionName(name) ? name : key] = value;
  }
  return parseOptions(given, snakeCase, file);
}

function parseJsonObject(file: string): object {
  let content: unknown;
  try {
    content = JSON.parse(readNamedFile(file, MAX_BYTES).toString());
  } catch (error) {
    throw new ConfigError('config_unreadable', `Cannot read the configuration file ${file}: ${messageOf(error)}`);
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw new ConfigError('config_unreadable', `The configuration file ${file} must hold one JSON object.`);
}

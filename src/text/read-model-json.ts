import { readFile } from 'node:fs/promises';
import { ConfigError, codeOf, messageOf } from '../errors.ts';

/** The value in a JSON file of a model; `undefined` where there is no such file. */
export async function readModelJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw new ConfigError('model_invalid', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** The object in a JSON file of a model; an empty one where there is no such file. */
export async function readModelObject(file: string): Promise<Readonly<Record<string, unknown>>> {
  const value = await readModelJson(file);
  if (value === undefined) return {};
  if (isRecord(value)) return value;
  throw new ConfigError('model_invalid', `${file} does not hold a JSON object`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

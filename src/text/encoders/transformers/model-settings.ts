import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, codeOf, messageOf } from '../../../errors.ts';
import type { ModelFolder } from '../../model-folder.ts';
import type { Pooling } from './pool-tokens.ts';

/** What a model folder says about how it is to be run. */
export interface ModelSettings {
  readonly pooling: Pooling;
  /** Longest input in tokens, special tokens included. */
  readonly maxTokens: number;
  readonly padTokenId: number;
}

/** Position 0 of these models is that of the padding token, so that `padTokenId + 1` positions are never used. */
const OFFSET_POSITIONS = new Set(['roberta', 'xlm-roberta', 'camembert', 'mpnet', 'xlm-roberta-xl']);
/** Where a model names no limit at all. */
const FALLBACK_MAX_TOKENS = 512;

/**
 * Reads pooling and limits from a model's own configuration: `1_Pooling/config.json` and `sentence_bert_config.json` of
 * sentence-transformers where they are there, else mean pooling and the limits of tokenizer and position embeddings.
 *
 * @throws ConfigError `model_invalid` where a file is not what it should be.
 */
export async function readModelSettings({ directory }: ModelFolder, pooling: Pooling | 'auto'): Promise<ModelSettings> {
  const config = await readJson(join(directory, 'config.json'));
  const tokenizer = await readJson(join(directory, 'tokenizer_config.json'));
  const sentence = await readJson(join(directory, 'sentence_bert_config.json'));
  const padTokenId = integerOf(config.pad_token_id) ?? 0;
  const offset = OFFSET_POSITIONS.has(String(config.model_type)) ? padTokenId + 1 : 0;
  const positions = integerOf(config.max_position_embeddings);
  const limits = [
    integerOf(tokenizer.model_max_length),
    integerOf(sentence.max_seq_length),
    positions === undefined ? undefined : positions - offset,
  ].flatMap((limit) => limit ?? []);
  return {
    pooling: pooling === 'auto' ? await ownPooling(directory) : pooling,
    maxTokens: limits.length === 0 ? FALLBACK_MAX_TOKENS : Math.min(...limits),
    padTokenId,
  };
}

async function ownPooling(directory: string): Promise<Pooling> {
  const file = join(directory, '1_Pooling', 'config.json');
  const config = await readJson(file);
  const modes = Object.keys(config).filter((key) => key.startsWith('pooling_mode_') && config[key] === true);
  if (modes.length === 0) return 'mean';
  if (modes.length === 1 && modes[0] === 'pooling_mode_mean_tokens') return 'mean';
  if (modes.length === 1 && modes[0] === 'pooling_mode_cls_token') return 'cls';
  throw new ConfigError(
    'model_invalid',
    `${file} asks for ${modes.join(' and ')}; only mean and cls pooling are known: set --pooling`,
  );
}

/** The object in a JSON file; an empty one where there is no such file. */
async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isRecord(value)) return value;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw new ConfigError('model_invalid', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  throw new ConfigError('model_invalid', `${file} does not hold a JSON object`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Some tokenizers state 1e30 for "no limit". */
function integerOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

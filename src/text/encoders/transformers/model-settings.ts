import { join } from 'node:path';
import { ConfigError } from '../../../errors.ts';
import type { ModelFolder } from '../../model-folder.ts';
import { type ModelModule, readModelModules } from '../../model-modules.ts';
import { readModelObject } from '../../read-model-json.ts';
import { readModelPooling } from './model-pooling.ts';
import { readModelPrompt } from './model-prompt.ts';
import type { Pooling } from './pool-tokens.ts';

/** What a user asks for; the rest is as the model says. */
export interface AskedSettings {
  readonly pooling: Pooling | 'auto';
  readonly normalize: boolean | 'auto';
  readonly maxTokens?: number | undefined;
}

/** How a model is to be run. */
export interface ModelSettings {
  readonly pooling: Pooling;
  /** Whether embeddings are scaled to length 1. */
  readonly normalize: boolean;
  /** Longest input in tokens, special tokens included. */
  readonly maxTokens: number;
  readonly padTokenId: number;
  /** What the model wants before each text; mostly nothing. */
  readonly prompt: string;
  /** Whether texts are put into lower case before the tokenizer. */
  readonly lowerCase: boolean;
  /** What the model does not say, and what is taken instead. */
  readonly notices: readonly string[];
}

/** Position 0 of these models is that of the padding token, so that `padTokenId + 1` positions are never used. */
const OFFSET_POSITIONS = new Set(['roberta', 'xlm-roberta', 'camembert', 'mpnet', 'xlm-roberta-xl']);
/** Where a model names no limit at all. */
const FALLBACK_MAX_TOKENS = 512;
/** Steps of sentence-transformers that are done here; Dropout does nothing but in training. */
const KNOWN_MODULES = new Set(['Transformer', 'Pooling', 'Normalize', 'Dropout']);

/**
 * Reads how a model is to be run from its own configuration, as sentence-transformers does: `modules.json`, the configuration
 * of its pooling, `sentence_bert_config.json` and `config_sentence_transformers.json`. Conversions to ONNX often lack these: what is
 * taken then, mean pooling, length 1 and the limits of tokenizer and position embeddings, is in the notices.
 *
 * @throws ConfigError `model_invalid` where a file is not what it should be; `model_unsupported` where the model has a step that
 * is not done here, so that its vectors would be others; `invalid_option` where more tokens are asked for than it has positions.
 */
export async function readModelSettings(
  { name, directory }: Pick<ModelFolder, 'name' | 'directory'>,
  asked: AskedSettings,
): Promise<ModelSettings> {
  const modules = await readModelModules(directory);
  refuseUnknown(modules ?? [], directory);
  const transformer = modules?.find(({ kind }) => kind === 'Transformer')?.path ?? '';
  const sentence = await readModelObject(join(directory, transformer, 'sentence_bert_config.json'));
  const pooling = asked.pooling === 'auto' ? await readModelPooling(directory, modules) : asked.pooling;
  const { maxTokens, padTokenId, isSaid } = await limitOf(name, directory, sentence, asked.maxTokens);
  return {
    pooling: pooling ?? 'mean',
    normalize:
      asked.normalize === 'auto' ? (modules?.some(({ kind }) => kind === 'Normalize') ?? true) : asked.normalize,
    maxTokens,
    padTokenId,
    prompt: await readModelPrompt(directory, modules),
    lowerCase: sentence.do_lower_case === true,
    notices: [
      ...(isSaid ? [] : [lengthNotice(name, maxTokens)]),
      ...(pooling === undefined ? [poolingNotice(name)] : []),
    ],
  };
}

function refuseUnknown(modules: readonly ModelModule[], directory: string): void {
  const unknown = modules.find(({ kind }) => !KNOWN_MODULES.has(kind));
  if (unknown === undefined) return;
  throw new ConfigError(
    'model_unsupported',
    `modules.json of ${directory} has the step ${unknown.kind} (${unknown.path}), which is not done here: the vectors would be ` +
      'others than those of the model. Take another model, or a copy of it without that step in modules.json',
  );
}

async function limitOf(
  name: string,
  directory: string,
  sentence: Readonly<Record<string, unknown>>,
  asked: number | undefined,
): Promise<{ readonly maxTokens: number; readonly padTokenId: number; readonly isSaid: boolean }> {
  const config = await readModelObject(join(directory, 'config.json'));
  const tokenizer = await readModelObject(join(directory, 'tokenizer_config.json'));
  const padTokenId = integerOf(config.pad_token_id) ?? 0;
  const offset = OFFSET_POSITIONS.has(String(config.model_type)) ? padTokenId + 1 : 0;
  const embedded = integerOf(config.max_position_embeddings);
  const positions = embedded === undefined ? undefined : embedded - offset;
  if (asked !== undefined) {
    if (asked <= (positions ?? asked)) return { maxTokens: asked, padTokenId, isSaid: true };
    throw new ConfigError(
      'invalid_option',
      `--max_text_tokens ${asked} is more than the ${positions} tokens that the model ${name} has positions for`,
    );
  }
  const said = integerOf(sentence.max_seq_length);
  const limits = [integerOf(tokenizer.model_max_length), said, positions].filter((limit) => limit !== undefined);
  const maxTokens = limits.length === 0 ? FALLBACK_MAX_TOKENS : Math.min(...limits);
  return { maxTokens, padTokenId, isSaid: said !== undefined };
}

function lengthNotice(name: string, maxTokens: number): string {
  return (
    `the model ${name} does not say at how many tokens it cuts a text (max_seq_length in sentence_bert_config.json): ` +
    `${maxTokens} are taken, the most that it can read; --max_text_tokens N sets another length`
  );
}

function poolingNotice(name: string): string {
  return (
    `the model ${name} does not say how its tokens become one vector (1_Pooling/config.json): their mean is taken; ` +
    '--pooling mean or --pooling cls says it'
  );
}

/** Some tokenizers state 1e30 for "no limit". */
function integerOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

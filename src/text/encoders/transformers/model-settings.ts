import { join } from 'node:path';
import { ConfigError } from '../../../errors.ts';
import { type ModelFolder, poolsItself } from '../../model-folder.ts';
import { type ModelModule, readModelModules } from '../../model-modules.ts';
import { readModelObject } from '../../read-model-json.ts';
import { readModelPooling } from './model-pooling.ts';
import { readModelPrompt } from './model-prompt.ts';
import type { Pooling } from './pool-tokens.ts';

const TEXT_OUTPUTS = ['pooled', 'tokens'] as const;
/** What becomes of a text: one vector, or that of each of its tokens. */
export type TextOutput = (typeof TEXT_OUTPUTS)[number];

const LONG_TEXTS = ['truncate', 'chunk'] as const;
/** A text of more tokens than the model reads is cut, or read in parts. */
export type LongText = (typeof LONG_TEXTS)[number];

/** What a user asks for; the rest is as the model says. */
export interface AskedSettings {
  readonly pooling: 'auto' | 'mean' | 'cls';
  readonly normalize: boolean | 'auto';
  readonly maxTokens?: number | undefined;
  /** Before each text, in place of the prompt that the model names. */
  readonly prefix?: string | undefined;
  readonly output?: TextOutput | undefined;
  readonly longText?: LongText | undefined;
}

/** How a model is to be run. */
export interface ModelSettings {
  readonly output: TextOutput;
  readonly longText: LongText;
  readonly pooling: Pooling;
  /** Numbers in the vector of a token; `undefined` where the model does not say. */
  readonly hiddenSize: number | undefined;
  /** Whether embeddings are scaled to length 1. */
  readonly normalize: boolean;
  /** Longest input in tokens, special tokens included. */
  readonly maxTokens: number;
  readonly padTokenId: number;
  /** Where the positions of a text begin, for models that are told. */
  readonly firstPosition: number;
  /** What the model wants before each text; mostly nothing. */
  readonly prompt: string;
  /** Whether texts are put into lower case before the tokenizer. */
  readonly lowerCase: boolean;
  /** What the model does not say, and what is taken instead. */
  readonly notices: readonly string[];
}

/** The positions of these models begin behind that of the padding token, so that `padTokenId + 1` of them are never used. */
const OFFSET_POSITIONS = new Set([
  'roberta',
  'roberta-prelayernorm',
  'xlm-roberta',
  'xlm-roberta-xl',
  'camembert',
  'mpnet',
  'longformer',
  'data2vec-text',
  'xmod',
  'clap_text_model',
]);
/** Models whose vectors would be others than their own here. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['siglip', 'it was trained on texts filled up to 64 tokens, and reads what they are filled with'],
  ['siglip2', 'it was trained on texts filled up to 64 tokens, and reads what they are filled with'],
  ['xlnet', 'it wants texts filled up from the left, and its last token for their vector'],
]);
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
  { name, directory, modelFile }: Pick<ModelFolder, 'name' | 'directory' | 'modelFile'>,
  asked: AskedSettings,
): Promise<ModelSettings> {
  const modules = await readModelModules(directory);
  refuseUnknown(modules ?? [], directory);
  const transformer = modules?.find(({ kind }) => kind === 'Transformer')?.path ?? '';
  const sentence = await readModelObject(join(directory, transformer, 'sentence_bert_config.json'));
  const config = await readTextConfig(directory);
  refuseType(config, name);
  const pooling = await poolingOf(name, directory, modelFile, modules, asked.pooling);
  const { maxTokens, isSaid, ...positions } = await limitOf(name, directory, { config, sentence }, asked.maxTokens);
  const output = asked.output ?? 'pooled';
  if (output === 'tokens') refuseTokens(name, modelFile);
  const prompt = await readModelPrompt(directory, modules, asked.prefix);
  return {
    output,
    longText: asked.longText ?? 'truncate',
    pooling: pooling ?? 'mean',
    hiddenSize: HIDDEN_SIZES.map((key) => integerOf(config[key])).find((size) => size !== undefined),
    normalize:
      asked.normalize === 'auto' ? (modules?.some(({ kind }) => kind === 'Normalize') ?? true) : asked.normalize,
    maxTokens,
    ...positions,
    prompt,
    lowerCase: sentence.do_lower_case === true,
    notices: [
      ...(isSaid ? [] : [lengthNotice(name, maxTokens)]),
      ...(pooling === undefined && output === 'pooled' ? [poolingNotice(name)] : []),
      ...(prompt === '' && asked.prefix === undefined && E5.test(name) ? [prefixNotice(name)] : []),
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

/** What families call it in `config.json`: most, T5, DistilBERT. */
const HIDDEN_SIZES = ['hidden_size', 'd_model', 'dim'] as const;

function refuseTokens(name: string, modelFile: string): void {
  if (!poolsItself(modelFile)) return;
  throw new ConfigError(
    'invalid_option',
    `--text_output tokens cannot be had: ${modelFile} of the model ${name} gives one vector for a text, not those of its tokens`,
  );
}

type ModelConfig = Readonly<Record<string, unknown>>;

/** The configuration of what reads: models of text and something else have it in a part of its own. */
async function readTextConfig(directory: string): Promise<ModelConfig> {
  const { text_config: part, ...config } = await readModelObject(join(directory, 'config.json'));
  if (typeof part !== 'object' || part === null) return config;
  return { model_type: `${config.model_type}_text_model`, ...part };
}

function refuseType({ model_type: type }: ModelConfig, name: string): void {
  const reason = REFUSED.get(String(type).replace(/_text_model$/, ''));
  if (reason === undefined) return;
  throw new ConfigError('model_unsupported', `the model ${name} (${type}) cannot be run as it should be: ${reason}`);
}

async function poolingOf(
  name: string,
  directory: string,
  modelFile: string,
  modules: readonly ModelModule[] | undefined,
  asked: AskedSettings['pooling'],
): Promise<Pooling | undefined> {
  if (!poolsItself(modelFile)) return asked === 'auto' ? readModelPooling(directory, modules) : asked;
  if (asked === 'auto') return 'model';
  throw new ConfigError(
    'invalid_option',
    `--pooling ${asked} cannot be had: ${modelFile} of the model ${name} gives one vector for a text, not those of its tokens`,
  );
}

async function limitOf(
  name: string,
  directory: string,
  { config, sentence }: { readonly config: ModelConfig; readonly sentence: ModelConfig },
  asked: number | undefined,
): Promise<Pick<ModelSettings, 'maxTokens' | 'padTokenId' | 'firstPosition'> & { readonly isSaid: boolean }> {
  const tokenizer = await readModelObject(join(directory, 'tokenizer_config.json'));
  const padTokenId = integerOf(config.pad_token_id) ?? (await padTokenOf(directory, tokenizer)) ?? 0;
  const firstPosition = OFFSET_POSITIONS.has(String(config.model_type)) ? padTokenId + 1 : 0;
  const embedded = integerOf(config.max_position_embeddings);
  const positions = embedded === undefined ? undefined : embedded - firstPosition;
  if (asked !== undefined) {
    if (asked <= (positions ?? asked)) return { maxTokens: asked, padTokenId, firstPosition, isSaid: true };
    throw new ConfigError(
      'invalid_option',
      `--max_text_tokens ${asked} is more than the ${positions} tokens that the model ${name} has positions for`,
    );
  }
  const said = integerOf(sentence.max_seq_length);
  const limits = [integerOf(tokenizer.model_max_length), said, positions].filter((limit) => limit !== undefined);
  const maxTokens = limits.length === 0 ? FALLBACK_MAX_TOKENS : Math.min(...limits);
  return { maxTokens, padTokenId, firstPosition, isSaid: said !== undefined };
}

/** The id of the token that the tokenizer pads with. */
async function padTokenOf(directory: string, { pad_token: pad }: ModelConfig): Promise<number | undefined> {
  const content: unknown = typeof pad === 'object' && pad !== null && 'content' in pad ? pad.content : pad;
  const { added_tokens: added } = await readModelObject(join(directory, 'tokenizer.json'));
  if (typeof content !== 'string' || !Array.isArray(added)) return undefined;
  return integerOf(added.find((token: unknown) => isNamed(token, content))?.id);
}

function isNamed(token: unknown, content: string): boolean {
  return typeof token === 'object' && token !== null && 'content' in token && token.content === content;
}

/** Their files do not say that they were trained with a word before each text. */
const E5 = /(^|[-_/])e5[-_]/i;

function prefixNotice(name: string): string {
  return (
    `the model ${name} has no prompt in its files, and models of its name were trained with "query: " or "passage: " before each text: ` +
    '--text_prefix "query: " puts it there, --text_prefix "" says that none is wanted'
  );
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

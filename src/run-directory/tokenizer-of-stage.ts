import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckpointFile } from '../checkpoint/checkpoint-file.ts';
import { writeSharedFile } from '../checkpoint/durable-replace.ts';
import type { JsonObject } from '../checkpoint/json.ts';
import { CheckpointError, messageOf } from '../errors.ts';
import { parseTokenizerConfig } from '../tokens/parse-tokenizer-config.ts';
import type { TokenizerConfig, TrainedModel } from '../tokens/tokenizer-config.ts';
import { isComplete, upgradedTokenizer } from './upgraded-tokenizer.ts';

const PREFIX = 'tokenizer.';
/** What the file that describes the tokenizer is called in a run directory. */
export const KEPT_TOKENIZER = 'tokenizer_config.json';
/** Its name in run directories of version 0.1.0, which kept trained tokenizers only. */
const KEPT_BEFORE = 'trained_tokenizer.json';

/**
 * A tokenizer as options of a fingerprint. Of a trained model only the hash is in it: it can be megabytes, and a
 * checkpoint is written every few batches.
 */
export function tokenizerOptions({ trained, ...options }: TokenizerConfig): Readonly<Record<string, unknown>> {
  const told = trained === null ? options : { ...options, trained: hashOf(trained) };
  return Object.fromEntries(Object.entries(told).map(([name, value]) => [`${PREFIX}${name}`, value]));
}

/** Keeps the file that describes the tokenizer in the run directory, where what reads the run later finds it; returns its path. */
export async function keepTokenizerFile(outputDir: string, text: string): Promise<string> {
  const file = join(outputDir, KEPT_TOKENIZER);
  await writeSharedFile(file, text);
  return file;
}

/**
 * The tokenizer that a MIDI stage was made with, from its checkpoint's fingerprint; of a trained one the model comes from
 * the run directory.
 *
 * @throws CheckpointError `checkpoint_foreign` where the checkpoint does not say, `tokenizer_missing` where the model is gone.
 */
export function tokenizerOfStage(
  { fingerprint }: Pick<CheckpointFile, 'fingerprint'>,
  outputDir: string,
): TokenizerConfig {
  const config = upgradedTokenizer(storedTokenizer(fingerprint.options));
  if (!isComplete(config)) {
    throw new CheckpointError(
      'checkpoint_foreign',
      'the MIDI checkpoint does not say which tokenizer it was made with',
    );
  }
  return config.trained === null ? config : { ...config, trained: readTrained(outputDir, config.trained) };
}

/** The options of a fingerprint as this version would write them. */
export function upgradedOptions(options: JsonObject): Readonly<Record<string, unknown>> {
  const others = Object.entries(options).filter(([name]) => !name.startsWith(PREFIX));
  const tokenizer = Object.entries(upgradedTokenizer(storedTokenizer(options)));
  const told = tokenizer.filter(([name, value]) => name !== 'trained' || value !== null);
  return Object.fromEntries([...others, ...told.map(([name, value]) => [`${PREFIX}${name}`, value])]);
}

function storedTokenizer(options: JsonObject): object {
  const own = Object.entries(options).filter(([name]) => name.startsWith(PREFIX));
  return {
    trained: null,
    ...Object.fromEntries(own.map(([name, value]) => [name.slice(PREFIX.length), optionOf(value)])),
  };
}

function readTrained(outputDir: string, expected: unknown): TrainedModel {
  const file =
    [KEPT_TOKENIZER, KEPT_BEFORE].map((name) => join(outputDir, name)).find(existsSync) ??
    join(outputDir, KEPT_TOKENIZER);
  const missing = (why: string) => new CheckpointError('tokenizer_missing', `${file}: ${why}`);
  let trained: TrainedModel | null;
  try {
    ({ trained } = parseTokenizerConfig(readFileSync(file, 'utf8')));
  } catch (error) {
    throw missing(`the trained tokenizer of this run cannot be read: ${messageOf(error)}`);
  }
  if (trained === null || hashOf(trained) !== expected) throw missing('this is not the trained tokenizer of this run');
  return trained;
}

function hashOf(trained: TrainedModel): string {
  const parts = [trained.model, sorted(trained.vocab_base), sorted(trained.vocab_base_byte_to_token)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function sorted(map: Readonly<Record<string, string | number>>): readonly (readonly [string, string | number])[] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Lists and maps are stored as the text of their JSON. */
function optionOf(value: unknown): unknown {
  return typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value;
}

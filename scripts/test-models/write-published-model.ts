import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bertGraph, type GraphDtype } from './bert-graph.ts';
import type { BertShape } from './bert-weights.ts';
import { MODEL_FILES } from './model-files.ts';
import { publishedBertWeights } from './published-bert-weights.ts';
import { readSafetensors } from './safetensors.ts';
import { writeParts } from './write-parts.ts';

/** The files beside the weights that the hub's tools read. */
const TEXT_FILES = [
  'config.json',
  'config_sentence_transformers.json',
  'modules.json',
  'sentence_bert_config.json',
  'special_tokens_map.json',
  'tokenizer.json',
  'tokenizer_config.json',
  '1_Pooling/config.json',
];

/**
 * Writes a published BERT as an ONNX folder in the hub's layout, from its folder with `model.safetensors`.
 *
 * @param quantized - an ONNX file of the same model in 8 bits, taken as it is.
 */
export function writePublishedModel(
  directory: string,
  source: string,
  dtypes: readonly Exclude<GraphDtype, 'q8'>[],
  quantized?: string,
): void {
  for (const folder of ['onnx', '1_Pooling']) mkdirSync(join(directory, folder), { recursive: true });
  for (const name of TEXT_FILES) {
    if (existsSync(join(source, name))) copyFileSync(join(source, name), join(directory, name));
  }
  const shape = shapeOf(join(source, 'config.json'));
  const weights = publishedBertWeights(readSafetensors(join(source, 'model.safetensors')));
  for (const dtype of dtypes) writeParts(join(directory, MODEL_FILES[dtype]), bertGraph(shape, weights, dtype));
  if (quantized !== undefined) copyFileSync(quantized, join(directory, MODEL_FILES.q8));
}

function shapeOf(file: string): BertShape {
  const config: Readonly<Record<string, number>> = JSON.parse(readFileSync(file, 'utf8'));
  const number = (name: string): number => {
    const value = config[name];
    if (value === undefined) throw new Error(`${file} has no ${name}`);
    return value;
  };
  return {
    vocabularySize: number('vocab_size'),
    hiddenSize: number('hidden_size'),
    layers: number('num_hidden_layers'),
    heads: number('num_attention_heads'),
    feedForwardSize: number('intermediate_size'),
    positions: number('max_position_embeddings'),
  };
}

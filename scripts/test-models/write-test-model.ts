import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bertGraph, type GraphDtype } from './bert-graph.ts';
import { type BertShape, type BertWeights, bertWeights } from './bert-weights.ts';
import { ExternalWeights } from './external-weights.ts';
import { bertTextFiles } from './model-files.ts';
import type { Bytes } from './protobuf.ts';
import { wordPieceVocabulary } from './vocabulary.ts';

export interface TestModel {
  readonly shape: BertShape;
  readonly seed: number;
  /** Half-width of the random weights; wider where few layers must tell texts apart. */
  readonly spread: number;
}

/** Small enough to be made anew by every test. */
export const TINY: TestModel = {
  shape: { vocabularySize: 640, hiddenSize: 32, layers: 2, heads: 4, feedForwardSize: 64, positions: 64 },
  seed: 20261121,
  spread: 0.3,
};

/** The shape of all-MiniLM-L6-v2, about 90 MB in fp32. */
export const MINILM: TestModel = {
  shape: { vocabularySize: 30522, hiddenSize: 384, layers: 6, heads: 12, feedForwardSize: 1536, positions: 512 },
  seed: 20261121,
  spread: 0.06,
};

/** The file of each dtype, named as on the hub. */
const MODEL_FILES: Readonly<Record<GraphDtype, string>> = {
  fp32: 'onnx/model.onnx',
  fp16: 'onnx/model_fp16.onnx',
  q8: 'onnx/model_quantized.onnx',
};

/**
 * Writes a BERT with random weights as an ONNX folder in the hub's layout, and returns the weights.
 *
 * @param weightsFile - a file in `onnx/` where the weights go, of one dtype; by default they are in the ONNX file.
 * @example writeTestModel('.bench/models/minilm', MINILM, ['fp32']);
 */
export function writeTestModel(
  directory: string,
  model: TestModel,
  dtypes: readonly GraphDtype[],
  weightsFile?: string,
): BertWeights {
  const weights = bertWeights(model.shape, model.seed, model.spread);
  const text = bertTextFiles(model.shape, wordPieceVocabulary(model.shape.vocabularySize));
  mkdirSync(join(directory, 'onnx'), { recursive: true });
  for (const [name, content] of Object.entries(text)) writeFileSync(join(directory, name), content);
  for (const dtype of dtypes) {
    const external = weightsFile === undefined ? undefined : new ExternalWeights(weightsFile);
    writeParts(join(directory, MODEL_FILES[dtype]), bertGraph(model.shape, weights, dtype, external));
    if (external !== undefined) writeParts(join(directory, 'onnx', external.location), external.parts);
  }
  return weights;
}

function writeParts(file: string, parts: Bytes): void {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'w');
  try {
    for (const part of parts) {
      for (let at = 0; at < part.length; ) at += writeSync(descriptor, part, at);
    }
  } finally {
    closeSync(descriptor);
  }
}

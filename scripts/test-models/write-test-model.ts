import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bertGraph, type GraphDtype } from './bert-graph.ts';
import { type BertShape, type BertWeights, bertWeights } from './bert-weights.ts';
import { ExternalWeights } from './external-weights.ts';
import { BERT, type ModelFamily } from './model-family.ts';
import { bertTextFiles, MODEL_FILES } from './model-files.ts';
import { wordPieceVocabulary } from './vocabulary.ts';
import { writeParts } from './write-parts.ts';

export interface TestModel {
  readonly shape: BertShape;
  readonly seed: number;
  /** Half-width of the random weights; wider where few layers must tell texts apart. */
  readonly spread: number;
  /** BERT itself where none is said. */
  readonly family?: ModelFamily;
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
  const { shape, family = BERT } = model;
  const weights = bertWeights(shape, model.seed, model.spread, family);
  const text = bertTextFiles(shape, wordPieceVocabulary(shape.vocabularySize, family), family);
  mkdirSync(join(directory, 'onnx'), { recursive: true });
  for (const [name, content] of Object.entries(text)) writeFileSync(join(directory, name), content);
  for (const dtype of dtypes) {
    const external = weightsFile === undefined ? undefined : new ExternalWeights(weightsFile);
    const file = MODEL_FILES[dtype].replace('/model', `/${family.file}`);
    writeParts(join(directory, file), bertGraph(shape, weights, dtype, external, family));
    if (external !== undefined) writeParts(join(directory, 'onnx', external.location), external.parts);
  }
  return weights;
}

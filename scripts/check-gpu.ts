/**
 * For somebody with a GPU: tries what onnxruntime can compute text models with, compares the vectors with those of the CPU, measures how
 * fast each is, and prints a block to paste into an issue. After `npm ci && npm run build`:
 * `npx tsx scripts/check-gpu.ts [--text_model NAME|DIR] [--dtype fp32] [--captions 2000] [--rounds 3]`. Without a model of yours that of
 * all-MiniLM-L6-v2's shape is made, with random weights. Exit 1 where no GPU is used.
 */
import { existsSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { makeCaptions } from '../bench/captions.ts';
import { ownPackage } from '../src/config/own-package.ts';
import { gpuProviders } from '../src/text/encoders/transformers/execution-provider.ts';
import { DEFAULT_PROBE_OPTIONS } from '../src/text/encoders/transformers/probe-providers.ts';
import { textRuntime } from '../src/text/encoders/transformers/text-runtime.ts';
import { findModel } from '../src/text/find-model.ts';
import { defaultModelCache } from '../src/text/model-cache.ts';
import { DTYPES } from '../src/text/model-folder.ts';
import { systemGpus } from '../src/tools/system-gpus.ts';
import { gpuReportText } from './gpu/gpu-report.ts';
import { type MeasureOptions, measureProvider, type ProviderFigures } from './gpu/measure-provider.ts';
import { MINILM, writeTestModel } from './test-models/write-test-model.ts';

const { values } = parseArgs({
  options: {
    text_model: { type: 'string' },
    dtype: { type: 'string', default: 'fp32' },
    captions: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
  },
});
const dtype = DTYPES.find((name) => name === values.dtype) ?? 'fp32';
const model = await findModel({
  model: values.text_model ?? madeModel(),
  revision: 'main',
  dtype,
  cacheDir: defaultModelCache(),
  offline: false,
});
const captions = makeCaptions(Number(values.captions), 1);
const options: MeasureOptions = {
  model,
  captions,
  threads: availableParallelism(),
  batchTokens: [],
  rounds: Number(values.rounds),
  // The built program: the source of it is no entry of a process.
  parts: { probe: { ...DEFAULT_PROBE_OPTIONS, entry: pathToFileURL(resolve('dist/worker/probe-process.js')) } },
};

const cpu = await measured('cpu', () => measureProvider('cpu', options));
const gpus: ProviderFigures[] = [];
for (const provider of gpuProviders(process.platform, process.arch)) {
  const batchTokens = [2048, 8192, 32_768, 65_536];
  gpus.push(await measured(provider, () => measureProvider(provider, { ...options, batchTokens })));
}
const { onnxruntime } = textRuntime();
const facts = {
  midiloom: `${ownPackage().version}, onnxruntime ${onnxruntime}, Node.js ${process.version}`,
  system: `${process.platform} ${process.arch} ${release()}`,
  processor: `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores`,
  GPUs: systemGpus(process.platform)?.join('; ') || 'not named by the system',
  model: `${model.name}, ${dtype}; ${captions.length} captions of 15 to 80 words, median of ${options.rounds} rounds`,
};
console.log(`\n${gpuReportText({ facts, cpu, gpus })}`);
if (!gpus.some(({ ok }) => ok)) process.exitCode = 1;

async function measured(name: string, work: () => Promise<ProviderFigures>): Promise<ProviderFigures> {
  console.error(`${name} …`);
  return work();
}

function madeModel(): string {
  const directory = resolve('.bench/models/minilm');
  if (!existsSync(join(directory, 'onnx/model_fp16.onnx'))) writeTestModel(directory, MINILM, ['fp32', 'fp16', 'q8']);
  return directory;
}

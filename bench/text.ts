/**
 * Captions per second of the transformer encoder in the shape of all-MiniLM-L6-v2, against bare onnxruntime fed the same
 * batches and against the feature-extraction pipeline of transformers.js with batches of 32 in input order. Interleaved
 * rounds; each ratio is the median over the rounds. Run: npx tsx bench/text.ts [captions] [rounds] [threads]
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from '@huggingface/transformers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { MINILM, writeTestModel } from '../scripts/test-models/write-test-model.ts';
import { openTokenizer } from '../src/text/encoders/transformers/caption-tokenizer.ts';
import { batchLimits } from '../src/text/encoders/transformers/execution-provider.ts';
import { takeBatch } from '../src/text/encoders/transformers/take-batch.ts';
import { createTransformersEncoder } from '../src/text/encoders/transformers/transformers-encoder.ts';
import { findModel } from '../src/text/find-model.ts';
import type { Dtype } from '../src/text/model-folder.ts';
import { makeCaptions } from './captions.ts';

const [count = 320, rounds = 5, threads = availableParallelism()] = process.argv.slice(2).map(Number);
const PIPELINE_BATCH = 32;
const directory = resolve('.bench/models/minilm');

if (!existsSync(join(directory, 'onnx/model_quantized.onnx'))) writeTestModel(directory, MINILM, ['fp32', 'q8']);
const captions = makeCaptions(count, 1);
const arms = {
  'bare onnxruntime, same batches': await bareRuntime(),
  'this encoder, fp32': await thisEncoder('fp32'),
  'pipeline, 32 in input order': await thePipeline(),
  'this encoder, q8': await thisEncoder('q8'),
};

const rates = new Map<string, number[]>();
for (let round = 0; round <= rounds; round++) {
  for (const [name, arm] of Object.entries(arms)) {
    const startedAt = performance.now();
    await arm();
    const rate = (1000 * count) / (performance.now() - startedAt);
    // The first round warms up.
    if (round > 0) rates.set(name, [...(rates.get(name) ?? []), rate]);
  }
}

console.log(`${count} captions of 15 to 80 words, ${threads} threads, ${rounds} rounds, Node.js ${process.version}`);
for (const [name, values] of rates)
  console.log(`${name.padEnd(34)}${median(values).toFixed(1).padStart(8)} captions/s`);
console.log(
  `this encoder / bare onnxruntime   ${ratio('this encoder, fp32', 'bare onnxruntime, same batches')}   (goal: 0.90)`,
);
console.log(
  `this encoder / pipeline           ${ratio('this encoder, fp32', 'pipeline, 32 in input order')}   (goal: 1.80)`,
);
console.log(`largest memory of the process     ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);

async function thisEncoder(dtype: Dtype): Promise<() => Promise<unknown>> {
  const model = await findModel({ model: directory, revision: 'main', dtype, cacheDir: directory, offline: true });
  const options = { model, pooling: 'mean', normalize: true, useGpu: false, threads } as const;
  const encoder = await createTransformersEncoder(options);
  return () => encoder.encode(captions);
}

/** The tokens are packed beforehand: only the inference is measured. */
async function bareRuntime(): Promise<() => Promise<unknown>> {
  const session = await InferenceSession.create(join(directory, 'onnx/model.onnx'), { intraOpNumThreads: threads });
  const tokenize = await openTokenizer(directory, {
    maxTokens: MINILM.shape.positions,
    longText: 'truncate',
    prompt: '',
  });
  const tokens = await Promise.all(captions.map(tokenize));
  const rows = tokens.map(({ ids }) => ids).sort((a, b) => b.length - a.length);
  const lengths = rows.map((row) => row.length);
  const feeds: Record<string, Tensor>[] = [];
  for (let start = 0; start < rows.length; ) {
    const size = takeBatch(lengths, start, batchLimits('cpu', 'fp32', undefined, true));
    feeds.push(feedOf(rows.slice(start, start + size)));
    start += size;
  }
  return async () => {
    for (const feed of feeds) await session.run(feed);
  };
}

function feedOf(rows: readonly Int32Array[]): Record<string, Tensor> {
  const width = rows[0]?.length ?? 0;
  const filled = (value: (row: Int32Array, at: number) => number): Tensor => {
    const values = rows.flatMap((row) => Array.from({ length: width }, (_, at) => BigInt(value(row, at))));
    return new Tensor('int64', BigInt64Array.from(values), [rows.length, width]);
  };
  return {
    input_ids: filled((row, at) => row[at] ?? 0),
    attention_mask: filled((row, at) => (at < row.length ? 1 : 0)),
    token_type_ids: filled(() => 0),
  };
}

async function thePipeline(): Promise<() => Promise<unknown>> {
  const extract = await pipeline('feature-extraction', directory, {
    dtype: 'fp32',
    local_files_only: true,
    session_options: { intraOpNumThreads: threads },
  });
  return async () => {
    for (let start = 0; start < captions.length; start += PIPELINE_BATCH) {
      await extract(captions.slice(start, start + PIPELINE_BATCH), { pooling: 'mean', normalize: true });
    }
  };
}

function ratio(name: string, to: string): string {
  const values = rates.get(name) ?? [];
  return median(values.map((value, round) => value / (rates.get(to)?.[round] ?? Number.NaN))).toFixed(2);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

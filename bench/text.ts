/**
 * Captions per second of the transformer encoder with all-MiniLM-L6-v2, against bare onnxruntime fed with the batches that suit it best,
 * against the feature-extraction pipeline of transformers.js with batches of 32 in input order, and beside onnxruntime in Python with
 * batches of 32 of like lengths, as sentence-transformers makes them. Interleaved rounds; each ratio is the median over the rounds.
 * The published weights and Python come from the virtual environment that `.ci/run` makes; without it weights are random, and Python is left
 * out. Run: npx tsx bench/text.ts [captions] [rounds] [threads]
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from '@huggingface/transformers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { makeAllMiniLm } from '../scripts/test-models/all-minilm-l6-v2.ts';
import { MINILM, writeTestModel } from '../scripts/test-models/write-test-model.ts';
import { openTokenizer } from '../src/text/encoders/transformers/caption-tokenizer.ts';
import { takeBatch } from '../src/text/encoders/transformers/take-batch.ts';
import { createTransformersEncoder } from '../src/text/encoders/transformers/transformers-encoder.ts';
import { findModel } from '../src/text/find-model.ts';
import type { Dtype } from '../src/text/model-folder.ts';
import { missingPeers, Peer } from '../test/peers/python.ts';
import { makeCaptions } from './captions.ts';

const [count = 320, rounds = 5, threads = availableParallelism()] = process.argv.slice(2).map(Number);
const PIPELINE_BATCH = 32;
/** Padded tokens of a batch that are tried with bare onnxruntime. */
const SHAPES = [256, 512, 1024, 2048];
/** Threads that wait for work may spin, which pays on a machine that nobody else uses, or sleep. */
const WAITING = ['spinning', 'sleeping'] as const;
const MAX_TOKENS = 256;
const directory = makeAllMiniLm(resolve('.bench/models/all-minilm-l6-v2')) ?? randomModel();
const captions = makeCaptions(count, 1);
const python =
  missingPeers('onnxruntime', 'tokenizers') === undefined
    ? new Peer('../../bench/text-peer.py', [directory, String(threads)])
    : undefined;
const bare = await bareRuntime();
const arms: Readonly<Record<string, () => Promise<unknown>>> = {
  [bare.name]: bare.arm,
  'this encoder, fp32': await thisEncoder('fp32'),
  'pipeline, 32 in input order': await thePipeline(),
  ...(python === undefined ? {} : { 'Python, sorted batches of 32': () => python.ask(captions) }),
  'this encoder, q8': await thisEncoder('q8'),
};

const rates = new Map<string, number[]>();
/** Of this process, which does not count what other programs of the machine take. */
const cpuMs = new Map<string, number[]>();
for (let round = 0; round <= rounds; round++) {
  for (const [name, arm] of Object.entries(arms)) {
    const startedAt = performance.now();
    const before = process.cpuUsage();
    await arm();
    const { user, system } = process.cpuUsage(before);
    const rate = (1000 * count) / (performance.now() - startedAt);
    // The first round warms up.
    if (round === 0) continue;
    rates.set(name, [...(rates.get(name) ?? []), rate]);
    cpuMs.set(name, [...(cpuMs.get(name) ?? []), (user + system) / 1000 / count]);
  }
}
await python?.end();

console.log(`${count} captions of 15 to 80 words, ${threads} threads, ${rounds} rounds, Node.js ${process.version}`);
for (const [name, values] of rates)
  console.log(`${name.padEnd(44)}${median(values).toFixed(1).padStart(8)} captions/s${cpuText(name)}`);
const ours = 'this encoder, fp32';
console.log(`${`this encoder / ${bare.name}`.padEnd(60)}${ratio(ours, bare.name)}   (goal: 0.95)`);
console.log(`${'this encoder / pipeline'.padEnd(60)}${ratio(ours, 'pipeline, 32 in input order')}   (goal: 2.00)`);
if (python !== undefined)
  console.log(`${'this encoder / Python'.padEnd(60)}${ratio(ours, 'Python, sorted batches of 32')}`);
console.log(`largest memory of the process     ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);

function randomModel(): string {
  const made = resolve('.bench/models/minilm');
  if (!existsSync(join(made, 'onnx/model_quantized.onnx'))) writeTestModel(made, MINILM, ['fp32', 'q8']);
  return made;
}

async function thisEncoder(dtype: Dtype): Promise<() => Promise<unknown>> {
  const model = await findModel({ model: directory, revision: 'main', dtype, cacheDir: directory, offline: true });
  const options = { model, pooling: 'mean', normalize: true, maxTokens: MAX_TOKENS, useGpu: false, threads } as const;
  const encoder = await createTransformersEncoder(options);
  return () => encoder.encode(captions);
}

/** The tokens are packed beforehand: only the inference is measured, in the way that is fastest here. */
async function bareRuntime(): Promise<{ readonly name: string; readonly arm: () => Promise<unknown> }> {
  const tokenize = await openTokenizer(directory, { maxTokens: MAX_TOKENS, longText: 'truncate', prompt: '' });
  const tokens = await Promise.all(captions.map(tokenize));
  const rows = tokens.map(({ ids }) => ids).sort((a, b) => b.length - a.length);
  const sessions = await Promise.all(WAITING.map(async (waiting) => [waiting, await bareSession(waiting)] as const));
  const ways = SHAPES.flatMap((maxTokens) => sessions.map((session) => [maxTokens, ...session] as const));
  const shapes = ways.map(([maxTokens, waiting, session]) => {
    const feeds = feedsOf(rows, maxTokens);
    return {
      name: `bare onnxruntime, ${maxTokens} tokens, ${waiting}`,
      arm: async () => {
        for (const feed of feeds) await session.run(feed);
      },
      seconds: [] as number[],
    };
  });
  for (let round = 0; round < 3; round++) {
    for (const { arm, seconds } of shapes) {
      const startedAt = performance.now();
      await arm();
      seconds.push((performance.now() - startedAt) / 1000);
    }
  }
  const [best] = shapes.sort((a, b) => median(a.seconds) - median(b.seconds));
  if (best === undefined) throw new Error('no shape of batches is tried');
  return best;
}

function bareSession(waiting: (typeof WAITING)[number]): Promise<InferenceSession> {
  const spinning = { session: { intra_op: { allow_spinning: waiting === 'spinning' ? '1' : '0' } } };
  return InferenceSession.create(join(directory, 'onnx/model.onnx'), { intraOpNumThreads: threads, extra: spinning });
}

function feedsOf(rows: readonly Int32Array[], maxTokens: number): Record<string, Tensor>[] {
  const lengths = rows.map((row) => row.length);
  const feeds: Record<string, Tensor>[] = [];
  for (let start = 0; start < rows.length; ) {
    const size = takeBatch(lengths, start, { maxTokens, company: 'any' });
    feeds.push(feedOf(rows.slice(start, start + size)));
    start += size;
  }
  return feeds;
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

/** Of the other process nothing is known. */
function cpuText(name: string): string {
  if (name.startsWith('Python')) return '';
  return `, ${median(cpuMs.get(name) ?? [])
    .toFixed(1)
    .padStart(6)} ms of CPU time each`;
}

function ratio(name: string, to: string): string {
  const values = rates.get(name) ?? [];
  return median(values.map((value, round) => value / (rates.get(to)?.[round] ?? Number.NaN))).toFixed(2);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

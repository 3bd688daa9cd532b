import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BertWeights } from '../../../scripts/test-models/bert-weights.ts';
import { TINY, writeTestModel } from '../../../scripts/test-models/write-test-model.ts';
import {
  createTransformersEncoder,
  type TransformersEncoder,
  type TransformersOptions,
  type TransformersParts,
} from '../../../src/text/encoders/transformers/transformers-encoder.ts';
import { findModel } from '../../../src/text/find-model.ts';
import { DTYPES, type Dtype, type ModelFolder } from '../../../src/text/model-folder.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-model-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface TinyModel {
  readonly directory: string;
  readonly weights: BertWeights;
}

/** A BERT of two layers with random weights in a temporary folder, in every dtype. */
export function writeTinyModel(): TinyModel {
  const directory = join(temporaryFolder(), 'tiny');
  return { directory, weights: writeTestModel(directory, TINY, DTYPES) };
}

export function findLocal(directory: string, dtype: Dtype = 'fp32'): Promise<ModelFolder> {
  return findModel({ model: directory, revision: 'main', dtype, cacheDir: join(directory, 'no-cache'), offline: true });
}

/** An encoder of a tiny model on one CPU thread, closed after the test. */
export async function openTinyEncoder(
  { directory, dtype, ...options }: Partial<TransformersOptions> & { directory?: string; dtype?: Dtype } = {},
  parts: Partial<TransformersParts> = {},
): Promise<TransformersEncoder> {
  const model = await findLocal(directory ?? writeTinyModel().directory, dtype);
  const encoder = await createTransformersEncoder(
    { model, pooling: 'auto', normalize: true, useGpu: false, threads: 1, ...options },
    parts,
  );
  onTestFinished(() => encoder.close());
  return encoder;
}

/** The embeddings of texts, as plain numbers. */
export async function embeddingsOf(encoder: TransformersEncoder, texts: readonly string[]): Promise<number[][]> {
  return (await encoder.encode(texts)).map(({ embedding }) => [...(embedding ?? [])]);
}

export function largestDifference(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? Number.NaN))));
}

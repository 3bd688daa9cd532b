import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from '@huggingface/transformers';
import { describe, expect, it } from 'vitest';
import { makeCaptions } from '../../../bench/captions.ts';
import { TINY } from '../../../scripts/test-models/write-test-model.ts';
import { forwardPass, meanEmbedding } from './forward-pass.ts';
import { embeddingsOf, largestDifference, openTinyEncoder, writeTinyModel } from './tiny-model.ts';

const captions = makeCaptions(40, 4).map((caption, at) => caption.slice(0, 40 + at * 5));

describe('the embeddings', () => {
  it("are those of an independent forward pass over the model's weights", async () => {
    const tiny = writeTinyModel();
    const encoder = await openTinyEncoder({ directory: tiny.directory });
    for (const { embedding, tokenIds } of await encoder.encode(captions.slice(0, 4))) {
      const expected = meanEmbedding(forwardPass(TINY.shape, tiny.weights, [...(tokenIds ?? [])]));
      expect(largestDifference(expected, [...(embedding ?? [])])).toBeLessThan(1e-5);
    }
  });

  it('are those of the feature-extraction pipeline', async () => {
    const { directory } = writeTinyModel();
    const encoder = await openTinyEncoder({ directory });
    const extract = await pipeline('feature-extraction', directory, { dtype: 'fp32', local_files_only: true });
    const texts = captions.slice(0, 8);
    const expected: number[][] = (await extract(texts, { pooling: 'mean', normalize: true })).tolist();
    const embeddings = await embeddingsOf(encoder, texts);
    expected.forEach((vector, at) => {
      expect(largestDifference(vector, embeddings[at] ?? [])).toBeLessThan(1e-6);
    });
  });

  it('have equal bits in fp32 whatever the batch, the order and the number of threads', async () => {
    const { directory } = writeTinyModel();
    const expected = await embeddingsOf(await openTinyEncoder({ directory }), captions);
    const alone = await openTinyEncoder({ directory, maxBatchTokens: 1 });
    expect(await embeddingsOf(alone, captions)).toEqual(expected);
    const large = await openTinyEncoder({ directory, maxBatchTokens: 100_000, threads: 2 });
    expect((await embeddingsOf(large, [...captions].reverse())).reverse()).toEqual(expected);
    const inParts = [
      ...(await embeddingsOf(large, captions.slice(0, 7))),
      ...(await embeddingsOf(large, captions.slice(7))),
    ];
    expect(inParts).toEqual(expected);
  });

  it.each(['fp16', 'q8'] as const)(
    'have equal bits in %s whatever the company, and are close to fp32',
    async (dtype) => {
      const { directory } = writeTinyModel();
      const encoder = await openTinyEncoder({ directory, dtype });
      const together = await embeddingsOf(encoder, captions);
      const exact = await embeddingsOf(await openTinyEncoder({ directory }), captions);
      for (const [at, caption] of captions.entries()) {
        expect(await embeddingsOf(encoder, [caption])).toEqual([together[at]]);
        expect(largestDifference(exact[at] ?? [], together[at] ?? [])).toBeLessThan(dtype === 'q8' ? 0.05 : 0.005);
      }
    },
  );

  it('are in the order of the texts, and one for equal texts', async () => {
    const encoder = await openTinyEncoder();
    const [long, short] = ['a slow waltz for piano and strings', 'rock'];
    const [first, second, third] = await encoder.encode([short, long, short]);
    expect(third).toEqual(first);
    expect([...(second?.tokenIds ?? [])].length).toBeGreaterThan([...(first?.tokenIds ?? [])].length);
    expect(await encoder.encode([])).toEqual([]);
  });

  it('have length 1 unless they are wanted as they are', async () => {
    const { directory } = writeTinyModel();
    const [unit = []] = await embeddingsOf(await openTinyEncoder({ directory }), ['jazz']);
    const [raw = []] = await embeddingsOf(await openTinyEncoder({ directory, normalize: false }), ['jazz']);
    expect(Math.hypot(...unit)).toBeCloseTo(1, 6);
    expect(Math.hypot(...raw)).not.toBeCloseTo(1, 1);
    expect(
      largestDifference(
        raw.map((value) => value / Math.hypot(...raw)),
        unit,
      ),
    ).toBeLessThan(1e-6);
  });

  it('are those of the text behind the default prompt, in lower case where the model wants that', async () => {
    const { directory } = writeTinyModel();
    const expected = await embeddingsOf(await openTinyEncoder({ directory }), ['music: a slow waltz']);
    const prompts = { prompts: { caption: 'Music: ' }, default_prompt_name: 'caption' };
    writeFileSync(join(directory, 'config_sentence_transformers.json'), JSON.stringify(prompts));
    writeFileSync(join(directory, 'sentence_bert_config.json'), JSON.stringify({ do_lower_case: true }));
    const encoder = await openTinyEncoder({ directory });
    expect(await embeddingsOf(encoder, ['A slow waltz'])).toEqual(expected);
    expect(encoder.identity).toMatchObject({ prompt: 'Music: ', lower_case: true });
  });

  it('are of the first N tokens with a length of N', async () => {
    const encoder = await openTinyEncoder({ maxTokens: 8 });
    const [encoded] = await encoder.encode(['a slow waltz for piano and strings in a minor key']);
    expect(encoded).toMatchObject({ truncated: true, tokenIds: expect.objectContaining({ length: 8 }) });
    expect(encoder.identity).toMatchObject({ max_tokens: 8 });
  });

  it("are pooled as the model's own configuration says", async () => {
    const tiny = writeTinyModel();
    mkdirSync(join(tiny.directory, '1_Pooling'));
    writeFileSync(
      join(tiny.directory, '1_Pooling', 'config.json'),
      JSON.stringify({ pooling_mode_cls_token: true, pooling_mode_mean_tokens: false }),
    );
    const encoder = await openTinyEncoder({ directory: tiny.directory, normalize: false });
    const [encoded] = await encoder.encode(['a warm ballad']);
    const [first = []] = forwardPass(TINY.shape, tiny.weights, [...(encoded?.tokenIds ?? [])]);
    expect(largestDifference(first, [...(encoded?.embedding ?? [])])).toBeLessThan(1e-4);
    expect(encoder.identity).toMatchObject({ pooling: 'cls' });
  });
});

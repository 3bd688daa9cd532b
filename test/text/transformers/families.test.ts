import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeCaptions } from '../../../bench/captions.ts';
import type { BertWeights } from '../../../scripts/test-models/bert-weights.ts';
import { FAMILIES, type ModelFamily } from '../../../scripts/test-models/model-family.ts';
import { OnnxGraph } from '../../../scripts/test-models/onnx-graph.ts';
import { TINY, writeTestModel } from '../../../scripts/test-models/write-test-model.ts';
import { DTYPES } from '../../../src/text/model-folder.ts';
import { forwardPass, projectedFirst } from './forward-pass.ts';
import {
  embeddingsOf,
  findLocal,
  largestDifference,
  openTinyEncoder,
  temporaryFolder,
  writeTinyModel,
} from './tiny-model.ts';

/** Of many lengths, so that most of a batch is padded. */
const captions = makeCaptions(6, 7).map((caption, at) => caption.slice(0, 12 + at * 17));

function familyModel(name: string): {
  readonly directory: string;
  readonly family: ModelFamily;
  readonly weights: BertWeights;
} {
  const family = FAMILIES[name];
  if (family === undefined) throw new Error(`no family ${name}`);
  const directory = join(temporaryFolder(), 'family');
  return { directory, family, weights: writeTestModel(directory, { ...TINY, family }, DTYPES) };
}

function unit(vector: readonly number[]): number[] {
  return vector.map((value) => value / Math.hypot(...vector));
}

function mean(states: readonly (readonly number[])[]): number[] {
  return (states[0] ?? []).map(
    (_, at) => states.reduce((sum, row) => sum + (row[at] ?? Number.NaN), 0) / states.length,
  );
}

describe.each(Object.keys(FAMILIES))('a model like %s', (name) => {
  it('has the vectors of an independent forward pass, for texts of many lengths at once', async () => {
    const { directory, family, weights } = familyModel(name);
    const encoder = await openTinyEncoder({ directory });
    for (const { embedding, tokenIds } of await encoder.encode(captions)) {
      const ids = [...(tokenIds ?? [])];
      expect(ids.at(-1)).toBe(family.tokens.closing[1]);
      if (family.tokens.opening !== undefined) expect(ids[0]).toBe(family.tokens.opening[1]);
      const states = forwardPass(TINY.shape, weights, ids, family);
      const expected = family.projection === undefined ? mean(states) : projectedFirst(weights, states);
      expect(largestDifference(unit(expected), [...(embedding ?? [])])).toBeLessThan(1e-5);
    }
  });

  it('is cut at its positions, where it has any', async () => {
    const { directory, family } = familyModel(name);
    const encoder = await openTinyEncoder({ directory });
    const [encoded] = await encoder.encode(['jazz '.repeat(1000)]);
    const offset = ['ids', 'input'].includes(family.positions) ? family.padTokenId + 1 : 0;
    const positions = family.positions === 'distance' ? 512 : TINY.shape.positions - offset;
    expect(encoded).toMatchObject({ truncated: true, tokenIds: expect.objectContaining({ length: positions }) });
  });
});

it.each(['roberta', 't5', 'clap'])('a model like %s has near vectors in fp16 and in 8 bits', async (name) => {
  const { directory } = familyModel(name);
  const exact = await embeddingsOf(await openTinyEncoder({ directory }), captions);
  for (const dtype of ['fp16', 'q8'] as const) {
    const found = await embeddingsOf(await openTinyEncoder({ directory, dtype }), captions);
    for (const [at, vector] of exact.entries()) expect(largestDifference(vector, found[at] ?? [])).toBeLessThan(0.05);
  }
});

it.each([
  ['t5', 'onnx/encoder_model.onnx'],
  ['clap', 'onnx/text_model.onnx'],
])('of a model like %s the part that reads is taken', async (name, modelFile) => {
  const { directory } = familyModel(name);
  const whole = readFileSync(join(writeTinyModel().directory, 'onnx/model.onnx'));
  writeFileSync(join(directory, 'onnx/model.onnx'), whole);
  expect(await findLocal(directory)).toMatchObject({ modelFile });
});

describe('a model is refused, with the reason,', () => {
  it('that gives one vector for a text, where another pooling is asked for', async () => {
    const { directory } = familyModel('clap');
    await expect(openTinyEncoder({ directory, pooling: 'mean' })).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('gives one vector for a text'),
    });
  });

  it.each(['siglip', 'xlnet'])('that is like %s', async (modelType) => {
    const { directory } = writeTinyModel();
    const config = JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8'));
    writeFileSync(join(directory, 'config.json'), JSON.stringify({ ...config, model_type: modelType }));
    await expect(openTinyEncoder({ directory })).rejects.toMatchObject({ code: 'model_unsupported' });
  });

  it.each([
    [
      'writes as well',
      'model',
      ['input_ids', 'attention_mask', 'decoder_input_ids'],
      'last_hidden_state',
      /encoder_model\.onnx/,
    ],
    ['writes on', 'model', ['input_ids', 'past_key_values.0.key'], 'logits', /one token after the other/],
    ['hears as well', 'model', ['input_ids', 'input_features'], 'text_embeds', /text_model\.onnx/],
    ['gives the vector of a text only', 'model', ['input_ids'], 'text_embeds', /must give last_hidden_state/],
    ['gives no vector of a text', 'text_model', ['input_ids'], 'last_hidden_state', /must give text_embeds/],
  ])('that %s', async (_, file, inputs, output, reason) => {
    const { directory } = writeTinyModel();
    const graph = new OnnxGraph();
    graph.output(output, 'input_ids');
    const port = (name: string) => ({ name, element: 'int64', dims: ['batch', 'sequence'] }) as const;
    renameSync(join(directory, 'onnx/model.onnx'), join(directory, `onnx/${file}.onnx`));
    writeFileSync(join(directory, `onnx/${file}.onnx`), Buffer.concat(graph.file(inputs.map(port), [port(output)])));
    await expect(openTinyEncoder({ directory })).rejects.toMatchObject({
      code: 'model_unsupported',
      message: expect.stringMatching(reason),
    });
  });
});

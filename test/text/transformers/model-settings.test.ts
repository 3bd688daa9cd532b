import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OnnxGraph } from '../../../scripts/test-models/onnx-graph.ts';
import { type ModelSettings, readModelSettings } from '../../../src/text/encoders/transformers/model-settings.ts';
import { openTinyEncoder, temporaryFolder, writeTinyModel } from './tiny-model.ts';

/** The settings of a folder with these JSON files. */
function settingsOf(files: Readonly<Record<string, unknown>>): Promise<ModelSettings> {
  const directory = temporaryFolder();
  mkdirSync(join(directory, '1_Pooling'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const model = { name: 'test', revision: undefined, directory, dtype: 'fp32', modelFile: '', checksums: {} } as const;
  return readModelSettings(model, 'auto');
}

describe("a model's settings", () => {
  it('take the lowest of its limits', async () => {
    const files = {
      'config.json': { model_type: 'bert', max_position_embeddings: 512, pad_token_id: 3 },
      'tokenizer_config.json': { model_max_length: 400 },
    };
    expect(await settingsOf(files)).toEqual({ pooling: 'mean', maxTokens: 400, padTokenId: 3 });
    const sentence = { ...files, 'sentence_bert_config.json': { max_seq_length: 256 } };
    expect(await settingsOf(sentence)).toMatchObject({ maxTokens: 256 });
  });

  it('leave out the positions that RoBERTa never uses, and a limit of 1e30', async () => {
    const config = { model_type: 'xlm-roberta', max_position_embeddings: 514, pad_token_id: 1 };
    const files = { 'config.json': config, 'tokenizer_config.json': { model_max_length: 1e30 } };
    expect(await settingsOf(files)).toMatchObject({ maxTokens: 512, padTokenId: 1 });
  });

  it.each([
    ['pooling_mode_mean_tokens', 'mean'],
    ['pooling_mode_cls_token', 'cls'],
  ])('with %s pool by %s', async (mode, pooling) => {
    const files = {
      '1_Pooling/config.json': { word_embedding_dimension: 384, [mode]: true, pooling_mode_max_tokens: false },
    };
    expect(await settingsOf(files)).toMatchObject({ pooling });
  });

  it.each([
    ['an unknown pooling', { '1_Pooling/config.json': { pooling_mode_max_tokens: true } }, 'pooling_mode_max_tokens'],
    ['what is not JSON', { 'config.json': '{' }, 'config.json cannot be read'],
    ['a list', { 'config.json': [] }, 'does not hold a JSON object'],
  ])('refuse %s', async (_, files, message) => {
    await expect(settingsOf(files)).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining(message),
    });
  });
});

describe('a model folder', () => {
  it('with a file that is no ONNX is refused', async () => {
    const { directory } = writeTinyModel();
    writeFileSync(join(directory, 'onnx/model.onnx'), 'a page that says: log in first');
    await expect(openTinyEncoder({ directory })).rejects.toMatchObject({ code: 'model_unusable' });
  });

  it('with a model that is no text encoder is refused', async () => {
    const { directory } = writeTinyModel();
    const graph = new OnnxGraph();
    graph.output('logits', 'pixels');
    const port = (name: string) => ({ name, element: 'float32', dims: [1] }) as const;
    writeFileSync(join(directory, 'onnx/model.onnx'), Buffer.concat(graph.file([port('pixels')], [port('logits')])));
    await expect(openTinyEncoder({ directory })).rejects.toMatchObject({
      code: 'model_unsupported',
      message: expect.stringContaining('takes pixels and gives logits'),
    });
  });

  it('with a broken tokenizer is refused', async () => {
    const { directory } = writeTinyModel();
    writeFileSync(join(directory, 'tokenizer.json'), '{"model": 1}');
    await expect(openTinyEncoder({ directory })).rejects.toMatchObject({ code: 'model_invalid' });
  });
});

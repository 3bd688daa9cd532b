import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OnnxGraph } from '../../../scripts/test-models/onnx-graph.ts';
import {
  type AskedSettings,
  type ModelSettings,
  readModelSettings,
} from '../../../src/text/encoders/transformers/model-settings.ts';
import { openTinyEncoder, temporaryFolder, writeTinyModel } from './tiny-model.ts';

/** The settings of a folder with these JSON files. */
function settingsOf(
  files: Readonly<Record<string, unknown>>,
  asked: Partial<AskedSettings> = {},
  model: { readonly name?: string; readonly modelFile?: string } = {},
): Promise<ModelSettings> {
  const directory = temporaryFolder();
  mkdirSync(join(directory, '1_Pooling'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return readModelSettings(
    { name: 'test', directory, modelFile: 'onnx/model.onnx', ...model },
    { pooling: 'auto', normalize: 'auto', ...asked },
  );
}

/** As sentence-transformers lists them. */
function modules(...list: readonly (readonly [kind: string, path: string])[]): unknown {
  return list.map(([kind, path], idx) => ({
    idx,
    name: String(idx),
    path,
    type: `sentence_transformers.models.${kind}`,
  }));
}

describe("a model's settings", () => {
  it('take the lowest of its limits', async () => {
    const files = {
      'config.json': { model_type: 'bert', max_position_embeddings: 512, pad_token_id: 3 },
      'tokenizer_config.json': { model_max_length: 400 },
    };
    expect(await settingsOf(files)).toMatchObject({ pooling: 'mean', maxTokens: 400, padTokenId: 3 });
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
    ['mean', 'mean'],
    ['cls', 'cls'],
    [['cls'], 'cls'],
  ])('with pooling_mode %j, as sentence-transformers 6 writes it, pool by %s', async (mode, pooling) => {
    const files = { '1_Pooling/config.json': { embedding_dimension: 384, pooling_mode: mode } };
    expect(await settingsOf(files)).toMatchObject({ pooling });
  });

  it('take the pooling of the folder that modules.json names, and length 1 only where it has Normalize', async () => {
    const files = {
      'modules.json': modules(['Transformer', ''], ['Pooling', '']),
      'config.json': { pooling_mode: 'cls' },
    };
    expect(await settingsOf(files)).toMatchObject({ pooling: 'cls', normalize: false });
    const list = modules(['Transformer', ''], ['Pooling', ''], ['Normalize', '2_Normalize']);
    expect(await settingsOf({ ...files, 'modules.json': list })).toMatchObject({ normalize: true });
    expect(await settingsOf({})).toMatchObject({ normalize: true });
  });

  it('take the default prompt, and none where none is the default', async () => {
    const prompts = { query: 'query: ', passage: 'passage: ' };
    const prompted = (name: unknown) => ({
      'config_sentence_transformers.json': { prompts, default_prompt_name: name },
    });
    expect(await settingsOf(prompted('passage'))).toMatchObject({ prompt: 'passage: ' });
    expect(await settingsOf(prompted(null))).toMatchObject({ prompt: '' });
    await expect(settingsOf(prompted('other'))).rejects.toMatchObject({ code: 'model_invalid' });
    const excluded = { '1_Pooling/config.json': { pooling_mode: 'mean', include_prompt: false } };
    await expect(settingsOf({ ...prompted('query'), ...excluded })).rejects.toMatchObject({
      code: 'model_unsupported',
    });
  });

  it('take what is asked for before each text, an empty text for none', async () => {
    const prompts = { prompts: { query: 'query: ' }, default_prompt_name: 'query' };
    const files = { 'config_sentence_transformers.json': prompts };
    expect(await settingsOf(files, { prefix: 'passage: ' })).toMatchObject({ prompt: 'passage: ' });
    expect(await settingsOf(files, { prefix: '' })).toMatchObject({ prompt: '' });
    const excluded = { '1_Pooling/config.json': { pooling_mode: 'mean', include_prompt: false } };
    await expect(settingsOf(excluded, { prefix: 'query: ' })).rejects.toMatchObject({ code: 'model_unsupported' });
  });

  it('say that a model named E5 wants a word before each text, until one is asked for', async () => {
    const said = {
      'sentence_bert_config.json': { max_seq_length: 64 },
      '1_Pooling/config.json': { pooling_mode: 'mean' },
    };
    for (const name of ['Xenova/multilingual-e5-small', 'e5-base-v2']) {
      const { notices } = await settingsOf(said, {}, { name });
      expect(notices).toEqual([expect.stringContaining('--text_prefix "query: "')]);
      for (const prefix of ['passage: ', '']) {
        expect(await settingsOf(said, { prefix }, { name })).toMatchObject({ notices: [], prompt: prefix });
      }
    }
    expect(await settingsOf(said, {}, { name: 'some/mpnet-e5' })).toMatchObject({ notices: [] });
  });

  it('of a model of text and something else are those of the text', async () => {
    const text = { model_type: 'clap_text_model', max_position_embeddings: 514, pad_token_id: 1 };
    const files = { 'config.json': { model_type: 'clap', projection_dim: 512, text_config: text } };
    const settings = await settingsOf(files, {}, { modelFile: 'onnx/text_model_quantized.onnx' });
    expect(settings).toMatchObject({ maxTokens: 512, padTokenId: 1, firstPosition: 2, pooling: 'model' });
  });

  it("find the token that pads by the tokenizer's files where the model does not say", async () => {
    const files = {
      'tokenizer_config.json': { pad_token: { content: '<pad>' } },
      'tokenizer.json': {
        added_tokens: [
          { id: 0, content: '<s>' },
          { id: 5, content: '<pad>' },
        ],
      },
    };
    expect(await settingsOf(files)).toMatchObject({ padTokenId: 5 });
  });

  it.each(['Dense', 'LayerNorm', 'WordWeights'])('refuse a model with the step %s', async (kind) => {
    const files = { 'modules.json': modules(['Transformer', ''], ['Pooling', '1_Pooling'], [kind, '2_Other']) };
    await expect(settingsOf(files, { pooling: 'mean' })).rejects.toMatchObject({
      code: 'model_unsupported',
      message: expect.stringContaining(`${kind} (2_Other)`),
    });
  });

  it.each(['../other', '/etc', 'a/../../b'])('refuse a module in %s', async (path) => {
    const files = { 'modules.json': modules(['Transformer', ''], ['Pooling', path]) };
    await expect(settingsOf(files)).rejects.toMatchObject({ code: 'model_invalid' });
  });

  it('say what the model does not: its length, its pooling', async () => {
    const config = { 'config.json': { max_position_embeddings: 512 } };
    const { notices } = await settingsOf(config);
    expect(notices).toHaveLength(2);
    expect(notices[0]).toMatch(/^the model test does not say .* 512 are taken.*--max_text_tokens/);
    expect(notices[1]).toMatch(/their mean is taken; --pooling/);
    expect((await settingsOf(config, { pooling: 'cls', maxTokens: 256 })).notices).toEqual([]);
    const said = {
      ...config,
      'sentence_bert_config.json': { max_seq_length: 256 },
      '1_Pooling/config.json': { pooling_mode: 'mean' },
    };
    expect(await settingsOf(said)).toMatchObject({ maxTokens: 256, notices: [] });
  });

  it('take the length that is asked for, up to the positions of the model', async () => {
    const files = {
      'config.json': { max_position_embeddings: 512 },
      'sentence_bert_config.json': { max_seq_length: 256 },
    };
    expect(await settingsOf(files, { maxTokens: 512 })).toMatchObject({ maxTokens: 512 });
    await expect(settingsOf(files, { maxTokens: 513 })).rejects.toMatchObject({ code: 'invalid_option' });
  });

  it.each([
    ['an unknown pooling of today', { '1_Pooling/config.json': { pooling_mode: 'lasttoken' } }, 'lasttoken'],
    ['two poolings', { '1_Pooling/config.json': { pooling_mode: ['mean', 'cls'] } }, 'mean and cls'],
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

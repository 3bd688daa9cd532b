import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { TINY, writeTestModel } from '../../../scripts/test-models/write-test-model.ts';
import { findModel, type ModelRequest } from '../../../src/text/find-model.ts';
import { DEFAULT_HUB_LIMITS, type DownloadProgress } from '../../../src/text/hub/hub-request.ts';
import { cachedModelDirectory, defaultModelCache } from '../../../src/text/model-cache.ts';
import { embeddingsOf, findLocal, openTinyEncoder, temporaryFolder, writeTinyModel } from './tiny-model.ts';

const NAME = 'midiloom-test/tiny-bert';

function request(fields: Partial<ModelRequest>): ModelRequest {
  const limits = { ...DEFAULT_HUB_LIMITS, pauseMs: 1 };
  return {
    model: NAME,
    revision: 'main',
    dtype: 'fp32',
    cacheDir: temporaryFolder(),
    offline: false,
    limits,
    ...fields,
  };
}

/** A hub that holds one model, and the paths it was asked for. */
async function startHub(directory: string): Promise<{ readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    try {
      response.end(readFileSync(join(directory, url.replace(`/${NAME}/resolve/main/`, ''))));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  pointHubAt(`http://127.0.0.1:${port}`);
  return { asked };
}

function pointHubAt(url: string): void {
  vi.stubEnv('HF_ENDPOINT', url);
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe('findModel', () => {
  it('takes a local folder, and names each file it uses by its checksum', async () => {
    const { directory } = writeTinyModel();
    const model = await findLocal(directory);
    expect(model).toMatchObject({ name: 'tiny', revision: undefined, directory, modelFile: 'onnx/model.onnx' });
    expect(Object.keys(model.checksums).sort()).toEqual([
      'config.json',
      'onnx/model.onnx',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    expect((await findLocal(directory, 'q8')).modelFile).toBe('onnx/model_quantized.onnx');
  });

  it.each(['model.onnx_data', 'any name.bin', 'parts/w-00001'])('knows weights in a file named %s', async (file) => {
    const directory = join(temporaryFolder(), 'tiny');
    writeTestModel(directory, TINY, ['fp32'], file);
    const { checksums } = await findLocal(directory);
    expect(checksums).toHaveProperty([`onnx/${file}`]);
    const encoder = await openTinyEncoder({ directory });
    expect(await embeddingsOf(encoder, ['jazz'])).toEqual(await embeddingsOf(await openTinyEncoder(), ['jazz']));

    const weights = readFileSync(join(directory, 'onnx', file));
    writeFileSync(join(directory, 'onnx', file), weights.fill(1, 0, 4));
    expect((await findLocal(directory)).checksums).not.toEqual(checksums);
    rmSync(join(directory, 'onnx', file));
    await expect(findLocal(directory)).rejects.toMatchObject({
      code: 'model_missing',
      message: expect.stringContaining(`without onnx/${file}`),
    });
  });

  it('knows every file that says how the model is run', async () => {
    const { directory } = writeTinyModel();
    const module = (kind: string, path: string) => ({ idx: 0, name: '0', path, type: `sentence_transformers.${kind}` });
    const files = {
      'modules.json': [module('models.Transformer', ''), module('models.Pooling', '7_Pool')],
      'config_sentence_transformers.json': {},
      'sentence_bert_config.json': {},
      '7_Pool/config.json': {},
    };
    mkdirSync(join(directory, '7_Pool'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), JSON.stringify(content));
    expect(Object.keys((await findLocal(directory)).checksums)).toEqual(expect.arrayContaining(Object.keys(files)));
  });

  it.each([
    [['model_qint8_avx512.onnx'], 'model_qint8_avx512.onnx'],
    [['model_qint8_arm64.onnx', 'model_quint8_avx2.onnx', 'model_qint8_avx512.onnx'], 'model_quint8_avx2.onnx'],
    [['model_quint8_avx2.onnx', 'model_quantized.onnx'], 'model_quantized.onnx'],
  ])('finds the weights in 8 bits among %j', async (names, taken) => {
    const { directory } = writeTinyModel();
    const bytes = readFileSync(join(directory, 'onnx/model_quantized.onnx'));
    rmSync(join(directory, 'onnx/model_quantized.onnx'));
    for (const name of names) writeFileSync(join(directory, 'onnx', name), bytes);
    expect(await findLocal(directory, 'q8')).toMatchObject({ modelFile: `onnx/${taken}` });
  });

  it("takes a snapshot of the hub's own cache, whose files are links to its blobs", async () => {
    const plain = join(temporaryFolder(), 'tiny');
    writeTestModel(plain, TINY, ['fp32'], 'model.onnx_data');
    const cache = join(temporaryFolder(), 'models--some--tiny-bert');
    const snapshot = join(cache, 'snapshots', '0123456789abcdef');
    mkdirSync(join(snapshot, 'onnx'), { recursive: true });
    mkdirSync(join(cache, 'blobs'));
    for (const entry of readdirSync(plain, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const inModel = join(entry.parentPath, entry.name).slice(plain.length + 1);
      renameSync(join(plain, inModel), join(cache, 'blobs', entry.name));
      symlinkSync(
        join(inModel.startsWith('onnx') ? '../../../blobs' : '../../blobs', entry.name),
        join(snapshot, inModel),
      );
    }
    expect(await findLocal(snapshot)).toMatchObject({ name: 'some/tiny-bert', revision: '0123456789abcdef' });
    const encoder = await openTinyEncoder({ directory: snapshot });
    expect(await embeddingsOf(encoder, ['jazz'])).toEqual(await embeddingsOf(await openTinyEncoder(), ['jazz']));
  });

  it('takes a folder with its model file beside the configuration', async () => {
    const { directory } = writeTinyModel();
    renameSync(join(directory, 'onnx/model.onnx'), join(directory, 'model.onnx'));
    expect(await findLocal(directory)).toMatchObject({ modelFile: 'model.onnx' });
  });

  it('says what a local folder lacks', async () => {
    const { directory } = writeTinyModel();
    rmSync(join(directory, 'tokenizer.json'));
    rmSync(join(directory, 'onnx/model_fp16.onnx'));
    await expect(findLocal(directory, 'fp16')).rejects.toMatchObject({
      code: 'model_missing',
      message: expect.stringMatching(/without onnx\/model_fp16.onnx or model_fp16.onnx, tokenizer.json/),
    });
  });

  it('refuses a file that is a link out of the folder', async () => {
    const { directory } = writeTinyModel();
    const outside = join(temporaryFolder(), 'model.onnx');
    renameSync(join(directory, 'onnx/model.onnx'), outside);
    symlinkSync(outside, join(directory, 'onnx/model.onnx'));
    await expect(findLocal(directory)).rejects.toMatchObject({ code: 'model_file_outside' });
  });

  it('downloads a model once, telling how far it is, and finds it in the cache afterwards', async () => {
    const { directory } = writeTinyModel();
    const hub = await startHub(directory);
    const progress: DownloadProgress[] = [];
    const wanted = request({ onProgress: (event) => progress.push(event) });
    const model = await findModel(wanted);
    expect(model).toMatchObject({
      name: NAME,
      revision: 'main',
      directory: cachedModelDirectory(wanted.cacheDir, NAME, 'main'),
      checksums: (await findLocal(directory)).checksums,
    });
    const { size } = statSync(join(directory, 'onnx/model.onnx'));
    expect(progress).toContainEqual({ file: 'onnx/model.onnx', loadedBytes: size, totalBytes: size });
    expect(hub.asked).toContain(`/${NAME}/resolve/main/1_Pooling/config.json`);

    hub.asked.length = 0;
    expect(await findModel({ ...wanted, offline: true })).toEqual(model);
    expect(hub.asked).toEqual([]);
    const fromCache = await openTinyEncoder({ directory: model.directory });
    expect(await embeddingsOf(fromCache, ['jazz'])).toEqual(
      await embeddingsOf(await openTinyEncoder({ directory }), ['jazz']),
    );
  });

  it('downloads what the hub has in 8 bits, and the files of the modules', async () => {
    const { directory } = writeTinyModel();
    renameSync(join(directory, 'onnx/model_quantized.onnx'), join(directory, 'onnx/model_quint8_avx2.onnx'));
    const modules = [{ idx: 1, name: '1', path: '5_Pooling', type: 'sentence_transformers.models.Pooling' }];
    writeFileSync(join(directory, 'modules.json'), JSON.stringify(modules));
    mkdirSync(join(directory, '5_Pooling'));
    writeFileSync(join(directory, '5_Pooling/config.json'), JSON.stringify({ pooling_mode: 'cls' }));
    await startHub(directory);
    const model = await findModel(request({ dtype: 'q8' }));
    expect(model).toMatchObject({ modelFile: 'onnx/model_quint8_avx2.onnx' });
    expect(model.checksums).toEqual((await findLocal(directory, 'q8')).checksums);
    expect(model.checksums).toHaveProperty(['5_Pooling/config.json']);
  });

  it('downloads weights that lie beside the model, under any name', async () => {
    const directory = join(temporaryFolder(), 'tiny');
    writeTestModel(directory, TINY, ['fp32'], 'parts/w-00001');
    await startHub(directory);
    const model = await findModel(request({}));
    expect(model.checksums).toEqual((await findLocal(directory)).checksums);
    expect(model.checksums).toHaveProperty(['onnx/parts/w-00001']);
  });

  it('downloads the encoder of a model that writes as well', async () => {
    const { directory } = writeTinyModel();
    renameSync(join(directory, 'onnx/model.onnx'), join(directory, 'onnx/encoder_model.onnx'));
    await startHub(directory);
    expect(await findModel(request({}))).toMatchObject({ modelFile: 'onnx/encoder_model.onnx' });
  });

  it.each([
    ['sends less than it said', 'content-length', /terminated|broke the connection|ended after/],
    ['breaks down', 'status', /answered 500/],
  ])('keeps nothing of a file where the hub %s', async (_, fault, reason) => {
    const { directory } = writeTinyModel();
    const server = createServer(({ url = '', method }, response) => {
      const isModel = url.endsWith('/onnx/model.onnx');
      if (isModel && fault === 'status' && method === 'GET') return void response.writeHead(500).end();
      try {
        const bytes = readFileSync(join(directory, url.replace(`/${NAME}/resolve/main/`, '')));
        response.setHeader('content-length', isModel ? bytes.length + 1 : bytes.length);
        if (method === 'HEAD') return void response.end();
        response.write(bytes, () => (isModel ? response.destroy() : response.end()));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    pointHubAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const wanted = request({});
    await expect(findModel(wanted)).rejects.toMatchObject({ message: expect.stringMatching(reason) });
    expect(readdirSync(join(cachedModelDirectory(wanted.cacheDir, NAME, 'main'), 'onnx'))).toEqual([]);
  });

  it('completes a cache that an interrupted download left', async () => {
    const { directory } = writeTinyModel();
    await startHub(directory);
    const wanted = request({});
    const { directory: cached } = await findModel(wanted);
    rmSync(join(cached, 'onnx'), { recursive: true });
    expect(await findModel(wanted)).toMatchObject({ modelFile: 'onnx/model.onnx' });
  });

  it('says what was tried and the ways out where there is no network', async () => {
    pointHubAt('http://127.0.0.1:1');
    const wanted = request({});
    const message = await findModel(wanted).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(message).toMatch(/no such folder/);
    expect(message).toContain(`${cachedModelDirectory(wanted.cacheDir, NAME, 'main')}: without onnx/model.onnx`);
    expect(message).toMatch(/http:\/\/127\.0\.0\.1:1\/: .*(ECONNREFUSED|bad port)/);
    expect(message).toContain('--text_model DIR');
    expect(message).toContain('copy the model');
    expect(message).toContain('--text_encoder hashing');
  });

  it('asks nobody where it must not', async () => {
    const hub = await startHub(temporaryFolder());
    await expect(findModel(request({ offline: true }))).rejects.toMatchObject({
      code: 'model_missing',
      message: expect.stringContaining('not asked (--offline)'),
    });
    await expect(findModel(request({ model: './no/such/folder' }))).rejects.toMatchObject({ code: 'model_missing' });
    expect(hub.asked).toEqual([]);
  });

  it('says that the hub does not have a model', async () => {
    await startHub(temporaryFolder());
    await expect(findModel(request({}))).rejects.toMatchObject({
      code: 'model_missing',
      message: expect.stringMatching(/http:\/\/127\.0\.0\.1:\d+\/: it has no model of that name/),
    });
  });
});

describe('defaultModelCache', () => {
  it.skipIf(process.platform !== 'linux')('is in XDG_CACHE_HOME', () => {
    vi.stubEnv('XDG_CACHE_HOME', '/somewhere');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(defaultModelCache()).toBe('/somewhere/midiloom/models');
  });
});

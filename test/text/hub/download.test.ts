import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { TINY, writeTestModel } from '../../../scripts/test-models/write-test-model.ts';
import { hubEndpoint } from '../../../src/text/hub/hub-endpoint.ts';
import type { DownloadProgress } from '../../../src/text/hub/hub-request.ts';
import { cachedModelDirectory } from '../../../src/text/model-cache.ts';
import { temporaryFolder } from '../transformers/tiny-model.ts';
import { type Asked, askFor, COMMIT, type Fault, headersOf, NAME, pointAt, send, startHub } from './stand-in-hub.ts';

const MODEL = 'onnx/model.onnx';
const isModel = ({ method, path }: Asked): boolean => method === 'GET' && path === MODEL;

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'it went well',
    (error: Error) => error.message,
  );
}

/** Files of the model in the cache, whole or not. */
function inCache(cacheDir: string): string[] {
  const folder = cachedModelDirectory(cacheDir, NAME, 'main');
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : [];
}

function inCacheModel(cacheDir: string): Buffer {
  return readFileSync(join(cachedModelDirectory(cacheDir, NAME, 'main'), MODEL));
}

/** The first part of a file, and then nothing more, or the end of the connection. */
function begin(response: ServerResponse, content: Buffer, bytes: number, then: 'silence' | 'break'): true {
  response.writeHead(200, { ...headersOf(content), 'content-length': content.length });
  response.write(content.subarray(0, bytes), () => then === 'break' && setTimeout(() => response.destroy(), 20));
  return true;
}

describe('a download', () => {
  it('has the files of one commit, whatever the branch becomes, and says how far it is', async () => {
    const hub = await startHub();
    const progress: DownloadProgress[] = [];
    const cacheDir = temporaryFolder();
    const model = await askFor({ cacheDir, onProgress: (event) => progress.push(event) });
    expect(model.checksums).toHaveProperty([MODEL]);
    expect(new Set(hub.asked.filter(({ method }) => method === 'GET').map(({ revision }) => revision))).toEqual(
      new Set([COMMIT]),
    );
    const size = inCacheModel(cacheDir).length;
    const ofModel = progress.filter(({ file }) => file === MODEL);
    expect(ofModel[0]).toEqual({ file: MODEL, loadedBytes: 0, totalBytes: size });
    expect(ofModel.at(-1)).toEqual({ file: MODEL, loadedBytes: size, totalBytes: size });
    expect(inCache(cacheDir).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('has weights that lie in a file of their own', async () => {
    const directory = join(temporaryFolder(), 'hub');
    writeTestModel(directory, TINY, ['fp32'], 'some weights.bin');
    await startHub(directory);
    expect((await askFor()).checksums).toHaveProperty(['onnx/some weights.bin']);
  });

  it('of a model that names weights outside of its folder is refused', async () => {
    const directory = join(temporaryFolder(), 'hub');
    writeTestModel(directory, TINY, ['fp32'], '../../outside.bin');
    await startHub(directory);
    const message = await messageOf(askFor());
    expect(message).toContain('names a file outside of its folder: ../outside.bin');
  });

  it('goes on where the connection broke', async () => {
    const hub = await startHub();
    hub.fault = (asked, response, content) =>
      isModel(asked) && asked.range === undefined && begin(response, content, 40_000, 'break');
    const notices: string[] = [];
    const cacheDir = temporaryFolder();
    await askFor({ cacheDir, onNotice: (message) => notices.push(message) });
    const ranges = hub.asked.filter(isModel).map(({ range }) => range);
    expect(ranges).toEqual([undefined, 'bytes=40000-']);
    expect(notices).toEqual([
      expect.stringMatching(/^downloading onnx\/model.onnx of .*; once more in 1 s \(attempt 2 of 3\), from 0\.0 MB$/),
    ]);
    expect(inCacheModel(cacheDir)).toEqual(readFileSync(join(hub.directory, MODEL)));
  });

  it('goes on with what a process left that was killed, unless the file is another by now', async () => {
    const hub = await startHub();
    const cacheDir = temporaryFolder();
    const stop = new AbortController();
    hub.fault = (asked, response, content) => isModel(asked) && begin(response, content, 40_000, 'silence');
    const stopped = askFor({
      cacheDir,
      signal: stop.signal,
      onProgress: ({ loadedBytes }) => loadedBytes === 40_000 && stop.abort(new Error('stop')),
    });
    await expect(stopped).rejects.toThrow('stop');
    const [part = ''] = inCache(cacheDir).filter((name) => name.endsWith('.part'));
    const folder = cachedModelDirectory(cacheDir, NAME, 'main');
    renameSync(join(folder, part), join(folder, part.replace(/\d+\.part$/, '999999999.part')));
    writeFileSync(join(folder, 'onnx/model.onnx.0000000000000000.999999998.part'), 'of another version');

    hub.fault = undefined;
    await askFor({ cacheDir });
    expect(hub.asked.filter(isModel).at(-1)).toMatchObject({ range: 'bytes=40000-' });
    expect(inCacheModel(cacheDir)).toEqual(readFileSync(join(hub.directory, MODEL)));
    expect(inCache(cacheDir).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('begins again where the server knows no ranges', async () => {
    const hub = await startHub();
    hub.fault = (asked, response, content) => {
      if (!isModel(asked)) return false;
      if (asked.range === undefined) return begin(response, content, 40_000, 'break');
      send({ ...asked, range: undefined }, response, content);
      return true;
    };
    const cacheDir = temporaryFolder();
    await askFor({ cacheDir });
    expect(inCacheModel(cacheDir)).toEqual(readFileSync(join(hub.directory, MODEL)));
  });

  it('waits out a fault of the server, and as long as it asks to', async () => {
    const hub = await startHub();
    let faults = 2;
    hub.fault = (asked, response) => {
      if (!isModel(asked) || faults-- <= 0) return false;
      response.writeHead(faults === 1 ? 503 : 429, { 'retry-after': '0' }).end();
      return true;
    };
    const notices: string[] = [];
    await askFor({ onNotice: (message) => notices.push(message) });
    expect(notices).toEqual([
      expect.stringContaining('it has a fault'),
      expect.stringContaining('it was asked too often'),
    ]);
  });

  it('stops at once at a signal, and keeps what has come', async () => {
    const hub = await startHub();
    const cacheDir = temporaryFolder();
    hub.fault = (asked, response, content) => isModel(asked) && begin(response, content, 40_000, 'silence');
    const stop = new AbortController();
    const limits = { answerMs: 60_000, stallMs: 60_000, attempts: 3, pauseMs: 60_000 };
    let abortedAt = 0;
    const onProgress = ({ loadedBytes }: DownloadProgress): void => {
      if (loadedBytes !== 40_000) return;
      abortedAt = performance.now();
      stop.abort(new Error('SIGTERM'));
    };
    await expect(askFor({ cacheDir, limits, signal: stop.signal, onProgress })).rejects.toThrow('SIGTERM');
    expect(performance.now() - abortedAt).toBeLessThan(1000);
    expect(inCache(cacheDir).filter((name) => name.endsWith('.part'))).toHaveLength(1);
  });
});

describe('a download ends, and gives no file its name, where the server', () => {
  const endless: Fault = (asked, response) => {
    if (asked.path !== MODEL) return false;
    response.writeHead(200, {});
    if (asked.method === 'HEAD') return Boolean(response.end());
    const more = (): void => void (response.destroyed || response.write(Buffer.alloc(1 << 16), more));
    more();
    return true;
  };
  it.each<readonly [string, Fault, RegExp]>([
    [
      'stalls',
      (asked, response, content) => isModel(asked) && begin(response, content, 100, 'silence'),
      /model\.onnx: nothing came for 0\.15 s/,
    ],
    ['does not answer', (asked) => isModel(asked), /model\.onnx: it does not answer within 1 s/],
    [
      'breaks the connection each time',
      (asked, response) => isModel(asked) && Boolean(response.destroy()),
      /model\.onnx: it broke the connection/,
    ],
    ['never ends', endless, /model\.onnx: it does not say how large the file is/],
    [
      'sends more than it says',
      (asked, response, content) => {
        if (!isModel(asked)) return false;
        response.writeHead(200, {});
        response.end(Buffer.concat([content, content]));
        return true;
      },
      /model\.onnx: more comes than the 0\.\d MB that it should have/,
    ],
    [
      'sends something else than it says',
      (asked, response, content) => {
        if (!isModel(asked)) return false;
        send(asked, response, Buffer.from(content).fill(1, 50_000));
        return true;
      },
      /model\.onnx has come twice with another checksum than the hub says/,
    ],
    [
      'sends another small file than it says',
      (asked, response, content) => {
        if (asked.method !== 'GET' || asked.path !== 'config.json') return false;
        send(asked, response, Buffer.from(content).fill(32, 10));
        return true;
      },
      /config\.json has come twice with another checksum/,
    ],
    [
      'has a fault',
      (asked, response) => isModel(asked) && Boolean(response.writeHead(500).end()),
      /model\.onnx: it answered 500: it has a fault/,
    ],
    [
      'wants terms to be accepted',
      (_, response) => Boolean(response.writeHead(403).end()),
      /it answered 403: .*terms to accept/,
    ],
    ['wants to know who asks', (_, response) => Boolean(response.writeHead(401).end()), /it answered 401: .*HF_TOKEN/],
    [
      'sends round and round',
      (_, response) => Boolean(response.writeHead(302, { location: '/a/b/resolve/main/config.json' }).end()),
      /without end|no model of that name/,
    ],
    [
      'sends on to what is no address',
      (_, response) => Boolean(response.writeHead(302, { location: 'file:///etc/passwd' }).end()),
      /an address that is not safe/,
    ],
  ])('%s', async (_, fault, reason) => {
    const hub = await startHub();
    hub.fault = fault;
    const cacheDir = temporaryFolder();
    expect(await messageOf(askFor({ cacheDir }))).toMatch(reason);
    expect(inCache(cacheDir)).not.toContain(MODEL);
    expect(hub.asked.length).toBeLessThan(60);
  });

  it('has the model, but not in this precision', async () => {
    await startHub();
    expect(await messageOf(askFor({ dtype: 'fp16' }))).toContain(
      'it has the model, but no ONNX file in fp16 (--dtype)',
    );
  });

  it('has no model of that name, or none at that revision', async () => {
    await startHub(temporaryFolder());
    expect(await messageOf(askFor())).toMatch(/it has no model of that name$/m);
    expect(await messageOf(askFor({ revision: 'v2' }))).toContain('it has no model of that name at the revision v2');
  });

  it('writes to a place that cannot be written', async () => {
    await startHub();
    const cacheDir = join(temporaryFolder(), 'a-file');
    writeFileSync(cacheDir, '');
    await expect(askFor({ cacheDir })).rejects.toMatchObject({ code: 'model_not_written' });
  });
});

describe('credentials', () => {
  it('of the address are sent as a header to that host, and shown nowhere', async () => {
    const hub = await startHub();
    const other = await startHub(hub.directory);
    const authorization = `Basic ${Buffer.from('somebody:secret').toString('base64')}`;
    // As the hub sends on to where large files lie.
    hub.fault = (asked, response, content) => {
      if (asked.path !== MODEL) return false;
      const location = `http://127.0.0.1:${other.port}/${NAME}/resolve/${asked.revision}/${asked.path}`;
      response.writeHead(302, { ...headersOf(content), location }).end();
      return true;
    };
    pointAt(`http://somebody:secret@127.0.0.1:${hub.port}/`);
    const said: unknown[] = [];
    const model = await askFor({ onNotice: (message) => said.push(message), onProgress: (event) => said.push(event) });
    expect(new Set(hub.asked.map(({ authorization: sent }) => sent))).toEqual(new Set([authorization]));
    expect(other.asked.length).toBeGreaterThan(0);
    expect(other.asked.every(({ authorization: sent }) => sent === undefined)).toBe(true);
    hub.fault = (_, response) => Boolean(response.writeHead(500).end());
    const message = await messageOf(askFor());
    expect(message).toContain(`http://127.0.0.1:${hub.port}/: it answered 500`);
    expect(`${message}${JSON.stringify([said, model])}`).not.toMatch(/secret|somebody/);
  });

  it('of the environment go to the hub and to this machine, never to another without encryption', () => {
    vi.stubEnv('HF_TOKEN', '');
    const of = (endpoint: string | undefined) => hubEndpoint({ HF_TOKEN: 'hf_x', HF_ENDPOINT: endpoint });
    expect(of(undefined)).toEqual({ url: 'https://huggingface.co/', authorization: 'Bearer hf_x' });
    expect(of('https://mirror.example/hf//')).toEqual({
      url: 'https://mirror.example/hf/',
      authorization: 'Bearer hf_x',
    });
    expect(of('http://localhost:8080')).toMatchObject({ authorization: 'Bearer hf_x' });
    expect(of('http://mirror.example')).toEqual({ url: 'http://mirror.example/', authorization: undefined });
    vi.unstubAllEnvs();
  });

  it.each(['http://a:secret@mirror.example', 'https//a:secret@mirror', 'ftp://a:secret@mirror.example'])(
    'in the address %s are refused, and not shown',
    (endpoint) => {
      expect(() => hubEndpoint({ HF_ENDPOINT: endpoint })).toThrow(/HF_ENDPOINT(?!.*secret)/);
    },
  );
});

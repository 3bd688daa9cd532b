import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEncoderClient, type EncoderClient, type EncoderClientOptions } from '../../src/engine/encoder-client.ts';
import { ConfigError, MissingError } from '../../src/errors.ts';
import type { EncoderSettings, TextJob } from '../../src/worker/text-messages.ts';

const FIXTURE = new URL('./fixtures/encoder.mjs', import.meta.url);

interface Rig {
  readonly client: EncoderClient;
  readonly notices: readonly string[];
  /** The device of each process that was started. */
  readonly started: () => string[];
}

/** A client whose processes behave as planned (fixtures/encoder.mjs). */
function rig(plan: object, options: Partial<EncoderClientOptions> & { readonly useGpu?: boolean } = {}): Rig {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-client-'));
  const log = join(folder, 'log');
  const { useGpu = false, ...rest } = options;
  const settings: EncoderSettings = {
    textRoot: JSON.stringify({ ...plan, log }),
    allowOutside: false,
    textOptional: false,
    encoding: 'auto',
    maxFileBytes: 1,
    embeddingPrecision: 'float32',
    cache: undefined,
    encoder: {
      name: 'transformers',
      model: { name: 'm', revision: undefined, directory: '', dtype: 'fp32', modelFile: '', checksums: {} },
      pooling: 'mean',
      normalize: true,
      useGpu,
      threads: 1,
    },
  };
  const notices: string[] = [];
  const onNotice = (message: string) => notices.push(message);
  const client = createEncoderClient(settings, { taskTimeoutMs: 20_000, onNotice, entry: FIXTURE, ...rest });
  onTestFinished(async () => {
    await client.close();
    rmSync(folder, { recursive: true });
  });
  return { client, notices, started: () => readFileSync(log, 'utf8').trim().split('\n') };
}

function jobs(first: number, ...texts: string[]): TextJob[] {
  return texts.map((text, at) => ({ index: first + at, text, textFile: undefined }));
}

describe('the encoder process', () => {
  it('that dies for want of memory is said to, in the message and not above it', async () => {
    const said: string[] = [];
    const log: EncoderClientOptions['log'] = (_, message, fields) =>
      said.push(`${message} ${JSON.stringify(fields?.())}`);
    const { client } = rig({ start: 'has no memory' }, { log });
    await expect(client.run(jobs(0, 'a'))).rejects.toMatchObject({
      code: 'text_encoder_unavailable',
      message: expect.stringMatching(
        /ended \(SIGABRT: Reached heap limit Allocation failed - JavaScript heap out of memory\)/,
      ),
    });
    expect(said).toContainEqual(
      expect.stringContaining('the encoder process wrote {"text":"<--- JS stacktrace --->"}'),
    );
  });

  it('takes several windows, and answers each', async () => {
    const { client, started } = rig({});
    const results = await Promise.all([
      client.run(jobs(0, 'a', 'b')),
      client.run(jobs(2, 'c')),
      client.run(jobs(3, 'd')),
    ]);
    expect(results.map(({ frames }) => [...frames])).toEqual([[0, 1], [2], [3]]);
    expect(started()).toEqual(['cpu']);
  });

  it('that is killed once is replaced, and nothing is lost', async () => {
    const { client, started } = rig({ once: true });
    const results = await Promise.all([client.run(jobs(0, 'a', 'dies')), client.run(jobs(2, 'c'))]);
    expect(results).toMatchObject([
      { count: 2, failures: [] },
      { count: 1, failures: [] },
    ]);
    expect(started()).toEqual(['cpu', 'cpu']);
  });

  it('that dies of one text each time costs that text only', async () => {
    const { client } = rig({});
    const result = await client.run(jobs(0, 'a', 'dies', 'b'));
    expect([...result.frames]).toEqual([0, 2]);
    expect(result.failures).toMatchObject([{ index: 1, code: 'text_encoder_crashed' }]);
  });

  it('that hangs is killed, and the text that hangs it fails', async () => {
    const { client } = rig({}, { taskTimeoutMs: 1000 });
    const result = await client.run(jobs(0, 'a', 'hangs'));
    expect([...result.frames]).toEqual([0]);
    expect(result.failures).toMatchObject([{ index: 1, code: 'text_timeout' }]);
  });

  it('that says it cannot encode a text goes on', async () => {
    const { client, started } = rig({});
    const result = await client.run(jobs(0, 'a', 'fails'));
    expect(result.failures).toMatchObject([{ index: 1, code: 'text_encoder_failed', error: 'cannot encode this' }]);
    expect(started()).toEqual(['cpu']);
  });

  it.each([
    ['config', ConfigError],
    ['missing', MissingError],
  ])('that refuses ends the run with the class of its error (%s)', async (kind, expected) => {
    const { client } = rig({ start: 'refuses', kind });
    const error = await client.run(jobs(0, 'a')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ code: 'model_invalid', message: 'a broken model' });
  });

  it.each([
    ['dies', 'ended (exit 9) before the encoder was loaded'],
    ['hangs', 'was not loaded within'],
  ])('that never gets ready because it %s ends the run after three attempts', async (start, message) => {
    const { client, started } = rig({ start }, start === 'hangs' ? { startLimitMs: 1500, taskTimeoutMs: -700 } : {});
    await expect(client.run(jobs(0, 'a'))).rejects.toMatchObject({
      code: 'text_encoder_unavailable',
      message: expect.stringContaining(message),
    });
    expect(started()).toHaveLength(3);
  });
});

describe('the encoder process is replaced', () => {
  it('after some windows, one at a time and in order', async () => {
    const { client, started } = rig({ msPerWindow: 5 }, { windowsPerProcess: 2 });
    const windows = Array.from({ length: 7 }, (_, at) => at);
    const results = await Promise.all(windows.map((at) => client.run(jobs(at, 'a'))));
    expect(results.map(({ frames }) => frames[0])).toEqual(windows);
    for (const at of windows) expect(await client.run(jobs(at, 'a'))).toMatchObject({ count: 1 });
    expect(started().length).toBeGreaterThanOrEqual(4);
  });

  it('when its memory has grown', async () => {
    const { client, started } = rig({ rssBytes: [1000, 1400, 2100] }, { rssGrowthLimitBytes: 1000 });
    for (let at = 0; at < 4; at++) await client.run(jobs(at, 'a'));
    expect(started()).toHaveLength(2);
  });
});

describe('a GPU', () => {
  it.each(['dies', 'hangs'])(
    'on which the process %s in a run is left out, and its windows are done again',
    async (word) => {
      const { client, started, notices } = rig({ onlyOn: 'cuda' }, { useGpu: true, taskTimeoutMs: 500 });
      const results = await Promise.all([client.run(jobs(0, 'a', word)), client.run(jobs(2, 'b', 'c'))]);
      expect(results).toMatchObject([
        { count: 2, failures: [] },
        { count: 2, failures: [] },
      ]);
      expect(started()).toEqual(['cuda of GPUs', 'webgpu of GPUs']);
      expect(notices).toEqual(['cuda encodes text', expect.stringContaining('the encoder failed on cuda')]);
    },
  );

  it('that takes the process down before it is ready is done without', async () => {
    const { client, started } = rig({ gpuStartDies: true }, { useGpu: true });
    expect(await client.run(jobs(0, 'a'))).toMatchObject({ count: 1, failures: [] });
    expect(started()).toEqual(['cuda of GPUs', 'cpu']);
  });

  it('that cannot be used is told once, with each reason and remedy, and not tried again', async () => {
    const { client, notices, started } = rig({ noGpu: true }, { useGpu: true, windowsPerProcess: 1 });
    await client.run(jobs(0, 'a'));
    await client.run(jobs(1, 'a'));
    expect(notices).toEqual([
      'no GPU can be used, the CPU encodes text; cuda: no cuda here (needs a driver for cuda); ' +
        'webgpu: no webgpu here (needs a driver for webgpu)',
    ]);
    expect(started()).toEqual(['cpu of GPUs', 'cpu']);
  });
});

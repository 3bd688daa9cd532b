import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gpuProviders, type ProviderName } from '../../../src/text/encoders/transformers/execution-provider.ts';
import { type ProviderProbe, probeProviders } from '../../../src/text/encoders/transformers/probe-providers.ts';
import { writeTinyModel } from './tiny-model.ts';

const FAULTY = new URL('./fixtures/faulty-probe.mjs', import.meta.url);
const REAL = new URL('./fixtures/real-probe.mjs', import.meta.url);

/** Tries providers that behave as told. */
async function probe(
  behaviours: Partial<Record<ProviderName, string>>,
  providers: readonly ProviderName[],
  timeLimitMs = 20_000,
): Promise<ProviderProbe[]> {
  const settings = {
    modelPath: JSON.stringify(behaviours),
    gives: 'tokens',
    padTokenId: 0,
    firstPosition: 0,
    threads: 1,
  } as const;
  const probes: ProviderProbe[] = [];
  for await (const result of probeProviders(settings, providers, { entry: FAULTY, timeLimitMs })) probes.push(result);
  return probes;
}

describe('probing a provider that', () => {
  it('works gives its agreement with the CPU', async () => {
    const [result] = await probe({}, ['cuda']);
    expect(result).toMatchObject({ provider: 'cuda', ok: true, durationMs: 1 });
    expect(result?.ok && result.cosine).toBeCloseTo(1, 12);
  });

  it.each([
    ['throws', 'no device'],
    ['dies', 'its process ended (SIGSEGV) driver: bad magic'],
    ['exits', 'its process ended (exit 3)'],
    ['computes other vectors', 'its vectors are not those of the CPU (cosine -'],
    ['computes NaN', 'its vectors are not those of the CPU (cosine NaN)'],
    ['computes nothing', 'its vectors are not those of the CPU (cosine NaN)'],
    ['answers nonsense', 'its process answered nonsense'],
  ])('%s gives the reason and what to install', async (behaviour, reason) => {
    expect(await probe({ cuda: behaviour }, ['cuda'])).toEqual([
      {
        provider: 'cuda',
        ok: false,
        reason: expect.stringContaining(reason),
        remedy: expect.stringContaining('CUDA 12'),
      },
    ]);
  });

  it('hangs is given up, and the next one is tried', async () => {
    const probes = await probe({ cuda: 'hangs' }, ['cuda', 'webgpu'], 5000);
    expect(probes).toMatchObject([
      { provider: 'cuda', ok: false, reason: 'no answer within 5 s' },
      { provider: 'webgpu', ok: true },
    ]);
  });

  it('is refused on the CPU as well blames the model', async () => {
    await expect(probe({ cpu: 'throws' }, ['cuda'])).rejects.toMatchObject({ code: 'model_unusable' });
  });
});

describe('the process of the probe', () => {
  it('runs a real model, and lives through providers that this build of onnxruntime does not have', async () => {
    const { directory } = writeTinyModel();
    const settings = {
      modelPath: join(directory, 'onnx/model.onnx'),
      gives: 'tokens',
      padTokenId: 0,
      firstPosition: 0,
      threads: 1,
    } as const;
    const absent = process.platform === 'darwin' ? 'dml' : 'coreml';
    const probes: ProviderProbe[] = [];
    for await (const result of probeProviders(settings, ['cpu', absent], { entry: REAL, timeLimitMs: 30_000 })) {
      probes.push(result);
    }
    expect(probes).toMatchObject([
      { provider: 'cpu', ok: true, cosine: expect.closeTo(1, 6) },
      { provider: absent, ok: false, reason: expect.stringContaining('not found') },
    ]);
  });
});

describe('gpuProviders', () => {
  it('tries CUDA first, and only what the system can have', () => {
    expect(gpuProviders('linux', 'x64')).toEqual(['cuda', 'webgpu']);
    expect(gpuProviders('linux', 'arm64')).toEqual(['webgpu']);
    expect(gpuProviders('win32', 'x64')).toEqual(['webgpu', 'dml']);
    expect(gpuProviders('darwin', 'arm64')).toEqual(['webgpu', 'coreml']);
  });
});

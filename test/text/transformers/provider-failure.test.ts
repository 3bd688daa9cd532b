import { describe, expect, it } from 'vitest';
import { makeCaptions } from '../../../bench/captions.ts';
import type { ProviderName } from '../../../src/text/encoders/transformers/execution-provider.ts';
import type { ProviderChange } from '../../../src/text/encoders/transformers/model-device.ts';
import { type OpenSession, openModelSession } from '../../../src/text/encoders/transformers/model-session.ts';
import type { ProviderProbe } from '../../../src/text/encoders/transformers/probe-providers.ts';
import type { TransformersParts } from '../../../src/text/encoders/transformers/transformers-encoder.ts';
import { embeddingsOf, openTinyEncoder, writeTinyModel } from './tiny-model.ts';

const captions = makeCaptions(30, 7).map((caption) => caption.slice(0, 150));

/** Runs on the CPU under another name, and fails as told when `batches` are done. */
function failingAfter(
  batches: number,
  failure: 'throws' | 'computes NaN',
  failing: readonly ProviderName[],
): OpenSession {
  return async (settings, provider) => {
    const session = await openModelSession(settings, 'cpu');
    if (!failing.includes(provider)) return session;
    let left = batches;
    return {
      ...session,
      run: async (rows) => {
        if (left-- > 0) return session.run(rows);
        if (failure === 'throws') throw new Error('device lost');
        const states = await session.run(rows);
        return { ...states, values: states.values.fill(Number.NaN) };
      },
    };
  };
}

/** Each provider is found to work where it is tried in a process of its own. */
const works = { entry: new URL('./fixtures/working-probe.mjs', import.meta.url), timeLimitMs: 20_000 };

function partsOf(openSession: OpenSession): Partial<TransformersParts> {
  return { openSession, probe: works, gpuProviders: ['cuda', 'webgpu'] };
}

describe('a provider that fails in the middle of a run', () => {
  it.each([
    ['throws', 'device lost'],
    ['computes NaN', 'the model computed a vector that is not finite'],
  ] as const)('because it %s has its batch done again on the next one', async (failure, reason) => {
    const { directory } = writeTinyModel();
    const changes: ProviderChange[] = [];
    const encoder = await openTinyEncoder(
      { directory, useGpu: true, maxBatchTokens: 256, onProviderChange: (change) => changes.push(change) },
      partsOf(failingAfter(3, failure, ['cuda'])),
    );
    expect(encoder.provider).toBe('cuda');
    const expected = await embeddingsOf(await openTinyEncoder({ directory }), captions);
    expect(await embeddingsOf(encoder, captions)).toEqual(expected);
    expect(changes).toEqual([{ from: 'cuda', to: 'webgpu', reason }]);
    expect(encoder.provider).toBe('webgpu');
  });

  it('and whose successors fail too leaves the CPU', async () => {
    const { directory } = writeTinyModel();
    const changes: ProviderChange[] = [];
    const encoder = await openTinyEncoder(
      { directory, useGpu: true, maxBatchTokens: 256, onProviderChange: (change) => changes.push(change) },
      partsOf(failingAfter(1, 'throws', ['cuda', 'webgpu'])),
    );
    const expected = await embeddingsOf(await openTinyEncoder({ directory }), captions);
    expect(await embeddingsOf(encoder, captions)).toEqual(expected);
    expect(changes).toMatchObject([
      { from: 'cuda', to: 'webgpu' },
      { from: 'webgpu', to: 'cpu' },
    ]);
    expect(await embeddingsOf(encoder, captions)).toEqual(expected);
  });

  it("is the caller's to know where it is the CPU", async () => {
    const encoder = await openTinyEncoder({}, { openSession: failingAfter(1, 'throws', ['cpu']) });
    await expect(encoder.encode(captions)).rejects.toThrow('device lost');
  });
});

describe('a GPU', () => {
  it('that works only in the process of the probe is passed over, with its reason', async () => {
    const { directory } = writeTinyModel();
    const probes: ProviderProbe[] = [];
    const openSession: OpenSession = (settings, provider) =>
      provider === 'cuda' ? Promise.reject(new Error('out of memory')) : openModelSession(settings, 'cpu');
    const encoder = await openTinyEncoder(
      { directory, useGpu: true, onProbe: (probe) => probes.push(probe) },
      partsOf(openSession),
    );
    expect(encoder.provider).toBe('webgpu');
    expect(probes).toMatchObject([
      { provider: 'cuda', ok: true },
      { provider: 'cuda', ok: false, reason: 'out of memory' },
      { provider: 'webgpu', ok: true },
    ]);
  });

  it('that is left out is not tried', async () => {
    const probes: ProviderProbe[] = [];
    const encoder = await openTinyEncoder(
      { useGpu: true, withoutProviders: ['cuda', 'webgpu'], onProbe: (probe) => probes.push(probe) },
      partsOf(openModelSession),
    );
    expect(encoder.provider).toBe('cpu');
    expect(probes).toEqual([]);
  });
});

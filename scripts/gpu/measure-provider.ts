import type { ProviderName } from '../../src/text/encoders/transformers/execution-provider.ts';
import type { ProviderProbe } from '../../src/text/encoders/transformers/probe-providers.ts';
import {
  createTransformersEncoder,
  type TransformersParts,
} from '../../src/text/encoders/transformers/transformers-encoder.ts';
import type { ModelFolder } from '../../src/text/model-folder.ts';

/** What a provider did with captions, or why it did nothing. */
export type ProviderFigures =
  | {
      readonly provider: ProviderName;
      readonly ok: true;
      readonly captionsPerSecond: number;
      /** Padded tokens of a batch with which it was fastest; `undefined` where midiloom's own choice was. */
      readonly batchTokens: number | undefined;
      readonly vectors: readonly Float32Array[];
    }
  | { readonly provider: ProviderName; readonly ok: false; readonly reason: string; readonly remedy: string };

export interface MeasureOptions {
  readonly model: ModelFolder;
  readonly captions: readonly string[];
  readonly threads: number;
  /** Besides midiloom's own choice. */
  readonly batchTokens: readonly number[];
  readonly rounds: number;
  readonly parts?: Partial<TransformersParts>;
}

/** Runs captions on one provider as a run would, in batches of several sizes, each several times; the median of the fastest counts. */
export async function measureProvider(provider: ProviderName, options: MeasureOptions): Promise<ProviderFigures> {
  const { model, captions, threads, batchTokens, rounds, parts = {} } = options;
  let best: ProviderFigures | undefined;
  for (const maxBatchTokens of [undefined, ...batchTokens]) {
    const probes: ProviderProbe[] = [];
    const asked = { pooling: 'auto', normalize: 'auto', useGpu: provider !== 'cpu', threads, maxBatchTokens } as const;
    const encoder = await createTransformersEncoder(
      { model, ...asked, onProbe: (probe) => probes.push(probe) },
      { ...parts, gpuProviders: [provider] },
    );
    try {
      // The first round compiles kernels, and a provider may fail only then.
      const encoded = await encoder.encode(captions);
      if (encoder.provider !== provider) return best ?? notUsed(provider, probes);
      const rates: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const startedAt = performance.now();
        await encoder.encode(captions);
        rates.push((1000 * captions.length) / (performance.now() - startedAt));
      }
      const captionsPerSecond = rates.sort((a, b) => a - b)[Math.floor(rates.length / 2)] ?? Number.NaN;
      if (best?.ok === true && best.captionsPerSecond >= captionsPerSecond) continue;
      const vectors = encoded.map(({ embedding }) => embedding ?? new Float32Array(0));
      best = { provider, ok: true, captionsPerSecond, batchTokens: maxBatchTokens, vectors };
    } finally {
      await encoder.close();
    }
  }
  return best ?? notUsed(provider, []);
}

function notUsed(provider: ProviderName, probes: readonly ProviderProbe[]): ProviderFigures {
  const refused = probes.flatMap((probe) => (probe.ok ? [] : [probe])).at(-1);
  return {
    provider,
    ok: false,
    reason: refused?.reason ?? 'it failed with the captions',
    remedy: refused?.remedy ?? '',
  };
}

import { expect, it } from 'vitest';
import { makeCaptions } from '../../bench/captions.ts';
import { gpuReportText } from '../../scripts/gpu/gpu-report.ts';
import { measureProvider } from '../../scripts/gpu/measure-provider.ts';
import { type OpenSession, openModelSession } from '../../src/text/encoders/transformers/model-session.ts';
import { findLocal, writeTinyModel } from '../text/transformers/tiny-model.ts';

/** The CPU under the name of a GPU, a little off. */
const openSession: OpenSession = async (settings, provider) => {
  const session = await openModelSession(settings, 'cpu');
  if (provider === 'cpu') return session;
  return {
    ...session,
    run: async (rows) => {
      const states = await session.run(rows);
      return { ...states, values: states.values.map((value) => value + 1e-4) };
    },
  };
};
const entry = new URL('../text/transformers/fixtures/working-probe.mjs', import.meta.url);

it('a report of a GPU says how fast it is, how far its vectors are off, and why another is not used', async () => {
  const { directory } = writeTinyModel();
  const parts = { openSession, probe: { entry, timeLimitMs: 20_000 } };
  const options = {
    model: await findLocal(directory),
    captions: makeCaptions(6, 3).map((text) => text.slice(0, 80)),
    threads: 1,
    rounds: 1,
  };
  const cpu = await measureProvider('cpu', { ...options, batchTokens: [], parts });
  const webgpu = await measureProvider('webgpu', { ...options, batchTokens: [64], parts });
  const broken: OpenSession = async (settings, provider) => {
    if (provider === 'cuda') throw new Error('libcublas is missing');
    return openModelSession(settings, provider);
  };
  const cuda = await measureProvider('cuda', {
    ...options,
    batchTokens: [64],
    parts: { ...parts, openSession: broken },
  });
  const text = gpuReportText({ facts: { system: 'a test' }, cpu, gpus: [cuda, webgpu] });
  expect(text).toMatch(/^- system: a test$/m);
  expect(text).toMatch(/^\| cpu \| [\d.]+ \| 1\.00 times \| as midiloom chooses \| {2}\| {2}\|$/m);
  expect(text).toMatch(
    /^\| webgpu \| [\d.]+ \| [\d.]+ times \| (as midiloom chooses|64) \| (0\.999\d+|1\.0000000) \| [\d.]+e-[45] \|$/m,
  );
  expect(text).toMatch(/^cuda is not used: libcublas is missing \(needs .*CUDA/m);
});

import { expect, it } from 'vitest';
import { uselessGpu } from '../../src/pipeline/open/useless-gpu.ts';

const hashing = { useGpu: true, textEncoder: 'hashing' } as const;

it('is told of once: not where the run directory remembers it', () => {
  expect(uselessGpu(hashing, { options: {} })).toContain('--use_gpu changes nothing here');
  expect(uselessGpu(hashing, { options: { useGpu: true, textEncoder: 'hashing' } })).toBeUndefined();
});

it('is told of where the encoder is another one by now', () => {
  expect(uselessGpu(hashing, { options: { useGpu: true } })).toContain('this is hashing');
  expect(uselessGpu({ ...hashing, textEncoder: 'transformers' }, { options: {} })).toBeUndefined();
  expect(uselessGpu({ ...hashing, useGpu: false }, { options: {} })).toBeUndefined();
});

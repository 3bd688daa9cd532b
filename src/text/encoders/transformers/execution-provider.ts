import type { Dtype } from '../../model-folder.ts';
import type { BatchLimits } from './take-batch.ts';

export const PROVIDERS = ['cuda', 'webgpu', 'dml', 'coreml', 'cpu'] as const;
/** What onnxruntime computes with, by its names. */
export type ProviderName = (typeof PROVIDERS)[number];

/** The GPU providers that onnxruntime-node has for a system, in the order in which they are tried. */
export function gpuProviders(platform: NodeJS.Platform, arch: NodeJS.Architecture): readonly ProviderName[] {
  if (platform === 'win32') return ['webgpu', 'dml'];
  if (platform === 'darwin') return ['webgpu', 'coreml'];
  return platform === 'linux' && arch === 'x64' ? ['cuda', 'webgpu'] : ['webgpu'];
}

/** What a user can do where a provider does not work. */
export const REMEDIES: Readonly<Record<ProviderName, string>> = {
  cuda:
    'an NVIDIA driver, CUDA 12 and cuDNN 9, and the CUDA libraries of onnxruntime: ' +
    'node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install',
  webgpu: 'a GPU driver with Vulkan (Linux: libvulkan1 and the vendor driver), Direct3D 12 or Metal',
  dml: 'Windows 10 or later with a DirectX 12 driver',
  coreml: 'macOS 12 or later',
  cpu: 'a model file that onnxruntime can run',
};

/** Padded tokens in a batch. On a CPU batches that fit its caches are the fastest (bench/text.ts); a GPU needs many to be busy. */
const CPU_BATCH_TOKENS = 512;
const GPU_BATCH_TOKENS = 16_384;

/**
 * How batches are shaped. On a CPU equal texts get equal bits whatever else is in the batch: onnxruntime's fp32 kernels
 * compute each row by itself; its fp16 kernels do where nothing is padded; quantized models take one scale from the whole
 * batch, so each text goes alone, at some cost of speed. A model that takes no mask would read padding as text.
 */
export function batchLimits(
  provider: ProviderName,
  dtype: Dtype,
  maxBatchTokens: number | undefined,
  takesMask: boolean,
): BatchLimits {
  const maxTokens = maxBatchTokens ?? (provider === 'cpu' ? CPU_BATCH_TOKENS : GPU_BATCH_TOKENS);
  if (provider === 'cpu' && dtype === 'q8') return { maxTokens, company: 'none' };
  const mayPad = takesMask && (provider !== 'cpu' || dtype === 'fp32');
  return { maxTokens, company: mayPad ? 'any' : 'same_length' };
}

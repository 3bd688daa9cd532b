import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import type { CacheInfo } from '../cache/cache-messages.ts';
import { installedVersion } from '../config/installed-version.ts';
import { ownPackage } from '../config/own-package.ts';
import type { RunConfig } from '../config/run-config.ts';
import { threadsOf } from '../config/threads.ts';
import { messageOf } from '../errors.ts';
import { gpuProviders, type ProviderName, REMEDIES } from '../text/encoders/transformers/execution-provider.ts';
import { readModelSettings } from '../text/encoders/transformers/model-settings.ts';
import {
  DEFAULT_PROBE_OPTIONS,
  type ProviderProbe,
  probeProviders,
} from '../text/encoders/transformers/probe-providers.ts';
import { sessionSettings } from '../text/encoders/transformers/session-settings.ts';
import { textRuntime } from '../text/encoders/transformers/text-runtime.ts';
import { findModel } from '../text/find-model.ts';
import { defaultModelCache } from '../text/model-cache.ts';
import type { ModelFolder } from '../text/model-folder.ts';
import { askCache } from './ask-cache.ts';
import { systemGpus } from './system-gpus.ts';

/** What this machine has for a run, as `midiloom doctor --json` prints it. */
export interface MachineReport {
  /** `null` for what is not installed. */
  readonly versions: Readonly<Record<'midiloom' | 'node' | 'onnxruntime' | 'tokenizers' | 'lmdb', string | null>>;
  readonly system: { readonly platform: string; readonly arch: string; readonly processor: string };
  /** That this process may use. */
  readonly cores: number;
  readonly memory: { readonly total_bytes: number; readonly free_bytes: number };
  readonly model: ModelState;
  /** That the system names; `null` where it does not say. */
  readonly gpus: readonly string[] | null;
  /** GPU providers that `--use_gpu` tries on this system, in order, and what each needs. */
  readonly gpu_providers: Readonly<Partial<Record<ProviderName, string>>>;
  /** What became of them and of the CPU; empty where there is no model to try them with. */
  readonly providers: readonly ProviderProbe[];
  /** `null` where nothing was kept yet. */
  readonly cache: CacheInfo | null;
}

export type ModelState =
  | { readonly ok: true; readonly name: string; readonly directory: string; readonly dtype: string }
  | { readonly ok: false; readonly name: string; readonly error: string };

export type MachineOptions = Pick<
  RunConfig,
  'textModel' | 'textModelRevision' | 'modelCache' | 'dtype' | 'textThreads' | 'cacheDir' | 'cacheSize'
>;

/** Looks at the machine, and runs the text model once with each provider. Downloads nothing; never fails. */
export async function probeMachine(options: MachineOptions): Promise<MachineReport> {
  const { state, providers } = await probeModel(options);
  return {
    versions: {
      midiloom: ownPackage().version,
      node: process.versions.node,
      onnxruntime: installedVersion('onnxruntime-node') ?? null,
      tokenizers: installedVersion('tokenizers') ?? null,
      lmdb: installedVersion('lmdb') ?? null,
    },
    system: { platform: process.platform, arch: process.arch, processor: cpus()[0]?.model ?? 'unknown' },
    cores: availableParallelism(),
    memory: { total_bytes: totalmem(), free_bytes: freemem() },
    model: state,
    gpus: systemGpus(process.platform) ?? null,
    gpu_providers: Object.fromEntries(
      gpuProviders(process.platform, process.arch).map((name) => [name, REMEDIES[name]]),
    ),
    providers,
    cache: await askCache(
      options,
      (cache) => cache.info(),
      () => {},
    ),
  };
}

async function probeModel(
  options: MachineOptions,
): Promise<{ readonly state: ModelState; readonly providers: readonly ProviderProbe[] }> {
  try {
    textRuntime();
    const model = await findModel({
      model: options.textModel,
      revision: options.textModelRevision,
      dtype: options.dtype,
      cacheDir: options.modelCache ?? defaultModelCache(),
      offline: true,
    });
    const { name, directory, dtype } = model;
    return { state: { ok: true, name, directory, dtype }, providers: await tryProviders(model, options) };
  } catch (error) {
    return { state: { ok: false, name: options.textModel, error: messageOf(error) }, providers: [] };
  }
}

async function tryProviders(model: ModelFolder, { textThreads }: MachineOptions): Promise<ProviderProbe[]> {
  const asked = { pooling: 'auto', normalize: 'auto' } as const;
  const settings = sessionSettings(model, await readModelSettings(model, asked), threadsOf(textThreads));
  const probes: ProviderProbe[] = [];
  const providers = [...gpuProviders(process.platform, process.arch), 'cpu'] as const;
  for await (const probe of probeProviders(settings, providers, DEFAULT_PROBE_OPTIONS)) probes.push(probe);
  return probes;
}

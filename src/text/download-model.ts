import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadOnnxruntime } from './encoders/transformers/load-onnxruntime.ts';
import { cachedModelDirectory } from './model-cache.ts';
import { type Dtype, modelFiles } from './model-folder.ts';
import { settingsFiles } from './model-modules.ts';

export interface DownloadRequest {
  /** As on the hub: `Xenova/all-MiniLM-L6-v2`. */
  readonly name: string;
  readonly revision: string;
  readonly dtype: Dtype;
  readonly cacheDir: string;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** How far one file of a model is. */
export interface DownloadProgress {
  readonly file: string;
  readonly loadedBytes: number;
  /** 0 where the server does not say. */
  readonly totalBytes: number;
}

/** The hub, or the mirror that `HF_ENDPOINT` names, as in Hugging Face's own tools. */
export function hubEndpoint(): string {
  return (process.env.HF_ENDPOINT || 'https://huggingface.co').replace(/\/*$/, '/');
}

/**
 * Downloads what is missing of a model into the cache, by the hub code of transformers.js, and opens it once, which
 * shows that it is whole. The model file comes last: where it is, everything is.
 *
 * @throws Error as the hub code and `fetch` throw them.
 */
export async function downloadModel(request: DownloadRequest): Promise<void> {
  await loadOnnxruntime();
  const { AutoModel, AutoTokenizer, env, LogLevel } = await import('@huggingface/transformers');
  const { remoteHost, logLevel } = env;
  env.remoteHost = hubEndpoint();
  env.logLevel = LogLevel.NONE;
  const options = {
    revision: request.revision,
    cache_dir: request.cacheDir,
    progress_callback: (event: HubProgress) => report(request, event),
  };
  try {
    await downloadSettings(request);
    await AutoTokenizer.from_pretrained(request.name, options);
    const file = await hubModelFile(request);
    const model = await AutoModel.from_pretrained(request.name, { ...options, ...file, device: 'cpu' });
    await model.dispose();
  } finally {
    env.remoteHost = remoteHost;
    env.logLevel = logLevel;
  }
}

interface HubProgress {
  readonly status: string;
  readonly file?: string;
  readonly loaded?: number;
  readonly total?: number;
}

function report({ onProgress }: DownloadRequest, { status, file, loaded = 0, total = 0 }: HubProgress): void {
  if (status === 'progress' && file !== undefined) onProgress?.({ file, loadedBytes: loaded, totalBytes: total });
}

/** transformers.js knows nothing of the files of sentence-transformers, so these are fetched as it would. */
async function downloadSettings(request: DownloadRequest): Promise<void> {
  const directory = cachedModelDirectory(request.cacheDir, request.name, request.revision);
  const done = new Set<string>();
  // `modules.json`, once it is there, names others.
  for (let round = 0; round < 2; round++) {
    for (const file of await settingsFiles(directory)) {
      if (!done.has(file)) await downloadOptional(request, file);
      done.add(file);
    }
  }
}

/** The first file of the dtype that the hub has, as transformers.js wants it named; its own name where the hub has none. */
async function hubModelFile(
  request: DownloadRequest,
): Promise<{ readonly dtype: Dtype; readonly model_file_name?: string }> {
  const [usual, ...others] = modelFiles(request.dtype)
    .filter((file) => /^onnx\/model/.test(file))
    .map((file) => file.slice(5));
  if (others.length === 0 || (await isOnHub(request, `onnx/${usual}`))) return { dtype: request.dtype };
  for (const name of others) {
    // Of fp32 it adds nothing to the name.
    if (await isOnHub(request, `onnx/${name}`)) return { dtype: 'fp32', model_file_name: name.replace(/\.onnx$/, '') };
  }
  return { dtype: request.dtype };
}

async function isOnHub(request: DownloadRequest, file: string): Promise<boolean> {
  return (await ask(request, file, 'HEAD')).ok;
}

async function downloadOptional(request: DownloadRequest, file: string): Promise<void> {
  const response = await ask(request, file, 'GET');
  // The hub answers 401 for what is not there as well.
  if ([401, 403, 404].includes(response.status)) return;
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  const path = join(cachedModelDirectory(request.cacheDir, request.name, request.revision), file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.tmp.${process.pid}`, new Uint8Array(await response.arrayBuffer()));
  await rename(`${path}.tmp.${process.pid}`, path);
}

function ask({ name, revision }: DownloadRequest, file: string, method: 'GET' | 'HEAD'): Promise<Response> {
  const url = `${hubEndpoint()}${name}/resolve/${encodeURIComponent(revision)}/${file}`;
  const token = process.env.HF_TOKEN;
  const mayShowToken = token !== undefined && new URL(url).hostname === 'huggingface.co';
  return fetch(url, { method, headers: mayShowToken ? { authorization: `Bearer ${token}` } : {} });
}

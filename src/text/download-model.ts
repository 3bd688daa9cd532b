import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachedModelDirectory } from './model-cache.ts';
import { type Dtype, OPTIONAL_FILES } from './model-folder.ts';

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
    for (const file of OPTIONAL_FILES) await downloadOptional(request, file);
    await AutoTokenizer.from_pretrained(request.name, options);
    const model = await AutoModel.from_pretrained(request.name, { ...options, device: 'cpu', dtype: request.dtype });
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
async function downloadOptional({ name, revision, cacheDir }: DownloadRequest, file: string): Promise<void> {
  const url = `${hubEndpoint()}${name}/resolve/${encodeURIComponent(revision)}/${file}`;
  const token = process.env.HF_TOKEN;
  const mayShowToken = token !== undefined && new URL(url).hostname === 'huggingface.co';
  const response = await fetch(url, mayShowToken ? { headers: { authorization: `Bearer ${token}` } } : {});
  // The hub answers 401 for what is not there as well.
  if ([401, 403, 404].includes(response.status)) return;
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const path = join(cachedModelDirectory(cacheDir, name, revision), file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.tmp.${process.pid}`, new Uint8Array(await response.arrayBuffer()));
  await rename(`${path}.tmp.${process.pid}`, path);
}

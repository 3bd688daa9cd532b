import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { downloadFile, isThere, STALL_LIMIT_MS } from './download-file.ts';
import { cachedModelDirectory } from './model-cache.ts';
import { type Dtype, modelFiles, REQUIRED_FILES } from './model-folder.ts';
import { settingsFiles } from './model-modules.ts';
import { onnxExternalData } from './onnx-external-data.ts';

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
 * Downloads what is missing of a model into the cache. The model file comes last, after the weights beside it: where it is,
 * everything is.
 *
 * @throws Error which file could not be had, and what the hub answered; or as `fetch`.
 */
export async function downloadModel(request: DownloadRequest): Promise<void> {
  const directory = cachedModelDirectory(request.cacheDir, request.name, request.revision);
  for (const file of REQUIRED_FILES) await downloadRequired(request, file, join(directory, file));
  await downloadSettings(request, directory);

  const modelFile = await modelFileOnHub(request);
  const unfinished = join(directory, dirname(modelFile), `.${process.pid}.${basename(modelFile)}`);
  try {
    await downloadRequired(request, modelFile, unfinished);
    for (const name of onnxExternalData(unfinished)) {
      const weights = posix.join(posix.dirname(modelFile), name);
      if (!isInside(weights)) throw new Error(`${modelFile} has weights outside the model: ${name}`);
      await downloadRequired(request, weights, join(directory, weights));
    }
    await rename(unfinished, join(directory, modelFile));
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** `modules.json`, once it is there, names others. */
async function downloadSettings(request: DownloadRequest, directory: string): Promise<void> {
  const done = new Set<string>();
  for (let round = 0; round < 2; round++) {
    for (const file of await settingsFiles(directory)) {
      if (!done.has(file)) await download(request, file, join(directory, file));
      done.add(file);
    }
  }
}

async function modelFileOnHub(request: DownloadRequest): Promise<string> {
  const files = modelFiles(request.dtype);
  const limit = AbortSignal.timeout(STALL_LIMIT_MS);
  const answers = await Promise.all(files.map((file) => ask(request, file, 'HEAD', limit)));
  const found = answers.map(isThere).indexOf(true);
  const file = files[found];
  if (file !== undefined) return file;
  throw new Error(
    `${request.name} has no ONNX file of ${request.dtype} (${files.find((name) => name.startsWith('onnx/model'))})`,
  );
}

async function downloadRequired(request: DownloadRequest, file: string, path: string): Promise<void> {
  if (await download(request, file, path)) return;
  const { name, revision } = request;
  throw new Error(`${name} (${revision}) has no ${file}, or is not public: HF_TOKEN`);
}

/** @returns whether the file is there now */
async function download(request: DownloadRequest, file: string, path: string): Promise<boolean> {
  if (existsSync(path)) return true;
  await mkdir(dirname(path), { recursive: true });
  return downloadFile({
    path,
    ask: (signal) => ask(request, file, 'GET', signal),
    onProgress: (loadedBytes, totalBytes) => request.onProgress?.({ file, loadedBytes, totalBytes }),
  });
}

function ask(
  { name, revision }: DownloadRequest,
  file: string,
  method: 'GET' | 'HEAD',
  signal: AbortSignal,
): Promise<Response> {
  const url = `${hubEndpoint()}${name}/resolve/${encodeURIComponent(revision)}/${file}`;
  const token = process.env.HF_TOKEN;
  const mayShowToken = token !== undefined && new URL(url).hostname === 'huggingface.co';
  // What is packed on the way has a length that says nothing of the file's.
  const headers = { 'accept-encoding': 'identity', ...(mayShowToken ? { authorization: `Bearer ${token}` } : {}) };
  return fetch(url, { method, headers, signal });
}

function isInside(file: string): boolean {
  return !posix.isAbsolute(file) && !file.includes('\\') && !file.split('/').includes('..');
}

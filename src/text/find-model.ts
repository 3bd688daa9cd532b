import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { MissingError, messageOf, StorageError } from '../errors.ts';
import { downloadModel } from './hub/download-model.ts';
import { hubEndpoint } from './hub/hub-endpoint.ts';
import { HubError } from './hub/hub-error.ts';
import { DEFAULT_HUB_LIMITS, type DownloadProgress, type HubLimits } from './hub/hub-request.ts';
import { localPlace, type ModelPlace } from './local-place.ts';
import { cachedModelDirectory } from './model-cache.ts';
import { type Dtype, type ModelFolder, readModelFolder } from './model-folder.ts';

export interface ModelRequest {
  /** A folder in the hub's layout, or a name on the hub. A folder that is there goes first. */
  readonly model: string;
  /** Branch, tag or commit on the hub. */
  readonly revision: string;
  readonly dtype: Dtype;
  readonly cacheDir: string;
  /** Whether nothing may be downloaded. */
  readonly offline: boolean;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Told when something is asked for again. */
  readonly onNotice?: (message: string) => void;
  /** Stops a download; what has come is kept, and gone on with. */
  readonly signal?: AbortSignal;
  /** For tests of servers that are slow. */
  readonly limits?: HubLimits;
}

/**
 * Finds a model: in a local folder, in the cache, or on the hub, from where it is downloaded into the cache.
 *
 * @throws MissingError `model_missing`, saying what was tried and the ways out.
 * @throws ConfigError `model_file_outside` where a file is a link that leaves its folder; the signal's reason where it is aborted.
 * @example await findModel({ model: 'Xenova/all-MiniLM-L6-v2', revision: 'main', dtype: 'fp32', cacheDir: defaultModelCache(), offline: false });
 */
export async function findModel(request: ModelRequest): Promise<ModelFolder> {
  const folder = resolve(request.model);
  const tried: string[] = [];
  if (await isDirectory(folder)) {
    const local = await look(localPlace(folder), request, tried);
    if (local === undefined) throw missing(request, tried);
    return local;
  }
  tried.push(`${folder}: no such folder`);
  if (!isHubName(request.model)) throw missing(request, [...tried, `the hub: "${request.model}" is not a name on it`]);

  const directory = cachedModelDirectory(request.cacheDir, request.model, request.revision);
  const cached = { name: request.model, revision: request.revision, directory };
  const found = (await look(cached, request, tried)) ?? (await download(cached, request, tried));
  if (found === undefined) throw missing(request, tried);
  return found;
}

async function look(place: ModelPlace, { dtype }: ModelRequest, tried: string[]): Promise<ModelFolder | undefined> {
  const content = await readModelFolder(place.directory, dtype);
  if (content.ok) return { ...place, dtype, modelFile: content.modelFile, checksums: content.checksums };
  tried.push(`${place.directory}: without ${content.missing.join(', ')}`);
  return undefined;
}

async function download(place: ModelPlace, request: ModelRequest, tried: string[]): Promise<ModelFolder | undefined> {
  const endpoint = hubEndpoint();
  if (request.offline) {
    tried.push(`${endpoint.url}: not asked (--offline)`);
    return undefined;
  }
  try {
    await downloadModel({
      endpoint,
      name: request.model,
      revision: request.revision,
      dtype: request.dtype,
      directory: place.directory,
      signal: request.signal ?? new AbortController().signal,
      limits: request.limits ?? DEFAULT_HUB_LIMITS,
      onProgress: request.onProgress ?? (() => {}),
      onNotice: request.onNotice ?? (() => {}),
    });
  } catch (error) {
    request.signal?.throwIfAborted();
    if (!(error instanceof HubError)) throw notWritten(place, error);
    tried.push(`${endpoint.url}: ${error.message}`);
    return undefined;
  }
  return look(place, request, tried);
}

function missing({ model, revision, dtype, cacheDir }: ModelRequest, tried: readonly string[]): MissingError {
  const place = isHubName(model) ? cachedModelDirectory(cacheDir, model, revision) : cacheDir;
  const lines = [
    `the text model ${model} (${dtype}) cannot be had. Tried:`,
    ...tried.map((line) => `  ${line}`),
    'Ways out:',
    `  --text_model DIR, a folder with config.json, tokenizer.json, tokenizer_config.json and the ONNX file`,
    `  copy the model's files from another machine to ${place}`,
    '  --text_encoder hashing, which needs no model',
  ];
  return new MissingError('model_missing', lines.join('\n'));
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** The rule of the hub: one or two parts of letters, digits, `_`, `-` and `.`; neither `..` nor `--`. */
function isHubName(name: string): boolean {
  return /^(\b[\w\-.]+\b\/)?\b[\w\-.]{1,96}\b$/.test(name) && !name.includes('..') && !name.includes('--');
}

function notWritten({ directory }: ModelPlace, cause: unknown): StorageError {
  const message = `the text model cannot be written to ${directory}: ${messageOf(cause)}; --model_cache names another place`;
  return new StorageError('model_not_written', message, { cause });
}

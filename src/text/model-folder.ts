import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { ConfigError, codeOf } from '../errors.ts';
import { settingsFiles } from './model-modules.ts';
import { onnxExternalFiles } from './onnx-external-data.ts';

export const DTYPES = ['fp32', 'fp16', 'q8'] as const;
/** The precision of a model's weights; each has its own ONNX file. */
export type Dtype = (typeof DTYPES)[number];

/** A model on this machine: a folder in the hub's layout, and what its files hold. Plain data. */
export interface ModelFolder {
  /** As on the hub (`Xenova/all-MiniLM-L6-v2`), or the folder's own name. */
  readonly name: string;
  /** Branch, tag or commit on the hub; `undefined` for a local folder. */
  readonly revision: string | undefined;
  readonly directory: string;
  readonly dtype: Dtype;
  /** Relative to the folder, with `/`. */
  readonly modelFile: string;
  /** `sha256:…` of each file that is used, by its path relative to the folder. */
  readonly checksums: Readonly<Record<string, string>>;
}

export type FolderContent =
  | ({ readonly ok: true } & Pick<ModelFolder, 'modelFile' | 'checksums'>)
  | { readonly ok: false; readonly missing: readonly string[] };

/** Of a model that hears or sees as well, the part that reads; of one that writes as well, the same; else all of it. */
const PARTS = ['text_model', 'encoder_model', 'model'] as const;
/**
 * What names of ONNX files on the hub end in, by dtype. In 8 bits: as transformers.js names them, then as sentence-transformers does,
 * those for AVX2 first, because the weights for others may overflow on processors without VNNI.
 */
const ENDINGS: Readonly<Record<Dtype, readonly string[]>> = {
  fp32: [''],
  fp16: ['_fp16'],
  q8: ['_quantized', '_quint8_avx2', '_qint8_avx512', '_qint8_avx512_vnni', '_qint8_arm64', '_int8', '_uint8'],
};

/** Where the ONNX file of a model may lie in its folder; the first that is there is taken, on every machine the same one. */
export function modelFiles(dtype: Dtype): readonly string[] {
  return PARTS.flatMap((part) => filesOf(part, dtype));
}

function filesOf(part: (typeof PARTS)[number], dtype: Dtype): readonly string[] {
  return ENDINGS[dtype].flatMap((ending) => [`onnx/${part}${ending}.onnx`, `${part}${ending}.onnx`]);
}

/** Whether a file is of a model that makes one vector of a text by itself. */
export function poolsItself(modelFile: string): boolean {
  return /(^|\/)text_model[^/]*$/.test(modelFile);
}
/** What every model has besides its ONNX file. */
export const REQUIRED_FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;

/**
 * Looks at a folder in the hub's layout and hashes the files that are used.
 *
 * @throws ConfigError `model_file_outside` where a file is a link that leaves the folder; `model_invalid` for a bad `modules.json`.
 */
export async function readModelFolder(directory: string, dtype: Dtype): Promise<FolderContent> {
  const modelFile = await firstPresent(directory, modelFiles(dtype));
  const missing: string[] = modelFile === undefined ? [filesOf('model', dtype).join(' or ')] : [];
  for (const name of REQUIRED_FILES) if (!(await isPresent(directory, name))) missing.push(name);
  const weights = modelFile === undefined ? [] : onnxExternalFiles(directory, modelFile);
  for (const name of weights) if (!(await isPresent(directory, name))) missing.push(name);
  if (modelFile === undefined || missing.length > 0) return { ok: false, missing };

  const checksums: Record<string, string> = {};
  for (const name of [...REQUIRED_FILES, ...(await settingsFiles(directory)), modelFile, ...weights].sort()) {
    if (await isPresent(directory, name)) checksums[name] = await sha256(join(directory, name));
  }
  return { ok: true, modelFile, checksums };
}

async function firstPresent(directory: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if (await isPresent(directory, name)) return name;
  return undefined;
}

async function isPresent(directory: string, name: string): Promise<boolean> {
  try {
    const path = await realpath(join(directory, name));
    if (!(await rootsOf(directory)).some((root) => path.startsWith(root + sep))) {
      throw new ConfigError(
        'model_file_outside',
        `${name} of the model folder ${directory} is a link that leaves the folder (to ${path}): copy the file into it`,
      );
    }
    return (await stat(path)).isFile();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}

/** Where the files of a model may lie: in its folder, and for a snapshot of the hub's cache in the `blobs` that it links to. */
async function rootsOf(directory: string): Promise<readonly string[]> {
  const folder = await realpath(directory);
  const snapshots = dirname(folder);
  return basename(snapshots) === 'snapshots' ? [folder, join(dirname(snapshots), 'blobs')] : [folder];
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}

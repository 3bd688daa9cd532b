import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, posix, sep } from 'node:path';
import { ConfigError, codeOf } from '../errors.ts';

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

/** Names of ONNX files on the hub, by dtype. */
const MODEL_NAMES: Readonly<Record<Dtype, string>> = {
  fp32: 'model.onnx',
  fp16: 'model_fp16.onnx',
  q8: 'model_quantized.onnx',
};
const REQUIRED = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;
/** How sentence-transformers models are pooled and where they cut; ONNX conversions often leave these out. */
export const OPTIONAL_FILES = ['1_Pooling/config.json', 'sentence_bert_config.json'] as const;

/**
 * Looks at a folder in the hub's layout and hashes the files that are used.
 *
 * @throws ConfigError `model_file_outside` where a file is a link that leaves the folder.
 */
export async function readModelFolder(directory: string, dtype: Dtype): Promise<FolderContent> {
  const candidates = [`onnx/${MODEL_NAMES[dtype]}`, MODEL_NAMES[dtype]];
  const modelFile = await firstPresent(directory, candidates);
  const missing: string[] = modelFile === undefined ? [candidates.join(' or ')] : [];
  for (const name of REQUIRED) if (!(await isPresent(directory, name))) missing.push(name);
  if (modelFile === undefined || missing.length > 0) return { ok: false, missing };

  const checksums: Record<string, string> = {};
  for (const name of [
    ...REQUIRED,
    ...OPTIONAL_FILES,
    modelFile,
    ...(await externalData(directory, modelFile)),
  ].sort()) {
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
    if (!path.startsWith((await realpath(directory)) + sep)) {
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

/** Weights of over 2 GB lie beside the model file: `model.onnx_data`, `model.onnx_data_1`, `model.onnx.data`. */
async function externalData(directory: string, modelFile: string): Promise<string[]> {
  const names = await readdir(dirname(join(directory, modelFile)));
  return names
    .filter((name) => name.startsWith(`${basename(modelFile)}_data`) || name === `${basename(modelFile)}.data`)
    .map((name) => posix.join(posix.dirname(modelFile), name));
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}

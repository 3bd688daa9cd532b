import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { modelFiles, REQUIRED_FILES } from '../model-folder.ts';
import { settingsFiles } from '../model-modules.ts';
import { onnxExternalFiles } from '../onnx-external-data.ts';
import { downloadFile } from './download-file.ts';
import { HubError } from './hub-error.ts';
import { findHubFile, type HubFile, type HubRefusal, isRefusal } from './hub-file.ts';
import type { HubRequest } from './hub-request.ts';

/**
 * Downloads what is missing of a model into its folder, all files of one commit. What must be there comes last, the model's weights last of
 * all: where these are, everything is.
 *
 * @throws HubError in words; the signal's reason where it is aborted.
 */
export async function downloadModel(request: HubRequest): Promise<void> {
  const model = await findModelFile(request);
  const commit = model.commit ?? request.revision;
  const get = (path: string): Promise<HubRefusal | undefined> => getFile(request, path, commit);
  const done = new Set<string>();
  // `modules.json`, once it is there, names others.
  for (let round = 0; round < 2; round++) {
    for (const path of await settingsFiles(request.directory)) {
      if (!done.has(path)) await get(path);
      done.add(path);
    }
  }
  for (const path of REQUIRED_FILES) {
    const refusal = await get(path);
    if (refusal !== undefined) throw new HubError(`${path} of ${request.name}: ${refusal.error.message}`, false);
  }
  await downloadFile(request, {
    ...model,
    url: model.url.replace(revisionPart(request.revision), revisionPart(commit)),
  });
  for (const path of onnxExternalFiles(request.directory, model.path)) {
    const refusal = await get(path);
    if (refusal !== undefined) throw new HubError(`${path} of ${request.name}: ${refusal.error.message}`, false);
  }
}

/** The first ONNX file of the precision that the hub has. */
async function findModelFile(request: HubRequest): Promise<HubFile> {
  const refusals: HubRefusal[] = [];
  for (const path of modelFiles(request.dtype)) {
    const found = await findHubFile(request, path, request.revision);
    if (!isRefusal(found)) return found;
    refusals.push(found);
    // Where one may not ask for a file, the next would be refused in the same way.
    if (found.status === 403) break;
  }
  const config = await findHubFile(request, 'config.json', request.revision);
  if (!isRefusal(config)) {
    throw new HubError(`it has the model, but no ONNX file in ${request.dtype} (--dtype)`, false);
  }
  const refused = refusals.find(({ status }) => status !== 404) ?? config;
  const isUnknown = refused.status === 404;
  const where = request.revision === 'main' ? '' : ` at the revision ${request.revision}`;
  throw new HubError(isUnknown ? `it has no model of that name${where}` : refused.error.message, false);
}

async function getFile(request: HubRequest, path: string, commit: string): Promise<HubRefusal | undefined> {
  // A model's own files name others: none of them may lie outside its folder.
  if (/^[/\\]|^\w:|(^|[/\\])\.\.([/\\]|$)/.test(path)) {
    throw new HubError(`${request.name} names a file outside of its folder: ${path}`, false);
  }
  if (existsSync(join(request.directory, path))) return undefined;
  const found = await findHubFile(request, path, commit);
  if (isRefusal(found)) return found;
  await downloadFile(request, found);
  return undefined;
}

function revisionPart(revision: string): string {
  return `/resolve/${encodeURIComponent(revision)}/`;
}

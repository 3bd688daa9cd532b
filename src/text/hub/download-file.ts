import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../errors.ts';
import { askHub } from './ask-hub.ts';
import { errorOfNetwork, errorOfStatus, HubError } from './hub-error.ts';
import type { HubFile } from './hub-file.ts';
import type { HubRequest } from './hub-request.ts';
import { PartialFile } from './partial-file.ts';

/** No configuration and no tokenizer is larger; a server that goes on without end must not fill the disk. */
const LARGEST_WITHOUT_SIZE = 64 * 2 ** 20;
const LONGEST_PAUSE_S = 60;

/**
 * Downloads a file into the folder of its model: goes on where an earlier attempt or process stopped, tries again what may pass, and gives
 * the file its name only when its size and its checksum are those that the hub says.
 *
 * @throws HubError in words; the signal's reason where it is aborted.
 */
export async function downloadFile(request: HubRequest, file: HubFile): Promise<void> {
  const part = await PartialFile.open(join(request.directory, file.path), file);
  try {
    await fill(part, request, file);
    if (!part.isRight()) {
      await part.restart();
      await fill(part, request, file);
    }
    if (!part.isRight()) {
      await part.restart();
      throw new HubError(`${file.path} has come twice with another checksum than the hub says`, false);
    }
    await part.finish();
  } catch (error) {
    await part.close();
    throw error;
  }
}

async function fill(part: PartialFile, request: HubRequest, file: HubFile): Promise<void> {
  const { limits, signal, onNotice } = request;
  for (let failures = 0; ; ) {
    const before = part.sizeBytes;
    try {
      await fetchRest(part, request, file);
      return;
    } catch (thrown) {
      signal.throwIfAborted();
      const error = errorOfNetwork(thrown);
      failures = part.sizeBytes > before ? 1 : failures + 1;
      if (!error.mayPass || failures >= limits.attempts) throw new HubError(`${file.path}: ${messageOf(error)}`, false);
      const asked = Math.min(error.retryAfterS ?? 0, LONGEST_PAUSE_S) * 1000;
      const waitMs = Math.max(asked, limits.pauseMs * 2 ** (failures - 1));
      onNotice(
        `downloading ${file.path} of ${request.name}: ${error.message}; once more in ${Math.ceil(waitMs / 1000)} s ` +
          `(attempt ${failures + 1} of ${limits.attempts}), from ${megabytes(part.sizeBytes)}`,
      );
      await pause(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

async function fetchRest(part: PartialFile, request: HubRequest, file: HubFile): Promise<void> {
  if (file.sizeBytes !== undefined && part.sizeBytes > file.sizeBytes) await part.restart();
  if (file.sizeBytes !== undefined && part.sizeBytes === file.sizeBytes && file.sizeBytes > 0) return;
  const { endpoint, signal, limits } = request;
  const limit = new AbortController();
  const range = part.sizeBytes > 0 ? { range: `bytes=${part.sizeBytes}-` } : {};
  const { response } = await askHub({
    endpoint,
    url: file.url,
    method: 'GET',
    headers: range,
    signal: AbortSignal.any([signal, limit.signal]),
    answerLimitMs: limits.answerMs,
  });
  try {
    if (response.status === 416) await part.restart();
    if (!response.ok)
      throw response.status === 416 ? new HubError('it has another file', true) : errorOfStatus(response);
    if (part.sizeBytes > 0 && !continuesAt(response, part.sizeBytes)) await part.restart();
    await readInto(
      part,
      response,
      request,
      { ...file, sizeBytes: file.sizeBytes ?? statedSize(response, part) },
      limit,
    );
  } finally {
    // Whatever is still to come of it is not wanted.
    limit.abort();
  }
}

async function readInto(
  part: PartialFile,
  response: Response,
  { limits, signal, onProgress }: HubRequest,
  { path, sizeBytes }: HubFile,
  limit: AbortController,
): Promise<void> {
  if (sizeBytes === undefined && path.endsWith('.onnx')) {
    throw new HubError('it does not say how large the file is', false);
  }
  const most = sizeBytes ?? LARGEST_WITHOUT_SIZE;
  const isStalled = (): void => limit.abort(new HubError(`nothing came for ${limits.stallMs / 1000} s`, true));
  let timer = setTimeout(isStalled, limits.stallMs);
  try {
    onProgress({ file: path, loadedBytes: part.sizeBytes, totalBytes: sizeBytes ?? 0 });
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer);
      signal.throwIfAborted();
      if (part.sizeBytes + chunk.length > most) {
        await part.restart();
        throw new HubError(`more comes than the ${megabytes(most)} that it should have`, false);
      }
      await part.add(chunk);
      onProgress({ file: path, loadedBytes: part.sizeBytes, totalBytes: sizeBytes ?? 0 });
      timer = setTimeout(isStalled, limits.stallMs);
    }
  } catch (error) {
    throw limit.signal.aborted && limit.signal.reason instanceof HubError ? limit.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
  if (sizeBytes !== undefined && part.sizeBytes < sizeBytes) {
    throw new HubError(`it ended after ${megabytes(part.sizeBytes)} of ${megabytes(sizeBytes)}`, true);
  }
}

/** Whether an answer has the rest of a file; a server that knows no ranges sends all of it. */
function continuesAt(response: Response, start: number): boolean {
  return response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${start}-`) === true;
}

function statedSize(response: Response, part: PartialFile): number | undefined {
  const length = response.headers.get('content-length');
  return length === null ? undefined : part.sizeBytes + Number(length);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

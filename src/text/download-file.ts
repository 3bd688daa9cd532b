import { open, rename, rm } from 'node:fs/promises';

export interface FileDownload {
  /** Where the file is put; its folder is there. */
  readonly path: string;
  readonly ask: (signal: AbortSignal) => Promise<Response>;
  /** `totalBytes` is 0 where the server does not say. */
  readonly onProgress: (loadedBytes: number, totalBytes: number) => void;
}

/** A server that sends nothing for so long will send nothing more. */
export const STALL_LIMIT_MS = 60_000;

/**
 * Puts a file where it belongs once all of it has come; until then it has another name.
 *
 * @returns whether the server has it
 * @throws Error where the server answers otherwise, sends nothing for a minute, or less than it said.
 */
export async function downloadFile(download: FileDownload): Promise<boolean> {
  const stalled = new AbortController();
  const timer = setTimeout(() => {
    stalled.abort(new Error(`nothing came for ${STALL_LIMIT_MS / 1000} s`));
  }, STALL_LIMIT_MS);
  const unfinished = `${download.path}.tmp.${process.pid}`;
  try {
    const response = await download.ask(stalled.signal);
    if (!isThere(response)) return false;
    await write(response, unfinished, (loadedBytes, totalBytes) => {
      timer.refresh();
      download.onProgress(loadedBytes, totalBytes);
    });
    await rename(unfinished, download.path);
    return true;
  } finally {
    clearTimeout(timer);
    await rm(unfinished, { force: true });
  }
}

/**
 * Whether a server has what it was asked for. The hub answers 401 for what is not there as well.
 *
 * @throws Error where it answers neither yes nor no.
 */
export function isThere({ ok, status, url }: Response): boolean {
  if (ok || [401, 403, 404].includes(status)) return ok;
  throw new Error(`${url} answered ${status}`);
}

async function write(response: Response, path: string, onProgress: FileDownload['onProgress']): Promise<void> {
  const totalBytes = Number(response.headers.get('content-length') ?? 0);
  const file = await open(path, 'w');
  try {
    let loadedBytes = 0;
    for await (const chunk of response.body ?? []) {
      await file.writeFile(chunk);
      loadedBytes += chunk.length;
      onProgress(loadedBytes, totalBytes);
    }
    if (totalBytes > 0 && loadedBytes !== totalBytes) {
      throw new Error(`${response.url} sent ${loadedBytes} of ${totalBytes} bytes`);
    }
  } finally {
    await file.close();
  }
}

import type { OpenFile } from '../checkpoint/file-system.ts';

/** Writes all bytes at the place that a file has come to. */
export async function writeAll(handle: OpenFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    // A full disk can show as a short count without an error.
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done);
    if (bytesWritten === 0) throw Object.assign(new Error('ENOSPC: a write took no bytes'), { code: 'ENOSPC' });
    done += bytesWritten;
  }
}

import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { stampOf } from '../file-stamp.ts';

/** A file that was written less than this ago may be written again without that its times show it. */
const SETTLED_MS = 2000;

/** Bytes that can be read again and again, from any place on. */
export interface ByteInput {
  /** Whether it costs nothing to open it in the middle, and its bytes are those of the file. */
  readonly isPlain: boolean;
  /** Of the size and the times of the file; `undefined` where these do not tell whether it changes. */
  stamp?(): Promise<string | undefined>;
  open(position: number): Promise<ByteSource>;
}

/** Reads on from where the last call ended. */
export interface ByteSource {
  /** Fills `buffer[offset, offset + length)` as far as it goes; 0 at the end. */
  read(buffer: Buffer, offset: number, length: number): Promise<number>;
  close(): Promise<void>;
}

/** The bytes of a file as they are. */
export function plainBytes(file: string): ByteInput {
  return {
    isPlain: true,
    async stamp() {
      const stats = await stat(file);
      const isSettled = Math.max(stats.mtimeMs, stats.ctimeMs) < Date.now() - SETTLED_MS;
      return isSettled ? Buffer.from(stampOf(stats)).toString('hex') : undefined;
    },
    async open(start) {
      const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
      let position = start;
      return {
        async read(buffer, offset, length) {
          const { bytesRead } = await handle.read(buffer, offset, length, position);
          position += bytesRead;
          return bytesRead;
        },
        close: () => handle.close(),
      };
    },
  };
}

/** The bytes of a stream that can be begun again: what is before the position is read and thrown away. */
export function streamedBytes(begin: () => AsyncIterable<Buffer>): ByteInput {
  return {
    isPlain: false,
    async open(position) {
      const chunks = begin()[Symbol.asyncIterator]();
      let chunk: Buffer = Buffer.alloc(0);
      let skip = position;
      return {
        async read(buffer, offset, length) {
          while (chunk.length === 0) {
            const next = await chunks.next();
            if (next.done === true) return 0;
            chunk = next.value.subarray(Math.min(skip, next.value.length));
            skip -= next.value.length - chunk.length;
          }
          const count = chunk.copy(buffer, offset, 0, length);
          chunk = chunk.subarray(count);
          return count;
        },
        async close() {
          await chunks.return?.();
        },
      };
    },
  };
}

/** The calls that durable I/O is made of, behind one interface so that a test can fail or stop at any of them. */
import { closeSync, fstatSync, fsync, open, read, write } from 'node:fs';
import { link, mkdir, readdir, rename, rmdir, unlink } from 'node:fs/promises';

export interface OpenFile {
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ readonly bytesWritten: number }>;
  read(bytes: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  sync(): Promise<void>;
  stat(): Promise<{ readonly size: number; readonly mtimeMs: number; isFile(): boolean }>;
  close(): Promise<void>;
}

export interface FileSystem {
  open(path: string, flags: number, mode?: number): Promise<OpenFile>;
  link(existing: string, created: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  mkdir(path: string): Promise<unknown>;
  rmdir(path: string): Promise<void>;
  readdir(path: string): Promise<string[]>;
}

export const nodeFileSystem: FileSystem = { open: openDescriptor, link, rename, unlink, mkdir, rmdir, readdir };

/**
 * Of plain descriptors: a `FileHandle` costs three times as much for each call, and a long run opens thousands of files to begin. What
 * waits for no disk is done at once: to ask a thread for it takes ten times as long as to do it.
 */
function openDescriptor(path: string, flags: number, mode?: number): Promise<OpenFile> {
  return called<number>((done) => open(path, flags, mode, done)).then((descriptor) => ({
    write: (bytes, offset, length) =>
      called<number>((done) => write(descriptor, bytes, offset, length, null, done)).then((bytesWritten) => ({
        bytesWritten,
      })),
    read: (bytes, offset, length, position) =>
      called<number>((done) => read(descriptor, bytes, offset, length, position, done)).then((bytesRead) => ({
        bytesRead,
      })),
    sync: () => called((done) => fsync(descriptor, done)),
    stat: async () => fstatSync(descriptor),
    close: async () => closeSync(descriptor),
  }));
}

function called<T = void>(call: (done: (error: Error | null, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error === null ? resolve(value) : reject(error)));
  });
}

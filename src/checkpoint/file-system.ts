/** The calls that durable I/O is made of, behind one interface so that a test can fail or stop at any of them. */
import { link, mkdir, open, readdir, rename, rmdir, unlink } from 'node:fs/promises';

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

export const nodeFileSystem: FileSystem = { open, link, rename, unlink, mkdir, rmdir, readdir };

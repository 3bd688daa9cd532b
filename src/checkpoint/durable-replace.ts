/**
 * The safe replacement of RELIABILITY.md: after any crash or power cut the old or the new file is there, whole.
 * Every failure is a `StorageError` (`storage_full`, `storage_read_only`, `storage_io`) that names file and errno.
 */
import { constants } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { codeOf, MidiloomError, StorageError } from '../errors.ts';
import { type FileSystem, nodeFileSystem, type OpenFile } from './file-system.ts';
import { readWhole } from './read-file.ts';
import { storageError } from './storage-error.ts';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;
const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
/** What link(2) answers on file systems without hard links (FAT, exFAT, some FUSE and SMB), or at their limit. */
export const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);
/** What fsync answers for a directory on file systems that have no such thing. */
const NO_DIRECTORY_SYNC: ReadonlySet<string> = new Set(['EINVAL', 'ENOTSUP']);

export const TEMPORARY = '.tmp';

export const temporaryName = (file: string): string => `${file}${TEMPORARY}`;
export const backupName = (file: string): string => `${file}.bak`;
export const unfinishedBackupName = (file: string): string => `${backupName(file)}.new`;

/** The bytes of a file in pieces; what an asynchronous source throws ends the write and is passed on. */
export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Who may read what is written: the owner alone, or whoever the process's umask lets. */
const MODE = { private: 0o600, shared: 0o666 } as const;

/** Writes a file that is whole or absent after any crash, without a backup. Returns its size in bytes. */
export async function writeDurably(
  file: string,
  chunks: Chunks,
  fs: FileSystem = nodeFileSystem,
  mode: number = MODE.private,
): Promise<number> {
  const size = await writeTemporary(file, chunks, fs, mode);
  await publish(file, fs);
  return size;
}

/** A text for others to read, like `writeDurably`. */
export function writeSharedFile(file: string, text: string): Promise<number> {
  return writeDurably(file, [Buffer.from(text)], nodeFileSystem, MODE.shared);
}

/**
 * Replaces a file so that the old one becomes `<file>.bak` and there is no moment without a good file.
 * A file that is absent leaves the backup as it is. Returns the size in bytes.
 */
export async function replaceDurably(
  file: string,
  bytes: Uint8Array,
  fs: FileSystem = nodeFileSystem,
): Promise<number> {
  const size = await writeTemporary(file, [bytes], fs, MODE.private);
  try {
    await keepBackup(file, fs);
  } catch (error) {
    await removeQuietly(temporaryName(file), fs);
    throw storageError('back up', file, error);
  }
  await publish(file, fs);
  return size;
}

/** Makes created, renamed and removed names in a directory survive a power cut. */
export async function syncDirectory(directory: string, fs: FileSystem = nodeFileSystem): Promise<void> {
  try {
    const handle = await fs.open(directory, O_RDONLY | O_DIRECTORY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!NO_DIRECTORY_SYNC.has(codeOf(error) ?? '')) throw storageError('sync directory', directory, error);
  }
}

/**
 * Creates a directory and its parents, durably. One that is there is made sure of: a run that was killed may have created
 * it and not got further. As each level is made sure of before the next is created, only the lowest can be in doubt.
 */
export async function createDirectory(directory: string, fs: FileSystem = nodeFileSystem): Promise<void> {
  const parent = dirname(resolve(directory));
  if (!(await isThere(directory, fs))) {
    await createDirectory(parent, fs);
    await makeDirectory(directory, fs);
  }
  await syncDirectory(parent, fs).catch((error) => {
    // Not everybody may read the folder above the output; then its fsync is the system's business.
    if (!(error instanceof StorageError) || codeOf(error.cause) !== 'EACCES') throw error;
  });
}

/** Creates a directory in one that is there; not made durable. */
export async function makeDirectory(directory: string, fs: FileSystem): Promise<void> {
  try {
    await fs.mkdir(directory);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw storageError('create directory', directory, error);
  }
}

/** Removes a file; that it is absent already is no error. */
export async function removeFile(file: string, fs: FileSystem = nodeFileSystem): Promise<void> {
  try {
    await fs.unlink(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw storageError('remove', file, error);
  }
}

async function isThere(directory: string, fs: FileSystem): Promise<boolean> {
  try {
    await (await fs.open(directory, O_RDONLY | O_DIRECTORY)).close();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    if (codeOf(error) !== 'EACCES') throw storageError('open directory', directory, error);
  }
  return true;
}

async function writeTemporary(file: string, chunks: Chunks, fs: FileSystem, mode: number): Promise<number> {
  const temporary = temporaryName(file);
  await removeFile(temporary, fs);
  let handle: OpenFile;
  try {
    handle = await fs.open(temporary, NEW_FILE, mode);
  } catch (error) {
    throw storageError('create', temporary, error);
  }
  try {
    try {
      return await fill(handle, chunks);
    } finally {
      await handle.close();
    }
  } catch (error) {
    // A descriptor whose fsync failed may report success the next time while data is lost: it is never used again.
    await removeQuietly(temporary, fs);
    throw error instanceof MidiloomError ? error : storageError('write', temporary, error);
  }
}

async function fill(handle: OpenFile, chunks: Chunks): Promise<number> {
  let total = 0;
  for await (const chunk of chunks) {
    for (let done = 0; done < chunk.length; ) {
      // A full disk can show as a short count without an error.
      const { bytesWritten } = await handle.write(chunk, done, chunk.length - done);
      if (bytesWritten === 0) throw Object.assign(new Error('ENOSPC: a write took no bytes'), { code: 'ENOSPC' });
      done += bytesWritten;
    }
    total += chunk.length;
  }
  await handle.sync();
  const { size } = await handle.stat();
  if (size !== total) throw new Error(`the file has ${size} bytes after ${total} were written`);
  return total;
}

async function keepBackup(file: string, fs: FileSystem): Promise<void> {
  const unfinished = unfinishedBackupName(file);
  await removeFile(unfinished, fs);
  try {
    await fs.link(file, unfinished);
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (code === 'ENOENT') return;
    if (!NO_LINKS.has(code)) throw error;
    return copyBackup(file, fs);
  }
  await fs.rename(unfinished, backupName(file));
  // rename(2) between two links of one inode does nothing and keeps both names.
  await removeFile(unfinished, fs);
}

async function copyBackup(file: string, fs: FileSystem): Promise<void> {
  const bytes = await readWhole(file, fs);
  if (bytes !== undefined) await writeDurably(backupName(file), [bytes], fs);
}

async function publish(file: string, fs: FileSystem): Promise<void> {
  try {
    await fs.rename(temporaryName(file), file);
  } catch (error) {
    await removeQuietly(temporaryName(file), fs);
    throw storageError('replace', file, error);
  }
  await syncDirectory(dirname(file), fs);
}

/** Tidies up after a failure, whose own error is the one worth reporting; a file that stays is removed by the next save. */
async function removeQuietly(file: string, fs: FileSystem): Promise<void> {
  await fs.unlink(file).catch(() => {});
}

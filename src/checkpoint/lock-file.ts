import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, unlink } from 'node:fs/promises';
import { codeOf, LockError, messageOf, StorageError } from '../errors.ts';
import { NO_LINKS } from './durable-replace.ts';
import { Fields } from './fields.ts';
import { nodeFileSystem } from './file-system.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { readInto, readingFile } from './read-file.ts';
import { storageError } from './storage-error.ts';

export const LOCK_FILE = 'midiloom.lock';

/** More than any lock of ours. */
const MAX_LOCK_BYTES = 4096;
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
const NEWLINE = Buffer.from('\n');

export interface LockHolder extends ProcessIdentity {
  readonly nonce: string;
  /** When the lock was taken, ISO 8601. */
  readonly since: string;
}

/** A lock file as somebody else sees it. */
export interface SeenLock {
  /** Stands for the exact content, which has a nonce: another lock never has the same. */
  readonly id: string;
  /** `undefined`: the content is no lock of ours. */
  readonly holder: LockHolder | undefined;
  /** Last heartbeat, by the clock of the file system. */
  readonly beatMs: number;
}

/** A lock that is written but has no effect until it is published under its name. */
export interface Candidate {
  readonly file: string;
  readonly handle: FileHandle;
  readonly holder: LockHolder;
  readonly id: string;
  readonly sizeBytes: number;
}

/** The lock at `path`; `undefined` where there is none. Anything but a regular file is `LockError` `lock_unusable`. */
export async function readLock(path: string): Promise<SeenLock | undefined> {
  try {
    return await readingFile(path, nodeFileSystem, async (handle, sizeBytes, beatMs) => {
      const bytes = await readInto(handle, Buffer.alloc(Math.min(sizeBytes, MAX_LOCK_BYTES)), 0);
      return { id: idOf(bytes), holder: parseHolder(bytes), beatMs };
    });
  } catch (error) {
    if (!(error instanceof StorageError) || !['ELOOP', undefined].includes(codeOf(error.cause))) throw error;
    throw new LockError('lock_unusable', `${messageOf(error)}; remove it if no run is going`, { cause: error });
  }
}

/** Writes a whole lock under a name of its own, after the lock's at `root`. */
export async function writeCandidate(
  root: string,
  self: ProcessIdentity,
  kind: 'candidate' | 'waiting' = 'candidate',
): Promise<Candidate> {
  const holder = freshHolder(self);
  const file = `${root}.${kind}-${holder.nonce}`;
  const bytes = encodeHolder(holder);
  try {
    const handle = await writeNew(file, bytes);
    return { file, handle, holder, id: idOf(bytes), sizeBytes: bytes.length };
  } catch (error) {
    throw storageError('write lock', file, error);
  }
}

/**
 * Gives a candidate the name `path`, whole from the first moment, if nobody has it. Returns the descriptor of what now
 * lies there, `undefined` where the name is taken.
 */
export async function publishLock(candidate: Candidate, path: string): Promise<FileHandle | undefined> {
  try {
    await link(candidate.file, path);
    return candidate.handle;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    if (!NO_LINKS.has(codeOf(error) ?? '')) throw storageError('create lock', path, error);
  }
  try {
    // Without hard links the content appears a moment after the name; until then it reads as no lock of ours.
    const handle = await writeNew(path, encodeHolder(candidate.holder));
    await candidate.handle.close();
    return handle;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw storageError('create lock', path, error);
  }
}

/**
 * Refreshes the time of the last change by writing the same last byte again: then the file system's clock sets it, and
 * clocks of different machines need not agree. Returns that time.
 */
export async function beat({ handle, sizeBytes }: Pick<Candidate, 'handle' | 'sizeBytes'>): Promise<number> {
  await handle.write(NEWLINE, 0, 1, sizeBytes - 1);
  return (await handle.stat()).mtimeMs;
}

export async function removeLock(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw storageError('remove', path, error);
  }
}

async function writeNew(file: string, bytes: Uint8Array): Promise<FileHandle> {
  const handle = await open(file, NEW_FILE, 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
    return handle;
  } catch (error) {
    // The write's own error is the one worth reporting.
    await handle.close().catch(() => {});
    await unlink(file).catch(() => {});
    throw error;
  }
}

/** Who takes a lock now. */
export function freshHolder(self: ProcessIdentity): LockHolder {
  return { ...self, nonce: randomBytes(12).toString('hex'), since: new Date().toISOString() };
}

export function encodeHolder(holder: LockHolder, others: Readonly<Record<string, number>> = {}): Buffer {
  const { pid, host, bootId, pidNamespace, startTime, nonce, since } = holder;
  const own = { pid, host, boot_id: bootId, pid_namespace: pidNamespace, start_time: startTime, nonce, since };
  const value = { ...own, ...others };
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

/** Whose lock it is; `undefined` where it is no lock of ours. */
export function parseHolder(bytes: Uint8Array): LockHolder | undefined {
  try {
    const fields = new Fields(JSON.parse(Buffer.from(bytes).toString('utf8')), 'lock');
    return {
      pid: fields.integer('pid', 1, 0x7fff_ffff),
      host: fields.text('host'),
      bootId: fields.text('boot_id'),
      pidNamespace: fields.text('pid_namespace'),
      startTime: fields.text('start_time'),
      nonce: fields.text('nonce'),
      since: fields.text('since'),
    };
  } catch {
    return undefined; // whatever is wrong with it, it is no lock of ours
  }
}

function idOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

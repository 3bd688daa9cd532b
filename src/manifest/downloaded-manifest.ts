import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { userCacheFolder } from '../config/user-cache-folder.ts';
import { ConfigError, codeOf, messageOf } from '../errors.ts';
import { connectS3 } from '../s3/connect-s3.ts';
import type { ObjectFacts, ObjectStore } from '../s3/object-store.ts';
import { parseS3Address } from '../s3/s3-address.ts';

const CHUNK_BYTES = 8 * 1024 * 1024;
/** Versions that nobody has used for so long are removed when another one comes. */
const UNUSED_MS = 24 * 3600 * 1000;

/**
 * The copy of a manifest that lies in a bucket, in the user's cache: one for each version (ETag and size), which is fetched once. All of a
 * manifest is read many times, in whatever order a resumed run needs.
 *
 * @throws ConfigError `manifest_missing`, `manifest_unreadable`; StorageError where the bucket cannot be asked.
 */
export async function downloadedManifest(address: string, signal?: AbortSignal): Promise<string> {
  const { bucket, key } = parseS3Address(address);
  const store = await connectS3(bucket);
  const facts = key === '' ? undefined : await store.facts(key);
  if (facts === undefined) throw await missing(store, address, key);
  const versions = join(userCacheFolder(), 'midiloom', 's3', hashed(address));
  const directory = join(versions, hashed(`${facts.sizeBytes} ${facts.etag}`));
  const file = join(directory, basename(key));
  try {
    if ((await sizeOf(file)) !== facts.sizeBytes) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await download(store, key, facts, file, signal);
      await removeUnused(versions, directory);
    }
    const now = new Date();
    await utimes(directory, now, now);
    return file;
  } catch (error) {
    if (codeOf(error) === undefined || !(error instanceof Error && 'syscall' in error)) throw error;
    const advice = 'XDG_CACHE_HOME names another folder for what is fetched';
    throw new ConfigError(
      'manifest_unreadable',
      `cannot keep ${address} in ${directory}: ${messageOf(error)}; ${advice}`,
      {
        cause: error,
      },
    );
  }
}

/** Under a name of its own until it is whole: other processes may fetch the same. */
async function download(
  store: ObjectStore,
  key: string,
  { sizeBytes, etag }: ObjectFacts,
  file: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.part`;
  const handle: FileHandle = await open(temporary, 'wx', 0o600);
  try {
    for (let start = 0; start < sizeBytes; start += CHUNK_BYTES) {
      signal?.throwIfAborted();
      const part = await store.read(key, { start, length: Math.min(CHUNK_BYTES, sizeBytes - start) }, etag);
      if (part === undefined) throw new ConfigError('manifest_changed', `${key} was removed while it was fetched`);
      await handle.writeFile(part.bytes);
    }
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    // The error that led here is the one worth reporting.
    await handle.close().catch(() => {});
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

async function removeUnused(versions: string, used: string): Promise<void> {
  for (const name of await readdir(versions)) {
    const directory = join(versions, name);
    const unusedMs = Date.now() - (await stat(directory)).mtimeMs;
    if (directory !== used && unusedMs > UNUSED_MS) await rm(directory, { recursive: true, force: true });
  }
}

async function missing(store: ObjectStore, address: string, key: string): Promise<ConfigError> {
  for await (const _ of store.list(key === '' ? '' : `${key}/`)) {
    const message = `${address} is a prefix with objects below it; a folder as input must be on this machine: name a manifest`;
    return new ConfigError('manifest_missing', message);
  }
  return new ConfigError('manifest_missing', `${address} is not there; check the bucket and the key`);
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size; // whatever is wrong with it, it is fetched
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

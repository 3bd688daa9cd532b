import type { Log } from '../log.ts';
import { connectS3 } from '../s3/connect-s3.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { isS3Address, joinPlace, parseS3Address } from '../s3/s3-address.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { freshHolder, LOCK_FILE, type LockHolder } from './lock-file.ts';
import { ObjectFiles } from './object-files.ts';
import { acquireObjectLease, type LeaseTiming } from './object-lease.ts';
import { ownIdentity } from './process-identity.ts';
import { acquireRunLock, type RunLock } from './run-lock.ts';

/** Where a run keeps its copy: how files are read and written there, and how the place is made one's own for a while. */
export interface PlaceAccess {
  readonly files: FileSystem;
  /** @throws LockError where another run uses it. */
  readonly takeLock: (directory: string) => Promise<RunLock>;
}

export interface PlaceUse {
  readonly log: Log;
  /** How long to wait for somebody who uses the place. */
  readonly waitMs: number;
  readonly signal?: AbortSignal;
  /** The run directory in which others see that this process waits for it. */
  readonly shownIn?: string;
}

/**
 * A second place by its name: a folder, or `s3://bucket/prefix`. Nothing is looked at there yet.
 *
 * @throws MissingError `s3_client_missing`, ConfigError `invalid_s3_address`.
 */
export async function openPlace(place: string, use: PlaceUse): Promise<PlaceAccess> {
  if (isS3Address(place)) return bucketPlace(await connectS3(parseS3Address(place).bucket), use);
  const { log, ...timing } = use;
  return { files: nodeFileSystem, takeLock: (directory) => acquireRunLock(directory, log, timing) };
}

/** To look at what lies in a place, and no more. */
export async function readablePlace(place: string): Promise<FileSystem> {
  return isS3Address(place) ? new ObjectFiles(await connectS3(parseS3Address(place).bucket)) : nodeFileSystem;
}

/** A place in a bucket: nothing is written there but under its lease. */
export function bucketPlace(store: ObjectStore, { log, ...timing }: PlaceUse & Partial<LeaseTiming>): PlaceAccess {
  const files = new ObjectFiles(store);
  let holder: LockHolder | undefined;
  return {
    files,
    takeLock: async (directory) => {
      holder ??= freshHolder(await ownIdentity());
      const { key } = parseS3Address(directory);
      const lease = await acquireObjectLease(
        store,
        parseS3Address(joinPlace(directory, LOCK_FILE)).key,
        directory,
        log,
        holder,
        timing,
      );
      files.guard = () => lease.assertFresh();
      await store.abortParts(key === '' ? '' : `${key}/`).catch(() => {}); // they cost room, and nothing else
      return lease;
    },
  };
}

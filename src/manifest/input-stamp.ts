import { isS3Address } from '../s3/s3-address.ts';
import type { Containment } from './contained-path.ts';
import { stampInBucket } from './fetched-file.ts';
import { currentStamp } from './file-stamp.ts';

/** The stamp of a file that the manifest names as it is now, in a folder or a bucket; `undefined` where that cannot be told. */
export function inputStamp(root: string, path: string, containment: Containment): Promise<Uint8Array | undefined> {
  return isS3Address(root) ? stampInBucket(root, path, containment) : currentStamp(root, path, containment);
}

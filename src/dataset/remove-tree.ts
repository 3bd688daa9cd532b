import { rm } from 'node:fs/promises';
import { storageError } from '../checkpoint/storage-error.ts';

/** Removes a folder and what is in it; that it is absent already is no error. */
export async function removeTree(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true });
  } catch (error) {
    throw storageError('remove', directory, error);
  }
}

import { codeOf, messageOf, StorageError } from '../errors.ts';

const CODES: Readonly<Record<string, string>> = {
  ENOSPC: 'storage_full',
  EDQUOT: 'storage_full',
  EFBIG: 'storage_full',
  EROFS: 'storage_read_only',
  EACCES: 'storage_read_only',
  EPERM: 'storage_read_only',
};

const ADVICE: Readonly<Record<string, string>> = {
  storage_full: 'make room and continue',
  storage_read_only: 'make it writable and continue',
  storage_io: 'check the disk and continue',
};

/** What the file system refused, as an error that names the file, the errno and what to do. */
export function storageError(action: string, file: string, thrown: unknown): StorageError {
  if (thrown instanceof StorageError) return thrown;
  const errno = codeOf(thrown);
  const code = CODES[errno ?? ''] ?? 'storage_io';
  const seen = errno === 'ELOOP' ? `${messageOf(thrown)}: it is a link, and links are not followed` : messageOf(thrown);
  return new StorageError(code, `cannot ${action} ${file}: ${seen}; ${ADVICE[code]}`, { cause: thrown });
}

import { codeOf, messageOf, StorageError } from '../errors.ts';

interface Cause {
  readonly code: string;
  readonly advice: string;
}

const FULL: Cause = { code: 'storage_full', advice: 'make room and continue' };
const READ_ONLY: Cause = { code: 'storage_read_only', advice: 'make it writable and continue' };
const FILES: Cause = { code: 'storage_io', advice: 'allow more open files (ulimit -n 1024) and continue' };
const OTHER: Cause = { code: 'storage_io', advice: 'check the disk and continue' };

const CAUSES: Readonly<Record<string, Cause>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: { code: 'storage_file_size', advice: 'allow larger files (ulimit -f), or use another file system' },
  EROFS: READ_ONLY,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  EMFILE: FILES,
  ENFILE: FILES,
  ENOTDIR: { code: 'storage_io', advice: 'a part of this path is a file; name another folder' },
  ENOENT: { code: 'storage_io', advice: 'its folder is gone or never was; check the path and continue' },
  ENAMETOOLONG: { code: 'storage_io', advice: 'name a folder with a shorter path' },
};

/** What the file system refused, as an error that names the file, the errno and what to do. */
export function storageError(action: string, file: string, thrown: unknown): StorageError {
  if (thrown instanceof StorageError) return thrown;
  const errno = codeOf(thrown);
  const { code, advice } = CAUSES[errno ?? ''] ?? OTHER;
  const seen = errno === 'ELOOP' ? `${messageOf(thrown)}: it is a link, and links are not followed` : messageOf(thrown);
  return new StorageError(code, `cannot ${action} ${file}: ${seen}; ${advice}`, { cause: thrown });
}

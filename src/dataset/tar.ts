/** POSIX tar (ustar): what an archive is made of, with nothing in it that depends on the machine or the time. */
export const TAR_BLOCK = 512;
/** Two blocks of zeros end an archive. */
export const TAR_END = new Uint8Array(2 * TAR_BLOCK);

const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
} as const;

/** The header of a regular file. @param name - at most 100 ASCII characters. */
export function tarHeader(name: string, sizeBytes: number): Uint8Array {
  if (name.length > FIELDS.name[1]) throw new RangeError(`${name} is too long a name for a tar header`);
  const header = Buffer.alloc(TAR_BLOCK);
  const put = ([at]: readonly [number, number], text: string) => header.write(text, at, 'latin1');
  const octal = (field: readonly [number, number], value: number) =>
    put(field, `${value.toString(8).padStart(field[1] - 1, '0')}\0`);
  put(FIELDS.name, name);
  octal(FIELDS.mode, 0o644);
  octal(FIELDS.uid, 0);
  octal(FIELDS.gid, 0);
  octal(FIELDS.size, sizeBytes);
  octal(FIELDS.mtime, 0);
  put(FIELDS.type, '0');
  put(FIELDS.magic, 'ustar\x0000');
  // The checksum counts itself as spaces.
  put(FIELDS.checksum, ' '.repeat(8));
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(FIELDS.checksum, `${sum.toString(8).padStart(6, '0')}\0 `);
  return header;
}

/** Zeros that fill the last block of a file. */
export function tarPadding(sizeBytes: number): Uint8Array {
  return new Uint8Array((TAR_BLOCK - (sizeBytes % TAR_BLOCK)) % TAR_BLOCK);
}

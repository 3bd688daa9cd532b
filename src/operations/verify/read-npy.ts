export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const NAMES = { f4: '32-bit floats', f2: '16-bit floats', i8: '64-bit integers' } as const;
const MAGIC = Buffer.from('\x93NUMPY\x01\x00', 'latin1');
/** Bytes before the description: magic, version and its length. */
const BEFORE_DESCRIPTION = 10;

/** What the first bytes of an array say, as `npyHeader` writes them. @throws Error where they say something else. */
export function readNpyHeader(
  bytes: Buffer,
  type: 'f4' | 'f2' | 'i8' = 'f4',
): { readonly shape: readonly number[]; readonly headerBytes: number } {
  const headerBytes = BEFORE_DESCRIPTION + (bytes.length < BEFORE_DESCRIPTION ? 0 : bytes.readUInt16LE(8));
  const description = bytes.toString('latin1', BEFORE_DESCRIPTION, headerBytes);
  const [, found, shape] =
    /^\{'descr': '<(\w+)', 'fortran_order': False, 'shape': \(([\d, ]*)\), \}/.exec(description) ?? [];
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC) || shape === undefined || found !== type)
    throw new Error(`is no array of ${NAMES[type]}`);
  return {
    shape: shape
      .split(',')
      .filter((size) => size.trim() !== '')
      .map(Number),
    headerBytes,
  };
}

export function readNpy(bytes: Buffer): NpyArray {
  const { shape, headerBytes } = readNpyHeader(bytes);
  const body = bytes.subarray(headerBytes);
  if (body.length !== 4 * shape.reduce((product, size) => product * size, 1)) {
    throw new Error(`holds ${body.length} bytes for the shape (${shape.join(', ')})`);
  }
  return { shape, values: floatsOf(body) };
}

/** A copy, whatever the alignment. @param bytes - a multiple of four long. */
export function floatsOf(bytes: Buffer): Float32Array {
  const values = new Float32Array(bytes.length / 4);
  for (let at = 0; at < values.length; at++) values[at] = bytes.readFloatLE(4 * at);
  return values;
}

/** Where the values of an array begin: the header is filled up with spaces to this size, so that it never grows. */
export const NPY_HEADER_BYTES = 128;

/** The header of a `.npy` file, version 1.0 (numpy.lib.format): little-endian numbers in C order, 32-bit floats where not said. */
export function npyHeader(shape: readonly number[], type: 'f4' | 'f2' | 'i8' = 'f4'): Uint8Array {
  const shapeText = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const description = `{'descr': '<${type}', 'fortran_order': False, 'shape': ${shapeText}, }`;
  const header = Buffer.alloc(NPY_HEADER_BYTES, ' ');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(NPY_HEADER_BYTES - 10, 8);
  header.write(description, 10, 'latin1');
  header.write('\n', NPY_HEADER_BYTES - 1, 'latin1');
  return header;
}

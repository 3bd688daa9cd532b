/** Reads indexed ids as the layout in docs/training.md says, and nothing else. */
import { readFileSync } from 'node:fs';

export interface PackedFile {
  readonly idBytes: 2 | 4;
  readonly sequences: readonly (readonly number[])[];
  /** Sequences before each document, and all of them. */
  readonly documents: readonly number[];
}

export function readPacked(stem: string): PackedFile {
  const index = readFileSync(`${stem}.idx`);
  const ids = readFileSync(`${stem}.bin`);
  if (index.toString('latin1', 0, 9) !== 'MMIDIDX\0\0' || index.readBigUInt64LE(9) !== 1n) throw new Error('no index');
  const idBytes = { 4: 4, 8: 2 }[index.readUInt8(17)];
  if (idBytes !== 2 && idBytes !== 4) throw new Error(`type ${index.readUInt8(17)}`);
  const count = Number(index.readBigUInt64LE(18));
  const documentCount = Number(index.readBigUInt64LE(26));
  const offsetsAt = 34 + 4 * count;
  const documentsAt = offsetsAt + 8 * count;
  if (index.length !== documentsAt + 8 * documentCount) throw new Error(`the index has ${index.length} bytes`);
  const sequences = Array.from({ length: count }, (_, at) => {
    const length = index.readInt32LE(34 + 4 * at);
    const offset = Number(index.readBigInt64LE(offsetsAt + 8 * at));
    return Array.from({ length }, (_, token) => ids.readUIntLE(offset + idBytes * token, idBytes));
  });
  if (ids.length !== idBytes * sequences.flat().length) throw new Error(`${ids.length} bytes of ids`);
  const documents = Array.from({ length: documentCount }, (_, at) =>
    Number(index.readBigInt64LE(documentsAt + 8 * at)),
  );
  return { idBytes, sequences, documents };
}

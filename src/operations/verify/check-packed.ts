import { existsSync } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';

const PACKED_FOLDER = 'packed';
/** Bytes of an id by the type code of the index. */
const ID_BYTES: Readonly<Record<number, 2 | 4>> = { 4: 4, 8: 2 };
const HEADER_BYTES = 34;
const CHUNK = 1 << 20;

/** Yields what is wrong with packed ids: an index that is not of its file, ids that are not in the vocabulary. */
export async function* checkPacked(dataset: string, vocabularySize: number | undefined): AsyncGenerator<string> {
  const folder = join(dataset, PACKED_FOLDER);
  if (!existsSync(folder)) return;
  for (const name of (await readdir(folder)).sort()) {
    if (!name.endsWith('.idx')) continue;
    const stem = join(folder, name.slice(0, -'.idx'.length));
    try {
      for await (const fault of checkSplit(stem, vocabularySize)) yield `${PACKED_FOLDER}/${name}: ${fault}`;
    } catch (error) {
      yield `${PACKED_FOLDER}/${name} cannot be read: ${messageOf(error)}`;
    }
  }
}

async function* checkSplit(stem: string, vocabularySize: number | undefined): AsyncGenerator<string> {
  const index = await readFile(`${stem}.idx`);
  const idBytes = ID_BYTES[index[17] ?? 0];
  if (index.toString('latin1', 0, 9) !== 'MMIDIDX\0\0' || idBytes === undefined) {
    yield 'it is no index of Megatron-LM';
    return;
  }
  const count = Number(index.readBigUInt64LE(18));
  const documents = Number(index.readBigUInt64LE(26));
  if (index.length !== HEADER_BYTES + 12 * count + 8 * documents) {
    yield `it has ${index.length} bytes for ${count} sequences and ${documents} bounds of documents`;
    return;
  }
  let offset = 0;
  for (let at = 0; at < count; at++) {
    if (Number(index.readBigInt64LE(HEADER_BYTES + 4 * count + 8 * at)) !== offset) {
      yield `sequence ${at} does not begin where the one before it ends`;
      return;
    }
    offset += idBytes * index.readInt32LE(HEADER_BYTES + 4 * at);
  }
  const last = Number(index.readBigInt64LE(index.length - 8));
  if (last !== count) yield `its documents end at sequence ${last} of ${count}`;
  yield* checkIds(`${stem}.bin`, idBytes, offset, vocabularySize ?? Number.POSITIVE_INFINITY);
}

async function* checkIds(path: string, idBytes: 2 | 4, due: number, vocabularySize: number): AsyncGenerator<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size !== due) yield `the file of ids has ${size} bytes where sequences have ${due}`;
    const bytes = new ArrayBuffer(CHUNK);
    for (let at = 0; at < size; ) {
      const { bytesRead } = await file.read(new Uint8Array(bytes), 0, CHUNK, at);
      if (bytesRead === 0) return;
      const many = Math.floor(bytesRead / idBytes);
      const ids = idBytes === 2 ? new Uint16Array(bytes, 0, many) : new Uint32Array(bytes, 0, many);
      const wrong = ids.findIndex((id) => id >= vocabularySize);
      if (wrong !== -1) {
        yield `id ${ids[wrong]} is not in the vocabulary of ${vocabularySize}`;
        return;
      }
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

import { createReadStream, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import { floatsOf, readNpyHeader } from './read-npy.ts';

export interface EmbeddingCheck {
  readonly dataset: string;
  readonly rows: number;
  /** Numbers of an embedding, where a row has one. */
  readonly dimensions: number | undefined;
}

const EMBEDDINGS_FILE = 'embeddings.npy';
const FLOAT_BYTES = 4;
/** Enough to hold the header of any version. */
const HEADER_BYTES = 1 << 12;

/** Yields what is wrong with the matrix of embeddings, where there is one: its shape, its size, numbers that are not finite. */
export async function* checkEmbeddings({ dataset, rows, dimensions }: EmbeddingCheck): AsyncGenerator<string> {
  const path = join(dataset, EMBEDDINGS_FILE);
  if (!existsSync(path)) return;
  try {
    const { shape, headerBytes, bodyBytes } = await readShape(path);
    const [found = 0, length = 0] = shape;
    if (bodyBytes !== FLOAT_BYTES * found * length || shape.length !== 2) {
      yield `${EMBEDDINGS_FILE} holds ${bodyBytes} bytes for the shape (${shape.join(', ')})`;
      return;
    }
    if (found !== rows) yield `${EMBEDDINGS_FILE} has ${found} rows where the data set has ${rows}`;
    if (dimensions !== undefined && length !== dimensions) {
      yield `${EMBEDDINGS_FILE} has ${length} numbers a row where the rows have ${dimensions}`;
    }
    let at = 0;
    for await (const values of floats(path, headerBytes)) {
      const wrong = values.findIndex((value) => !Number.isFinite(value));
      if (wrong !== -1) yield `row ${Math.floor((at + wrong) / length)} of ${EMBEDDINGS_FILE} is not finite`;
      at += values.length;
    }
  } catch (error) {
    yield `${EMBEDDINGS_FILE} cannot be read: ${messageOf(error)}`;
  }
}

async function readShape(path: string) {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const start = Buffer.alloc(Math.min(size, HEADER_BYTES));
    await file.read(start, 0, start.length, 0);
    const header = readNpyHeader(start);
    return { ...header, bodyBytes: size - header.headerBytes };
  } finally {
    await file.close();
  }
}

/** The numbers behind the header, some at a time. */
async function* floats(path: string, start: number): AsyncGenerator<Float32Array> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { start })) {
    const bytes: Buffer = Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % FLOAT_BYTES);
    yield floatsOf(bytes.subarray(0, whole));
    rest = bytes.subarray(whole);
  }
}

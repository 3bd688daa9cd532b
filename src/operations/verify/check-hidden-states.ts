import { createReadStream, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import { readNpyHeader } from './read-npy.ts';

const STATES_FILE = 'hidden_states.npy';
const OFFSETS_FILE = 'hidden_state_offsets.npy';
const HALF_BYTES = 2;
const OFFSET_BYTES = 8;
/** The exponent of infinities and of what is no number. */
const NOT_FINITE = 0x7c00;

/** Yields what is wrong with the hidden states of tokens, where there are any: shapes, sizes, offsets, numbers that are not finite. */
export async function* checkHiddenStates(dataset: string, rows: number): AsyncGenerator<string> {
  if (!existsSync(join(dataset, STATES_FILE))) return;
  try {
    const states = await openNpy(join(dataset, STATES_FILE), 'f2');
    const [tokens = 0, width = 0] = states.shape;
    if (states.bodyBytes !== HALF_BYTES * tokens * width || states.shape.length !== 2) {
      yield `${STATES_FILE} holds ${states.bodyBytes} bytes for the shape (${states.shape.join(', ')})`;
    }
    yield* checkOffsets(join(dataset, OFFSETS_FILE), rows, tokens);
    let at = 0;
    for await (const chunk of wholeNumbers(states, HALF_BYTES)) {
      for (let byte = 0; byte < chunk.length; byte += HALF_BYTES, at++) {
        if ((chunk.readUInt16LE(byte) & NOT_FINITE) === NOT_FINITE) {
          yield `token ${Math.floor(at / width)} of ${STATES_FILE} is not finite`;
          return;
        }
      }
    }
  } catch (error) {
    yield `${STATES_FILE} and ${OFFSETS_FILE} cannot be read: ${messageOf(error)}`;
  }
}

async function* checkOffsets(path: string, rows: number, tokens: number): AsyncGenerator<string> {
  const offsets = await openNpy(path, 'i8');
  const [count = 0] = offsets.shape;
  if (count !== rows + 1 || offsets.bodyBytes !== OFFSET_BYTES * count) {
    yield `${OFFSETS_FILE} holds ${offsets.bodyBytes} bytes for ${rows} rows`;
    return;
  }
  let last = 0;
  let row = 0;
  for await (const chunk of wholeNumbers(offsets, OFFSET_BYTES)) {
    for (let byte = 0; byte < chunk.length; byte += OFFSET_BYTES, row++) {
      const offset = Number(chunk.readBigInt64LE(byte));
      if (offset < last || (row === 0 && offset !== 0))
        yield `row ${row} of ${OFFSETS_FILE} begins at ${offset}, before ${last}`;
      last = offset;
    }
  }
  if (last !== tokens) yield `${OFFSETS_FILE} ends at ${last} where ${STATES_FILE} has ${tokens} tokens`;
}

interface OpenedNpy {
  readonly path: string;
  readonly shape: readonly number[];
  readonly headerBytes: number;
  readonly bodyBytes: number;
}

async function openNpy(path: string, type: 'f2' | 'i8'): Promise<OpenedNpy> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const start = Buffer.alloc(Math.min(size, 1 << 12));
    await file.read(start, 0, start.length, 0);
    const header = readNpyHeader(start, type);
    return { path, ...header, bodyBytes: size - header.headerBytes };
  } finally {
    await file.close();
  }
}

/** The bytes behind the header, some at a time, never a part of a number but at the end. */
async function* wholeNumbers({ path, headerBytes }: OpenedNpy, width: number): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { start: headerBytes })) {
    const bytes: Buffer = Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % width);
    yield bytes.subarray(0, whole);
    rest = bytes.subarray(whole);
  }
}

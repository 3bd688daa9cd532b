import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The same, relative to the folder of the model: weights of over 2 GB lie beside the model file. */
export function onnxExternalFiles(directory: string, modelFile: string): readonly string[] {
  const names = onnxExternalData(join(directory, modelFile));
  return names.map((name) => posix.join(posix.dirname(modelFile), name));
}

/**
 * The files, relative to the folder of an ONNX file, in which it keeps weights ("external data"), sorted. Their names are free,
 * so that they are read from the file itself: only what leads to a tensor is looked into, and weights are passed over, so that a
 * file of 2 GB costs no more than its graph. A file that is no ONNX has none; onnxruntime says what is wrong with it.
 */
function onnxExternalData(path: string): readonly string[] {
  const descriptor = openSync(path, 'r');
  try {
    const locations = new Set<string>();
    const size = fstatSync(descriptor).size;
    collect(new FileBytes(descriptor, size), 0, size, 'model', locations, 0);
    return [...locations].sort();
  } catch (error) {
    if (error instanceof NotProtobuf) return [];
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

type MessageKind = 'model' | 'graph' | 'node' | 'attribute' | 'tensor' | 'sparse' | 'training' | 'function' | 'entry';

/** The fields of each message that lead to a tensor, by the numbers of onnx.proto3. */
const FIELDS: Readonly<Record<Exclude<MessageKind, 'entry'>, ReadonlyMap<number, MessageKind>>> = {
  model: new Map([
    [7, 'graph'],
    [20, 'training'],
    [25, 'function'],
  ]),
  training: new Map([
    [1, 'graph'],
    [2, 'graph'],
  ]),
  graph: new Map([
    [1, 'node'],
    [5, 'tensor'],
    [15, 'sparse'],
  ]),
  function: new Map([
    [7, 'node'],
    [11, 'attribute'],
  ]),
  node: new Map([[5, 'attribute']]),
  attribute: new Map([
    [5, 'tensor'],
    [6, 'graph'],
    [10, 'tensor'],
    [11, 'graph'],
    [22, 'sparse'],
    [23, 'sparse'],
  ]),
  sparse: new Map([
    [1, 'tensor'],
    [2, 'tensor'],
  ]),
  tensor: new Map([[13, 'entry']]),
};
/** Graphs within graphs; deeper is no model that anybody made. */
const DEEPEST = 64;
const LONGEST_NAME_BYTES = 4096;

function collect(
  file: FileBytes,
  start: number,
  end: number,
  kind: MessageKind,
  into: Set<string>,
  depth: number,
): void {
  if (depth > DEEPEST) throw new NotProtobuf();
  if (kind === 'entry') {
    const [key, value] = entryOf(file, start, end);
    if (key === 'location') into.add(value);
    return;
  }
  for (const field of fieldsOf(file, start, end)) {
    const inner = FIELDS[kind].get(field.number);
    if (inner !== undefined && field.isBytes) collect(file, field.start, field.end, inner, into, depth + 1);
  }
}

/** A StringStringEntryProto: what a tensor says of its place (`location`, `offset`, `length`, `checksum`). */
function entryOf(file: FileBytes, start: number, end: number): readonly [string, string] {
  let [key, value] = ['', ''];
  for (const field of fieldsOf(file, start, end)) {
    if (!field.isBytes || field.end - field.start > LONGEST_NAME_BYTES) continue;
    if (field.number === 1) key = file.text(field.start, field.end);
    if (field.number === 2) value = file.text(field.start, field.end);
  }
  return [key, value];
}

interface Field {
  readonly number: number;
  readonly isBytes: boolean;
  readonly start: number;
  readonly end: number;
}

/** The fields of a message, whatever they mean, by the wire format of protobuf. */
function* fieldsOf(file: FileBytes, start: number, end: number): Generator<Field, void, undefined> {
  for (let at = start; at < end; ) {
    const [tag, afterTag] = file.varint(at);
    const number = Math.floor(tag / 8);
    const [from, to] = spanOf(file, tag % 8, afterTag);
    if (number === 0 || to > end) throw new NotProtobuf();
    yield { number, isBytes: tag % 8 === 2, start: from, end: to };
    at = to;
  }
}

function spanOf(file: FileBytes, wireType: number, at: number): readonly [number, number] {
  switch (wireType) {
    case 0:
      return [at, file.varint(at)[1]];
    case 1:
      return [at, at + 8];
    case 2: {
      const [length, from] = file.varint(at);
      return [from, from + length];
    }
    case 5:
      return [at, at + 4];
    default:
      throw new NotProtobuf();
  }
}

class NotProtobuf extends Error {}

const WINDOW_BYTES = 64 * 1024;

/** Bytes of an open file, a window of them in memory. */
class FileBytes {
  private readonly window = Buffer.alloc(WINDOW_BYTES);
  private windowStart = 0;
  private windowLength = 0;

  constructor(
    private readonly descriptor: number,
    private readonly size: number,
  ) {}

  text(start: number, end: number): string {
    const bytes = Buffer.alloc(end - start);
    for (let at = start; at < end; at++) bytes[at - start] = this.byte(at);
    return bytes.toString('utf8');
  }

  /** An unsigned number and where it ends; ten bytes at most. Above 2^53 it is rounded, which no length is. */
  varint(start: number): readonly [number, number] {
    let value = 0;
    for (let at = start, factor = 1; at < start + 10; at++, factor *= 128) {
      const byte = this.byte(at);
      value += (byte & 127) * factor;
      if (byte < 128) return [value, at + 1];
    }
    throw new NotProtobuf();
  }

  private byte(at: number): number {
    if (at >= this.size) throw new NotProtobuf();
    if (at < this.windowStart || at >= this.windowStart + this.windowLength) {
      this.windowStart = at;
      this.windowLength = readSync(this.descriptor, this.window, 0, WINDOW_BYTES, at);
    }
    const byte = this.window[at - this.windowStart];
    if (byte === undefined || at >= this.windowStart + this.windowLength) throw new NotProtobuf();
    return byte;
  }
}

import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { LeafCursor } from './parquet-leaf.ts';

type Schema = FileMetaData['schema'];

/** A column of MIDI files: of bytes, or of structs `{bytes, path}`, as Hugging Face's `datasets` writes files. */
export interface MidiColumn {
  readonly name: string;
  readonly bytes: readonly string[];
  readonly path: readonly string[] | undefined;
}

export interface ParquetColumns {
  /** Names of the columns that are read as values. */
  readonly values: readonly string[];
  readonly midi: readonly MidiColumn[];
  /** Columns of bytes that are neither. */
  readonly left: readonly string[];
}

/** Values that are looked at to tell what a column of bytes holds. */
const LOOKED_AT = 64;

/**
 * What each column of a file is. A column of bytes is one of MIDI files where one of its first values begins as such a file does, else
 * text where its name is known to be one of text.
 */
export async function parquetColumns(
  file: AsyncBuffer,
  metadata: FileMetaData,
  isKnown: (name: string) => boolean,
): Promise<ParquetColumns> {
  const [values, midi, left]: [string[], MidiColumn[], string[]] = [[], [], []];
  for (const { name, children, isBytes } of topColumns(metadata)) {
    const nested = children.find((child) => child.name === 'bytes' && child.isBytes);
    const column = { name, bytes: nested === undefined ? [name] : [name, 'bytes'], path: undefined };
    if ((isBytes || nested !== undefined) && (await holdsMidi(file, metadata, column.bytes))) {
      const hasPath = children.some((child) => child.name === 'path');
      midi.push({ ...column, path: hasPath ? [name, 'path'] : undefined });
    } else if (isBytes && !isKnown(name)) left.push(name);
    else values.push(name);
  }
  return { values, midi, left };
}

async function holdsMidi(file: AsyncBuffer, metadata: FileMetaData, path: readonly string[]): Promise<boolean> {
  const group = metadata.row_groups.findIndex(({ num_rows: rows }) => Number(rows) > 0);
  const rows = Math.min(LOOKED_AT, Number(metadata.row_groups[group]?.num_rows ?? 0));
  const cursor = rows === 0 ? undefined : new LeafCursor(file, metadata, group, path);
  for (let row = 0; row < rows; row++) {
    const value = await cursor?.take(row);
    if (value instanceof Uint8Array && isMidi(value)) return true;
  }
  return false;
}

/** A Standard MIDI File, one in RIFF, or one packed by gzip. */
function isMidi(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(12, bytes.length)).toString('latin1');
  return head.startsWith('MThd') || /^RIFF....RMID/s.test(head) || head.startsWith('\x1f\x8b');
}

interface TopColumn {
  readonly name: string;
  readonly isBytes: boolean;
  readonly children: readonly { readonly name: string; readonly isBytes: boolean }[];
}

function topColumns({ schema }: FileMetaData): readonly TopColumn[] {
  return childrenOf(schema, 0).map((at) => ({
    ...described(schema[at]),
    children: isRepeated(schema[at]) ? [] : childrenOf(schema, at).map((child) => described(schema[child])),
  }));
}

/** Places of the direct children of an element. */
function childrenOf(schema: Schema, parent: number): readonly number[] {
  const places: number[] = [];
  let at = parent + 1;
  for (let child = 0; child < (schema[parent]?.num_children ?? 0); child++) {
    places.push(at);
    at = endOfSubtree(schema, at);
  }
  return places;
}

function endOfSubtree(schema: Schema, from: number): number {
  let at = from + 1;
  for (let child = 0; child < (schema[from]?.num_children ?? 0); child++) at = endOfSubtree(schema, at);
  return at;
}

function described(element: Schema[number] | undefined): { readonly name: string; readonly isBytes: boolean } {
  const { name = '', type, converted_type: converted, logical_type: logical } = element ?? {};
  const isPlain = type === 'BYTE_ARRAY' && converted === undefined && logical === undefined;
  return { name, isBytes: isPlain && !isRepeated(element) };
}

function isRepeated(element: Schema[number] | undefined): boolean {
  return element?.repetition_type === 'REPEATED';
}

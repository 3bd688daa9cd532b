import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { OutputRow } from '../dataset-row.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { jsonAppender } from '../json-appender.ts';
import type { RowColumn } from '../row-columns.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';

/** What appends a row as a JSON object, the columns in order. */
function rowAppender(columns: readonly RowColumn[]): (out: GrowingBytes, row: OutputRow) => void {
  const append = jsonAppender({ name: 'row', type: { kind: 'struct', fields: columns } });
  return (out, { cells }) => append(out, Object.fromEntries(columns.map(({ name }, at) => [name, cells[at] ?? null])));
}

/** `processed_data.jsonl`: a row a line. */
export async function createJsonlWriter({ folder, columns }: WriterSetup): Promise<RowWriter> {
  const file = await folder.create('processed_data.jsonl');
  const line = new GrowingBytes(1 << 16);
  const appendRow = rowAppender(columns);
  return {
    add: (row) => {
      line.clear();
      appendRow(line, row);
      line.text('\n');
      return file.write(line.written);
    },
    finish: async () => [await file.close()],
  };
}

/** `processed_data.json`: one list, a row a line. */
export async function createJsonWriter({ folder, columns }: WriterSetup): Promise<RowWriter> {
  const file = await folder.create('processed_data.json');
  const line = new GrowingBytes(1 << 16);
  const appendRow = rowAppender(columns);
  let separator = '[\n';
  return {
    add: (row) => {
      line.clear();
      line.text(separator);
      separator = ',\n';
      appendRow(line, row);
      return file.write(line.written);
    },
    finish: async () => {
      await file.write(Buffer.from(separator === '[\n' ? '[]\n' : '\n]\n'));
      return [await file.close()];
    },
  };
}

const GZIP_CHUNK = 1 << 20;
/** Where a gzip header names the operating system, and the value for "unknown": the same bytes wherever they are made. */
const GZIP_SYSTEM = { at: 9, unknown: 255 };
const compress = promisify(gzip);

/** `processed_data.jsonl.gz`: gzip members of about a megabyte of lines, which readers take as one stream. */
export async function createGzippedJsonlWriter({ folder, columns }: WriterSetup): Promise<RowWriter> {
  const file = await folder.create('processed_data.jsonl.gz');
  const lines = new GrowingBytes(GZIP_CHUNK);
  const appendRow = rowAppender(columns);
  const endMember = async (): Promise<void> => {
    const member = await compress(lines.written);
    member[GZIP_SYSTEM.at] = GZIP_SYSTEM.unknown;
    lines.clear();
    await file.write(member);
  };
  return {
    add: async (row) => {
      appendRow(lines, row);
      lines.text('\n');
      if (lines.length >= GZIP_CHUNK) await endMember();
    },
    finish: async () => {
      if (lines.length > 0 || file.sizeBytes === 0) await endMember();
      return [await file.close()];
    },
  };
}

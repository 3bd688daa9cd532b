import type { ByteInput } from '../bytes/byte-input.ts';
import type { ManifestLimits } from '../limits.ts';
import { ManifestFault } from '../manifest-fault.ts';
import { isPlainObject, type ManifestRecord } from '../manifest-record.ts';
import { decodeJsonRecord } from './json-record.ts';
import type { RecordReader } from './record-reader.ts';

/** A document laid out by columns can only be read whole; a larger one is refused. */
const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;
const BLOCK_RECORDS = 1024;

/** A JSON document that is no list of records: columns, as pandas writes them, or a single record. */
export function jsonWholeReader(
  input: ByteInput,
  kind: 'columns' | 'matrix' | 'record',
  limits: ManifestLimits,
): RecordReader {
  return {
    format: 'json',
    async *blocks({ part, offset: first }) {
      const { records, losses } = await readRecords(input, kind, limits);
      for (let at = first; at < records.length; at += BLOCK_RECORDS) {
        yield {
          part,
          records: records
            .slice(at, at + BLOCK_RECORDS)
            // What was lost is known of the document, not of its records.
            .map((record, place) => ({ offset: at + place, record, losses: at + place === 0 ? losses : undefined })),
        };
      }
    },
  };
}

async function readRecords(input: ByteInput, kind: 'columns' | 'matrix' | 'record', limits: ManifestLimits) {
  const bytes = await readWhole(input);
  const whole = { ...limits, maxMetadataBytes: MAX_DOCUMENT_BYTES };
  const { record, losses } = decodeJsonRecord({ bytes, base: 0, spans: [] }, { start: 0, end: bytes.length }, whole);
  const records = kind === 'record' ? [record] : kind === 'matrix' ? recordsOfMatrix(record) : recordsOfColumns(record);
  return { records, losses };
}

async function readWhole(input: ByteInput): Promise<Buffer> {
  const source = await input.open(0);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(1024 * 1024);
      const count = await source.read(chunk, 0, chunk.length);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      length += count;
      if (length <= MAX_DOCUMENT_BYTES) continue;
      const advice = 'save it by records: df.to_json(path, orient="records", lines=True)';
      throw new ManifestFault(0, `a JSON document by columns may have ${MAX_DOCUMENT_BYTES} bytes; ${advice}`);
    }
  } finally {
    await source.close();
  }
  const bytes = Buffer.concat(chunks);
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return hasMark ? bytes.subarray(3) : bytes;
}

/** `{"a": {"0": 1, "1": 2}, "b": …}` or `{"a": [1, 2], "b": …}`: rows in the order in which they are first named. */
function recordsOfColumns(columns: ManifestRecord): readonly ManifestRecord[] {
  const rows = new Map<string, [string, unknown][]>();
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column !== 'object' || column === null) continue; // Something about the table, not a column of it.
    for (const [row, value] of Object.entries(column)) {
      const entries = rows.get(row) ?? [];
      rows.set(row, entries);
      entries.push([name, value]);
    }
  }
  return [...rows.values()].map((entries) => Object.fromEntries(entries));
}

function recordsOfMatrix({ columns, data }: ManifestRecord): readonly ManifestRecord[] {
  const names = Array.isArray(columns) ? columns.map(String) : [];
  const rows: readonly unknown[] = Array.isArray(data) ? data : [];
  return rows.map((row) =>
    Array.isArray(row)
      ? Object.fromEntries(names.map((name, position): [string, unknown] => [name, row[position]]))
      : isPlainObject(row)
        ? row
        : {},
  );
}

import type { ByteInput } from '../bytes/byte-input.ts';
import { ByteWindow } from '../bytes/byte-window.ts';
import { located } from '../bytes/located.ts';
import type { ManifestLimits } from '../limits.ts';
import { excerpt, ManifestFault } from '../manifest-fault.ts';
import { delimiterOf } from './csv-dialect.ts';
import { fieldsOfRow, rowFramer } from './csv-row.ts';
import { type ByteBlock, frameBlocks, type Span } from './frame-blocks.ts';
import { type DecodedRecord, framedReader } from './framed-reader.ts';
import type { RecordReader } from './record-reader.ts';

const TAB = 0x09;

/**
 * A table whose first row names the columns; all values are strings. What separates the fields is seen from that row.
 *
 * @param isUsable - whether a table with these columns can be a manifest; `undefined` takes every table
 */
export async function csvReader(
  input: ByteInput,
  format: 'csv' | 'tsv',
  isUsable: ((columns: readonly string[]) => boolean) | undefined,
  limits: ManifestLimits,
): Promise<RecordReader> {
  const { columns, delimiter, position, preamble } = await readHeader(input, format, isUsable, limits);
  return framedReader(
    input,
    {
      format: delimiter === TAB ? 'tsv' : format,
      firstOffset: position,
      preamble,
      framer: rowFramer({ delimiter, columns: columns.length, limits }),
      decode: (block, span) => decodeRow(block, span, columns, fieldsOfRow(block, span, delimiter, limits.maxColumns)),
    },
    limits,
  );
}

interface Header {
  readonly columns: readonly string[];
  readonly delimiter: number;
  /** Where the rows begin. */
  readonly position: number;
  /** The header as it is written. */
  readonly preamble: Buffer;
}

async function readHeader(
  input: ByteInput,
  format: 'csv' | 'tsv',
  isUsable: ((columns: readonly string[]) => boolean) | undefined,
  limits: ManifestLimits,
): Promise<Header> {
  const window = await ByteWindow.open(input, 0, limits);
  try {
    const line = window.bytes.toString('utf8', window.start).trimStart().split('\n', 1)[0] ?? '';
    const delimiter = format === 'tsv' ? TAB : delimiterOf(line);
    for await (const block of frameBlocks(
      window,
      rowFramer({ delimiter, columns: undefined, limits }),
      limits.maxRecordBytes,
    )) {
      const [span, next] = block.spans;
      if (span === undefined) continue;
      const names = fieldsOfRow(block, span, delimiter, limits.maxColumns);
      const columns = columnsOf(block, span, names, isUsable);
      const preamble = Buffer.from(block.bytes.subarray(span.start, span.end));
      return { columns, delimiter, position: block.base + (next?.start ?? span.end), preamble };
    }
    return { columns: [], delimiter, position: 0, preamble: Buffer.alloc(0) };
  } catch (error) {
    throw await located(error, input);
  } finally {
    await window.close();
  }
}

function columnsOf(
  { bytes, base }: ByteBlock,
  { start, end }: Span,
  given: readonly string[],
  isUsable: ((columns: readonly string[]) => boolean) | undefined,
): readonly string[] {
  const names = given.map((name) => name.trim());
  if (isUsable?.(names) === false) {
    const advice = 'the first row must name the columns, one of them that of the MIDI file (name it by --midi_field)';
    throw new ManifestFault(base + start, `${advice}; here is ${excerpt(bytes, start, end)}`);
  }
  const repeated = names.find((name, position) => name !== '' && names.indexOf(name) !== position);
  if (repeated !== undefined) {
    throw new ManifestFault(base + start, `the column ${JSON.stringify(repeated)} is there twice; rename one of them`);
  }
  // pandas leaves the name of its index column empty.
  return names.map((name, position) => (name === '' ? `column_${position + 1}` : name));
}

function decodeRow(
  { base }: ByteBlock,
  { start }: Span,
  columns: readonly string[],
  fields: readonly string[],
): DecodedRecord {
  if (fields.length !== columns.length) {
    const seen = `the row has ${fields.length} fields where the header has ${columns.length}`;
    throw new ManifestFault(base + start, `${seen}; put fields with delimiters or line breaks in double quotes`);
  }
  const entries = columns.map((column, position) => [column, fields[position]] as const);
  const record = Object.fromEntries(entries.filter(([column]) => column !== '__proto__'));
  return columns.includes('__proto__') ? { record, losses: ['prototype key'] } : { record };
}

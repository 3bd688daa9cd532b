import { ByteWindow } from './byte-window.ts';
import { fieldsOfRow, rowFramer } from './csv-row.ts';
import type { ManifestLimits } from './limits.ts';
import { excerpt, ManifestFault } from './manifest-fault.ts';
import { type ManifestRecord, MIDI_FIELDS, TEXT_FIELDS, TEXT_FILE_FIELDS } from './pair.ts';
import { frameBlocks, type RecordBlock, type RecordReader, type Span } from './record-reader.ts';

const DELIMITER = { csv: 0x2c, tsv: 0x09 } as const;
const KNOWN_COLUMNS = [...MIDI_FIELDS, ...TEXT_FIELDS, ...TEXT_FILE_FIELDS];

/** A table whose first row names the columns; all values are strings. */
export async function csvReader(
  inputFile: string,
  format: 'csv' | 'tsv',
  limits: ManifestLimits,
): Promise<RecordReader> {
  const delimiter = DELIMITER[format];
  const header = await readHeader();
  return {
    format,
    preamble: header.raw,
    blocks: (position) => rows(position === 0 ? header.position : position),
    decode: (block, span) => decodeRow(block, span, fieldsOf(block, span), header.columns),
  };

  function fieldsOf(block: RecordBlock, span: Span): readonly string[] {
    return fieldsOfRow(block, span, delimiter, limits.maxColumns);
  }

  async function* rows(position: number): AsyncGenerator<RecordBlock> {
    const window = await ByteWindow.open(inputFile, position, limits);
    try {
      yield* frameBlocks(window, rowFramer(delimiter, limits.maxRecordBytes), limits.maxRecordBytes);
    } finally {
      await window.close();
    }
  }

  async function readHeader(): Promise<Header> {
    for await (const block of rows(0)) {
      const [span, next] = block.spans;
      if (span === undefined) continue;
      return {
        columns: columnsOf(block, span, fieldsOf(block, span)),
        raw: Buffer.from(block.bytes.subarray(span.start, span.end)),
        position: block.base + (next?.start ?? span.end),
      };
    }
    return { columns: [], raw: Buffer.alloc(0), position: 0 };
  }
}

interface Header {
  readonly columns: readonly string[];
  readonly raw: Buffer;
  /** Where the rows begin. */
  readonly position: number;
}

function columnsOf({ bytes, base }: RecordBlock, { start, end }: Span, names: readonly string[]): readonly string[] {
  if (!names.some((name) => KNOWN_COLUMNS.includes(name))) {
    const advice = `the first row must name the columns, one of them ${MIDI_FIELDS.join(', ')}`;
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
  { base }: RecordBlock,
  { start }: Span,
  fields: readonly string[],
  columns: readonly string[],
): ManifestRecord {
  if (fields.length !== columns.length) {
    const seen = `the row has ${fields.length} fields where the header has ${columns.length}`;
    throw new ManifestFault(base + start, `${seen}; put fields with delimiters or line breaks in double quotes`);
  }
  const entries = columns.map((column, position) => [column, fields[position]] as const);
  return Object.fromEntries(entries.filter(([column]) => column !== '__proto__'));
}

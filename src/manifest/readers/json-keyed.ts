import type { ByteInput } from '../bytes/byte-input.ts';
import { skipSpace } from '../bytes/white-space.ts';
import type { ManifestLimits } from '../limits.ts';
import { EndingFault, excerpt, ManifestFault } from '../manifest-fault.ts';
import type { ByteBlock, Frame, Framer, Span, View } from './frame-blocks.ts';
import { type DecodedRecord, framedReader } from './framed-reader.ts';
import { decodeJsonRecord } from './json-record.ts';
import { endOfString, endOfValue } from './json-value.ts';
import type { RecordReader } from './record-reader.ts';

const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * An object whose values are the records: `{"<id>": {…}, …}`. The key is the id of a record that has none. A value that
 * is no object is a caption, or a list of them.
 */
export function jsonKeyedReader(input: ByteInput, offset: number, limits: ManifestLimits): RecordReader {
  const framer: Framer = {
    frame: entryAt,
    explainUnfinished: ({ bytes, base }, from) =>
      new EndingFault(base + from, `a record that does not end, which begins with ${excerpt(bytes, from)}`),
  };
  return framedReader(
    input,
    { format: 'json', firstOffset: offset, framer, decode: (block, span) => decodeEntry(block, span, limits) },
    limits,
  );
}

/** A key, its value, and the comma or brace that must follow. */
function entryAt({ bytes, base }: View, from: number): Frame | undefined {
  const start = skipSpace(bytes, from, bytes.length);
  if (start === bytes.length) return undefined;
  if (bytes[start] !== QUOTE)
    throw new EndingFault(base + start, `a quoted key must be here: ${excerpt(bytes, start)}`);
  const colon = valueStart(bytes, start);
  if (colon === -1 || colon === bytes.length) return undefined;
  const end = endOfValue(bytes, colon);
  if (end === -1) return undefined;
  const after = skipSpace(bytes, end, bytes.length);
  if (after === bytes.length) return undefined;
  const last = bytes[after] === CLOSE_BRACE;
  if (!last && bytes[after] !== COMMA) {
    throw new EndingFault(
      base + after,
      `a record must be followed by "," or "}", but here is ${excerpt(bytes, after)}`,
    );
  }
  return { start, end, next: after + 1, last };
}

/** Where the value behind the key at `from` begins; -1 or the end where that is not in sight. */
function valueStart(bytes: Buffer, from: number): number {
  const keyEnd = endOfString(bytes, from);
  if (keyEnd === -1) return -1;
  const colon = skipSpace(bytes, keyEnd, bytes.length);
  return bytes[colon] === COLON ? skipSpace(bytes, colon + 1, bytes.length) : bytes.length;
}

function decodeEntry(block: ByteBlock, span: Span, limits: ManifestLimits): DecodedRecord {
  const { bytes, base } = block;
  const start = valueStart(bytes, span.start);
  let key: unknown;
  try {
    key = JSON.parse(bytes.toString('utf8', span.start, endOfString(bytes, span.start)));
  } catch {
    throw new ManifestFault(base + span.start, `the key ${excerpt(bytes, span.start, start)} is not valid JSON`);
  }
  if (bytes[start] !== OPEN_BRACE) return { record: { id: key, caption: captionAt(block, start, span.end) } };
  const { record, losses } = decodeJsonRecord(block, { start, end: span.end }, limits);
  return { record: Object.hasOwn(record, 'id') ? record : { id: key, ...record }, losses };
}

function captionAt({ bytes, base }: ByteBlock, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end));
  } catch {
    throw new EndingFault(base + start, `not valid JSON: ${excerpt(bytes, start, end)}`);
  }
}

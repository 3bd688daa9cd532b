import type { ByteInput } from '../bytes/byte-input.ts';
import { skipSpace } from '../bytes/white-space.ts';
import type { ManifestLimits } from '../limits.ts';
import { EndingFault, excerpt, ManifestFault } from '../manifest-fault.ts';
import type { ByteBlock, Frame, Framer, Span, View } from './frame-blocks.ts';
import { type DecodedRecord, framedReader } from './framed-reader.ts';
import { JsonCursor } from './json-cursor.ts';
import type { RecordArray } from './json-document.ts';
import { jsonFaultAt } from './json-fault.ts';
import { decodeJsonRecord } from './json-record.ts';
import { endOfValue } from './json-value.ts';
import type { RecordReader } from './record-reader.ts';

const COMMA = 0x2c;
const CLOSE_BRACKET = 0x5d;

/** A JSON array of objects. */
export function jsonArrayReader(
  input: ByteInput,
  place: Omit<RecordArray, 'split'>,
  limits: ManifestLimits,
): RecordReader {
  const framer: Framer = { frame: elementAt, explainUnfinished: (view, from) => explain(view, from, limits) };
  return framedReader(
    input,
    {
      format: 'json',
      firstOffset: place.offset,
      framer,
      decode: (block, span) => decodeElement(block, span, limits),
      enter: async (window) => !(await new JsonCursor(window, limits).takeIf(']')),
      leave: async (window) => {
        const cursor = new JsonCursor(window, limits);
        if (!place.isDocument || (await cursor.peek()) === undefined) return;
        throw cursor.fault('nothing may follow the end of the JSON document');
      },
    },
    limits,
  );
}

/** What is no JSON may have moved the boundaries of the records behind it. */
function decodeElement(block: ByteBlock, span: Span, limits: ManifestLimits): DecodedRecord {
  try {
    return decodeJsonRecord(block, span, limits);
  } catch (fault) {
    if (
      !(fault instanceof ManifestFault) ||
      jsonFaultAt(block.bytes.subarray(span.start, span.end)) === span.end - span.start
    )
      throw fault;
    const advice = 'behind it an array cannot be read for sure; as JSON lines such a record would fail alone';
    throw new EndingFault(fault.offset, `${fault.message}; ${advice}`);
  }
}

/** The element at `from` with the comma or bracket that must follow it. */
function elementAt({ bytes, base }: View, from: number): Frame | undefined {
  const start = skipSpace(bytes, from, bytes.length);
  if (start === bytes.length) return undefined;
  const end = endOfValue(bytes, start);
  if (end === start) {
    throw new ManifestFault(base + start, `a record must begin here, but here is ${excerpt(bytes, start)}`);
  }
  if (end === -1) return undefined;
  const after = skipSpace(bytes, end, bytes.length);
  if (after === bytes.length) return undefined;
  const last = bytes[after] === CLOSE_BRACKET;
  if (!last && bytes[after] !== COMMA) {
    throw new ManifestFault(
      base + after,
      `a record must be followed by "," or "]", but here is ${excerpt(bytes, after)}`,
    );
  }
  return { start, end, next: after + 1, last };
}

/** A quote or bracket that is missing shows itself only much later: look for the first byte that cannot be right. */
function explain({ bytes, base, atEnd }: View, from: number, limits: ManifestLimits): ManifestFault {
  const start = skipSpace(bytes, from, bytes.length);
  const at = start + jsonFaultAt(bytes.subarray(start));
  if (at < bytes.length) return new ManifestFault(base + at, `not valid JSON: ${excerpt(bytes, at)}`);
  if (atEnd) {
    return new ManifestFault(base + bytes.length, 'the file ends before the array is closed by "]"; is it complete?');
  }
  const seen = `a record longer than ${limits.maxRecordBytes} bytes, which begins with ${excerpt(bytes, start)}`;
  return new ManifestFault(base + start, `${seen}; is a bracket or a quote missing?`);
}

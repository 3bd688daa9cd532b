import { ByteWindow } from './byte-window.ts';
import { enterPairs, leavePairs } from './json-document.ts';
import { jsonFaultAt } from './json-fault.ts';
import { decodeJsonRecord } from './json-record.ts';
import { endOfValue } from './json-value.ts';
import type { ManifestLimits } from './limits.ts';
import { excerpt, ManifestFault } from './manifest-fault.ts';
import { type Frame, type Framer, frameBlocks, type RecordReader, type View } from './record-reader.ts';
import { skipSpace } from './white-space.ts';

const COMMA = 0x2c;
const CLOSE_BRACKET = 0x5d;

/** A JSON array of objects, or an object with such an array under `pairs`; its other keys are skipped. */
export function jsonArrayReader(inputFile: string, limits: ManifestLimits): RecordReader {
  const framer: Framer = { frame: elementAt, explainUnfinished: (view, from) => explain(view, from, limits) };
  return {
    format: 'json',
    preamble: Buffer.alloc(0),
    async *blocks(position) {
      const window = await ByteWindow.open(inputFile, position, limits);
      try {
        // Begun at a record in the middle, what is around the array was checked before.
        const array = position === 0 ? await enterPairs(window, limits) : undefined;
        if (!array?.empty) yield* frameBlocks(window, framer, limits.maxRecordBytes);
        if (array !== undefined) await leavePairs(window, array, limits);
      } finally {
        await window.close();
      }
    },
    decode: (block, span) => decodeJsonRecord(block, span, limits),
  };
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

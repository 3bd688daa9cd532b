import { requireUtf8 } from '../bytes/utf8.ts';
import { excerpt, ManifestFault } from '../manifest-fault.ts';
import type { ByteBlock, Frame, Framer, Span, View } from './frame-blocks.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Rows of RFC 4180: a quoted field may hold delimiters, line breaks and doubled quotes. Blank lines are skipped. */
export function rowFramer(delimiter: number, maxRecordBytes: number): Framer {
  return { frame: (view, from) => rowAt(view, from, delimiter), explainUnfinished };

  function explainUnfinished({ bytes, base }: View, from: number): ManifestFault {
    const seen = `a row longer than ${maxRecordBytes} bytes or than the file, which begins with ${excerpt(bytes, from)}`;
    return new ManifestFault(base + from, `${seen}; is a closing quote missing?`);
  }
}

/**
 * The fields of one row. A quote opens a field only as its first character; elsewhere it is itself, as in `12" vinyl`.
 *
 * @throws ManifestFault where something follows a closing quote, or a byte is not UTF-8
 */
export function fieldsOfRow(block: ByteBlock, span: Span, delimiter: number, maxColumns: number): readonly string[] {
  requireUtf8(block, span);
  const { bytes, base } = block;
  const { start, end } = span;
  const fields: string[] = [];
  for (let at = start; ; ) {
    let fieldEnd: number;
    if (bytes[at] === QUOTE && at < end) {
      fieldEnd = endOfQuoted(bytes, at);
      if (fieldEnd < end && bytes[fieldEnd] !== delimiter) {
        const seen = excerpt(bytes, at, end);
        throw new ManifestFault(base + fieldEnd, `a quoted field must end at its closing quote, but here is ${seen}`);
      }
      fields.push(bytes.toString('utf8', at + 1, fieldEnd - 1).replaceAll('""', '"'));
    } else {
      fieldEnd = endOfPlain(bytes, at, end, delimiter);
      fields.push(bytes.toString('utf8', at, fieldEnd));
    }
    if (fieldEnd >= end) return fields;
    if (fields.length === maxColumns)
      throw new ManifestFault(base + start, `the row has more than ${maxColumns} fields`);
    at = fieldEnd + 1;
  }
}

function rowAt({ bytes, atEnd }: View, from: number, delimiter: number): Frame | undefined {
  let start = from;
  while (bytes[start] === LINE_FEED || bytes[start] === CARRIAGE_RETURN) start++;
  const lineFeed = endOfRow(bytes, start, delimiter);
  if (lineFeed === -1 || (lineFeed === bytes.length && !atEnd)) return undefined;
  const end = lineFeed > start && bytes[lineFeed - 1] === CARRIAGE_RETURN ? lineFeed - 1 : lineFeed;
  return { start, end, next: Math.min(lineFeed + 1, bytes.length), last: lineFeed === bytes.length };
}

/** Position of the line feed that ends the row, `bytes.length` if there is none, -1 inside a quoted field. */
function endOfRow(bytes: Buffer, from: number, delimiter: number): number {
  let atFieldStart = true;
  for (let at = from; at < bytes.length; at++) {
    if (atFieldStart && bytes[at] === QUOTE) {
      at = endOfQuoted(bytes, at);
      if (at === -1) return -1;
      if (at === bytes.length) return at;
    }
    if (bytes[at] === LINE_FEED) return at;
    atFieldStart = bytes[at] === delimiter;
  }
  return bytes.length;
}

/** Position after the closing quote of the field whose opening quote is at `from`; -1 if there is none. */
function endOfQuoted(bytes: Buffer, from: number): number {
  for (let at = from + 1; at < bytes.length; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return at + 1;
    at++;
  }
  return -1;
}

function endOfPlain(bytes: Buffer, from: number, end: number, delimiter: number): number {
  let at = from;
  while (at < end && bytes[at] !== delimiter) at++;
  return at;
}

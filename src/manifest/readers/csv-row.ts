import { requireUtf8 } from '../bytes/utf8.ts';
import type { ManifestLimits } from '../limits.ts';
import { excerpt, ManifestFault } from '../manifest-fault.ts';
import type { ByteBlock, Footing, Frame, Framer, Span, View } from './frame-blocks.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export interface RowShape {
  readonly delimiter: number;
  /** Fields that a row has to have; `undefined` for the header, which says so. */
  readonly columns: number | undefined;
  readonly limits: Pick<ManifestLimits, 'maxRecordBytes' | 'maxColumns'>;
}

/**
 * Rows of RFC 4180: a quoted field may hold delimiters, line breaks and doubled quotes. Blank lines are skipped. Behind a quote that
 * is not closed, or by a quote of a later row, rows go on at the next line that is a whole one by itself.
 */
export function rowFramer({ delimiter, columns, limits }: RowShape): Framer {
  const framer = { frame: frameAt, explainUnfinished };
  return columns === undefined
    ? framer
    : { ...framer, resume: (view, from) => nextRow(view, from, { delimiter, columns, limits }) };

  function explainUnfinished({ bytes, base }: View, from: number): ManifestFault {
    let start = from;
    while (start < bytes.length - 1 && isLineEnd(bytes[start])) start++;
    const seen = `a row longer than ${limits.maxRecordBytes} bytes or than the file, which begins with ${excerpt(bytes, start)}`;
    return new ManifestFault(base + start, `${seen}; is a closing quote missing?`);
  }

  function frameAt(view: View, from: number): Frame | undefined {
    const frame = rowAt(view, from, delimiter);
    if (frame === undefined || columns === undefined) return frame;
    const { bytes, base } = view;
    const lineFeed = bytes.indexOf(LINE_FEED, frame.start);
    if (lineFeed === -1 || lineFeed >= frame.end) return frame;
    const fault = quotingFault({ bytes, base }, frame, delimiter);
    if (fault === undefined) return frame;
    // What was taken for a row begins with one whose quote another row's has closed.
    const inside = { ...view, bytes: bytes.subarray(0, frame.next), atEnd: true };
    const { found, next } = nextRow(inside, frame.start, { delimiter, columns, limits });
    return found ? { start: frame.start, end: lineFeed, next, fault } : frame;
  }
}

/** The next line behind the one that `from` is in that is a row by itself. */
function nextRow({ bytes, atEnd }: View, from: number, { delimiter, columns, limits }: RowShape): Footing {
  for (let lineFeed = bytes.indexOf(LINE_FEED, from); ; ) {
    if (lineFeed === -1) return { found: false, next: bytes.length };
    const begin = lineFeed + 1;
    const end = bytes.indexOf(LINE_FEED, begin);
    const isWhole = end !== -1 || atEnd;
    // A line that is too long for a row is passed over as it comes.
    if (!isWhole) return { found: false, next: bytes.length - begin > limits.maxRecordBytes ? bytes.length : lineFeed };
    const line = bytes.subarray(begin, end === -1 ? bytes.length : end);
    if (line.length > 0 && isRow(line, { delimiter, columns, limits })) return { found: true, next: begin };
    lineFeed = end;
  }
}

function isRow(line: Buffer, { delimiter, columns, limits }: RowShape): boolean {
  const end = line.at(-1) === CARRIAGE_RETURN ? line.length - 1 : line.length;
  try {
    return fieldsOfRow({ bytes: line, base: 0 }, { start: 0, end }, delimiter, limits.maxColumns).length === columns;
  } catch (error) {
    if (error instanceof ManifestFault) return false;
    throw error;
  }
}

/** What is wrong with the quotes of a row. */
function quotingFault(
  block: Pick<ByteBlock, 'bytes' | 'base'>,
  { start, end }: Span,
  delimiter: number,
): ManifestFault | undefined {
  try {
    for (let at = start; at <= end; ) at = endOfField(block, at, end, delimiter) + 1;
    return undefined;
  } catch (error) {
    if (error instanceof ManifestFault) return error;
    throw error;
  }
}

/**
 * The fields of one row. A quote opens a field only as its first character; elsewhere it is itself, as in `12" vinyl`.
 *
 * @throws ManifestFault where something follows a closing quote, or a byte is not UTF-8
 */
export function fieldsOfRow(
  block: Pick<ByteBlock, 'bytes' | 'base'>,
  span: Span,
  delimiter: number,
  maxColumns: number,
): readonly string[] {
  requireUtf8(block, span);
  const { bytes, base } = block;
  const { start, end } = span;
  const fields: string[] = [];
  for (let at = start; ; ) {
    const fieldEnd = endOfField(block, at, end, delimiter);
    fields.push(
      bytes[at] === QUOTE && at < end
        ? bytes.toString('utf8', at + 1, fieldEnd - 1).replaceAll('""', '"')
        : bytes.toString('utf8', at, fieldEnd),
    );
    if (fieldEnd >= end) return fields;
    if (fields.length === maxColumns)
      throw new ManifestFault(base + start, `the row has more than ${maxColumns} fields`);
    at = fieldEnd + 1;
  }
}

/** @throws ManifestFault where something follows a closing quote. */
function endOfField(
  { bytes, base }: Pick<ByteBlock, 'bytes' | 'base'>,
  at: number,
  end: number,
  delimiter: number,
): number {
  if (bytes[at] !== QUOTE || at >= end) return endOfPlain(bytes, at, end, delimiter);
  const fieldEnd = endOfQuoted(bytes, at);
  if (fieldEnd === end || (fieldEnd !== -1 && fieldEnd < end && bytes[fieldEnd] === delimiter)) return fieldEnd;
  const seen = excerpt(bytes, at, end);
  const fault = `a quoted field must end at its closing quote, but here is ${seen}`;
  throw new ManifestFault(base + Math.max(at, Math.min(fieldEnd, end)), fault);
}

function rowAt({ bytes, atEnd }: View, from: number, delimiter: number): Frame | undefined {
  let start = from;
  while (isLineEnd(bytes[start])) start++;
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

function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

function endOfPlain(bytes: Buffer, from: number, end: number, delimiter: number): number {
  let at = from;
  while (at < end && bytes[at] !== delimiter) at++;
  return at;
}

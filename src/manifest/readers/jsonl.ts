import type { ByteInput } from '../bytes/byte-input.ts';
import { skipSpace, trimEnd } from '../bytes/white-space.ts';
import type { ManifestLimits } from '../limits.ts';
import { excerpt, ManifestFault } from '../manifest-fault.ts';
import type { Footing, Frame, Framer, View } from './frame-blocks.ts';
import { framedReader } from './framed-reader.ts';
import { decodeJsonRecord } from './json-record.ts';
import type { RecordReader } from './record-reader.ts';

const LINE_FEED = 0x0a;

/** One JSON object per line; blank lines are skipped, and a line that is none is a failure of its own. */
export function jsonlReader(input: ByteInput, limits: ManifestLimits): RecordReader {
  const decode = (block: Parameters<typeof decodeJsonRecord>[0], span: Parameters<typeof decodeJsonRecord>[1]) =>
    decodeJsonRecord(block, span, limits);
  return framedReader(input, { format: 'jsonl', framer: lineFramer(limits), decode }, limits);
}

function lineFramer(limits: ManifestLimits): Framer {
  return { frame: lineAt, explainUnfinished, resume: behindLine };

  function explainUnfinished({ bytes, base }: View, from: number): ManifestFault {
    const start = skipSpace(bytes, from, bytes.length);
    const seen = `a line longer than ${limits.maxRecordBytes} bytes, which begins with ${excerpt(bytes, start)}`;
    return new ManifestFault(base + start, `${seen}; put one record on each line`);
  }
}

function behindLine({ bytes }: View, from: number): Footing {
  const lineFeed = bytes.indexOf(LINE_FEED, from);
  return lineFeed === -1 ? { found: false, next: bytes.length } : { found: true, next: lineFeed + 1 };
}

function lineAt({ bytes, atEnd }: View, from: number): Frame | undefined {
  const lineFeed = bytes.indexOf(LINE_FEED, from);
  if (lineFeed === -1 && !atEnd) return undefined;
  const lineEnd = lineFeed === -1 ? bytes.length : lineFeed;
  const start = skipSpace(bytes, from, lineEnd);
  return {
    start,
    end: trimEnd(bytes, start, lineEnd),
    next: Math.min(lineEnd + 1, bytes.length),
    last: lineFeed === -1,
  };
}

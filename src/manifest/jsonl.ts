import { ByteWindow } from './byte-window.ts';
import { decodeJsonRecord } from './json-record.ts';
import type { ManifestLimits } from './limits.ts';
import { excerpt, ManifestFault } from './manifest-fault.ts';
import { type Frame, type Framer, frameBlocks, type RecordReader, type View } from './record-reader.ts';
import { skipSpace, trimEnd } from './white-space.ts';

const LINE_FEED = 0x0a;

/** One JSON object per line; blank lines are skipped. */
export function jsonlReader(inputFile: string, limits: ManifestLimits): RecordReader {
  return {
    format: 'jsonl',
    preamble: Buffer.alloc(0),
    async *blocks(position) {
      const window = await ByteWindow.open(inputFile, position, limits);
      try {
        yield* frameBlocks(window, lineFramer(limits), limits.maxRecordBytes);
      } finally {
        await window.close();
      }
    },
    decode: (block, span) => decodeJsonRecord(block, span, limits),
  };
}

function lineFramer(limits: ManifestLimits): Framer {
  return { frame: lineAt, explainUnfinished };

  function explainUnfinished({ bytes, base }: View, from: number): ManifestFault {
    const start = skipSpace(bytes, from, bytes.length);
    const seen = `a line longer than ${limits.maxRecordBytes} bytes, which begins with ${excerpt(bytes, start)}`;
    return new ManifestFault(base + start, `${seen}; put one record on each line`);
  }
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

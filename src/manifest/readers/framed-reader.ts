import type { ByteInput } from '../bytes/byte-input.ts';
import { ByteWindow } from '../bytes/byte-window.ts';
import { LineCounter } from '../bytes/line-counter.ts';
import { located } from '../bytes/located.ts';
import type { ManifestLimits } from '../limits.ts';
import { EndingFault, ManifestFault } from '../manifest-fault.ts';
import type { ManifestRecord } from '../manifest-record.ts';
import type { ManifestFormat } from '../plan.ts';
import { type ByteBlock, type FramedBlock, type Framer, frameBlocks, type Span } from './frame-blocks.ts';
import type { Loss, ReadRecord, RecordBlock, RecordReader } from './record-reader.ts';

const BYTE_ORDER_MARK_BYTES = 3;

/** How records lie in bytes. */
export interface FramedFormat {
  readonly format: ManifestFormat;
  readonly framer: Framer;
  /** Moves a window that was opened at the start to the first record; `false` where there is none. */
  readonly enter?: (window: ByteWindow) => Promise<boolean>;
  /** Checks what follows the last record. */
  readonly leave?: (window: ByteWindow) => Promise<void>;
  /** @throws ManifestFault for a record that is a failure of its own, EndingFault for one that ends the reading */
  readonly decode: (block: ByteBlock, span: Span) => DecodedRecord;
  /** Where the records begin, if not at the start. */
  readonly firstOffset?: number;
  readonly preamble?: Buffer;
}

export interface DecodedRecord {
  readonly record: ManifestRecord;
  readonly losses?: readonly Loss[] | undefined;
}

/** Records that lie one after the other in bytes. What cannot be decoded is a record that says so, where others follow. */
export function framedReader(input: ByteInput, layout: FramedFormat, limits: ManifestLimits): RecordReader {
  const { firstOffset = 0 } = layout;
  const isRaw = input.isPlain && layout.enter === undefined && layout.leave === undefined;
  return {
    format: layout.format,
    preamble: layout.preamble ?? Buffer.alloc(0),
    raw: isRaw ? { input, begin: firstOffset } : undefined,
    async *blocks({ part, offset }) {
      const isStart = offset <= firstOffset;
      const lines = new LineCounter(input);
      const window = await ByteWindow.open(input, isStart ? firstOffset : offset, limits);
      try {
        const hasRecords = isStart && layout.enter !== undefined ? await layout.enter(window) : true;
        if (hasRecords) {
          for await (const block of frameBlocks(window, layout.framer, limits.maxRecordBytes)) {
            const records: ReadRecord[] = [];
            for (const span of block.spans) {
              const read = decoded(block, span);
              records.push(read instanceof ManifestFault ? await broken(read, block.base + span.start, lines) : read);
            }
            const bytesOf = (place: number): Buffer => {
              const { start, end } = block.spans[place] ?? { start: 0, end: 0 };
              return block.bytes.subarray(start, end);
            };
            yield { part, records, bytesOf, raw: isRaw ? rawOf(block) : undefined };
          }
        }
        // Begun at a record in the middle, what is around the records was checked before.
        if (isStart) await layout.leave?.(window);
      } catch (error) {
        throw await located(error, input);
      } finally {
        await window.close();
        await lines.close();
      }
    },
  };

  function decoded(block: ByteBlock, span: Span): ReadRecord | ManifestFault {
    if (span.fault !== undefined) return span.fault;
    try {
      const { record, losses } = layout.decode(block, span);
      const isLarge = span.end - span.start > limits.maxMetadataBytes;
      return { offset: block.base + span.start, record, losses, isLarge };
    } catch (error) {
      if (error instanceof ManifestFault && !(error instanceof EndingFault)) return error;
      throw error;
    }
  }
}

/** With the byte order mark, which the window passes over. */
function rawOf({ bytes, base, taken }: FramedBlock): RecordBlock['raw'] {
  const start = base === 0 && taken.start <= BYTE_ORDER_MARK_BYTES ? 0 : taken.start;
  return { offset: base + start, bytes: bytes.subarray(start, taken.end) };
}

async function broken(fault: ManifestFault, offset: number, lines: LineCounter): Promise<ReadRecord> {
  const place = `line ${await lines.lineAt(fault.offset)}, byte ${fault.offset}`;
  return { offset, record: undefined, fault: fault.message, place };
}

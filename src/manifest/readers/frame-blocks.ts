import type { ByteWindow } from '../bytes/byte-window.ts';
import type { ManifestFault } from '../manifest-fault.ts';

/** Consecutive records in one buffer, which is valid only until the next block is asked for. */
export interface ByteBlock {
  readonly bytes: Buffer;
  /** Position of `bytes[0]` in the input. */
  readonly base: number;
  readonly spans: readonly Span[];
}

export interface FramedBlock extends ByteBlock {
  /** What was taken of the bytes: the records, what is around them, and nothing of the next one. */
  readonly taken: Span;
}

/** One record: `bytes[start, end)`, without surrounding white space. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Set where its end cannot be told, so that it is none: why. */
  readonly fault?: ManifestFault;
}

/** A record and where the search for the next one goes on; empty (`start === end`) where there was only filling. */
export interface Frame extends Span {
  readonly next: number;
  /** Set where no record can follow; always set, or a fault thrown, once the last byte of the file is taken. */
  readonly last?: boolean;
}

/** Finds the boundaries of records. Keeps no state between calls: what did not fit is looked at again with more bytes. */
export interface Framer {
  /** The record at `from`, or `undefined` if its end is not in sight. Throws a ManifestFault for what cannot be one. */
  frame(view: View, from: number): Frame | undefined;
  /** What is wrong with a record at `from` whose end is not within the limit or the file. */
  explainUnfinished(view: View, from: number): ManifestFault;
  /**
   * Where a record begins again behind such a one, which is then a failure of its own; without this, reading ends there. `from` is
   * inside a line.
   */
  readonly resume?: (view: View, from: number) => Footing;
}

export interface Footing {
  /** Whether a record begins at `next`; if not, what is before it need not be looked at again. */
  readonly found: boolean;
  readonly next: number;
}

/** What the window shows. */
export interface View {
  readonly bytes: Buffer;
  readonly base: number;
  readonly atEnd: boolean;
}

/** Takes the window's bytes apart, a block per fill, until the framer says `last`. */
export async function* frameBlocks(
  window: ByteWindow,
  framer: Framer,
  maxRecordBytes: number,
): AsyncGenerator<FramedBlock> {
  for (let isLost = false; ; ) {
    const view: View = { bytes: window.bytes, base: window.base, atEnd: window.atEnd };
    const { start } = window;
    const framed: Framed = isLost ? lostIn(view, start, framer) : framesIn(view, start, framer, maxRecordBytes);
    const { spans, next, last } = framed;
    const isNews = framed.isLost && !isLost;
    window.start = next;
    isLost = framed.isLost;
    if (next > start || spans.length > 0) {
      yield { bytes: view.bytes, base: view.base, spans, taken: { start, end: next } };
    }
    if (last) return;
    // The footing may be in sight already.
    if (!isNews) await window.fill();
  }
}

interface Framed {
  readonly spans: readonly Span[];
  readonly next: number;
  readonly last: boolean;
  /** Whether it has to be found out where the next record begins. */
  readonly isLost: boolean;
}

function lostIn(view: View, from: number, { resume }: Framer): Framed {
  const { next, found } = resume?.(view, from) ?? { next: view.bytes.length, found: false };
  return { spans: [], next, last: !found && view.atEnd, isLost: !found };
}

function framesIn(view: View, start: number, framer: Framer, maxRecordBytes: number): Framed {
  const spans: Span[] = [];
  let next = start;
  while (next < view.bytes.length || view.atEnd) {
    try {
      const frame = framer.frame(view, next);
      const length = frame === undefined ? view.bytes.length - next : frame.end - frame.start;
      if (length > maxRecordBytes || (frame === undefined && view.atEnd)) {
        const begin = frame?.start ?? next;
        const fault = framer.explainUnfinished(view, begin);
        if (framer.resume === undefined) throw fault;
        spans.push({ start: fault.offset - view.base, end: view.bytes.length, fault });
        return { spans, next: begin, last: false, isLost: true };
      }
      if (frame === undefined) break;
      if (frame.end > frame.start) spans.push(frame);
      next = frame.next;
      if (frame.last) return { spans, next, last: true, isLost: false };
    } catch (fault) {
      // The records before it come first: one of them may hold the real cause. The fault is met again after them.
      if (spans.length === 0) throw fault;
      break;
    }
  }
  return { spans, next, last: false, isLost: false };
}

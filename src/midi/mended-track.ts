import type { TracedEvent, TrackTrace } from './track-trace.ts';
import { LONGEST_VLQ, vlqBytes } from './vlq.ts';

const SYSEX = 0xf0;
const END_OF_SYSEX = 0xf7;
const META = 0xff;
const END_OF_TRACK = 0x2f;
const LARGEST_DELTA = 2 ** 28 - 1;
/** An empty text, which is in no score: what a delta time that is too long is broken at. */
const FILLER = [META, 0x01, 0];

/** One event of a track that is written anew. */
export interface MendedEvent {
  readonly tick: number;
  readonly bytes: readonly number[];
  /** Status under which its data bytes stand, 0 for meta events and system messages. */
  readonly status: number;
  /** Its delta time as the file has it and the event before that it follows there. */
  readonly delta?: { readonly bytes: readonly number[]; readonly value: number };
}

/** Gathers what a track is read as. */
export class MendedTrack implements TrackTrace {
  events: MendedEvent[] = [];
  private readonly file: Uint8Array;
  private readonly isMoved: (byte: number) => boolean;
  /** Data of a system exclusive message that goes on in a packet. */
  private sysex: number[] | undefined;

  /** @param isMoved - whether the event at a byte has gone to another track. */
  constructor(file: Uint8Array, isMoved: (byte: number) => boolean) {
    this.file = file;
    this.isMoved = isMoved;
  }

  event({ deltaStart, start, end, tick, delta, status, instead }: TracedEvent): void {
    const bytes = instead ?? withShortLength([...this.file.subarray(start, end)]);
    const [first = 0] = bytes;
    if (bytes.length === 0 || this.isMoved(start) || (first === META && bytes[1] === END_OF_TRACK)) return;
    if (first === SYSEX || first === END_OF_SYSEX) this.joinSysex(tick, bytes);
    else {
      const written = [...this.file.subarray(deltaStart, start)];
      const isKept = written.length <= LONGEST_VLQ;
      const own = { tick, bytes, status: first >= SYSEX ? 0 : status };
      this.events.push(isKept ? { ...own, delta: { bytes: written, value: delta } } : own);
    }
  }

  insert(tick: number, message: readonly number[]): void {
    const [status = 0] = message;
    this.events.push({ tick, bytes: message, status: status >= SYSEX ? 0 : status });
  }

  /** A message that was divided into packets becomes one, at the time of its last part; other packets go. */
  private joinSysex(tick: number, bytes: readonly number[]): void {
    const data = bytes.slice(1 + lengthOfVlq(bytes));
    if (bytes[0] === SYSEX) this.sysex = data;
    else if (this.sysex !== undefined) this.sysex = [...this.sysex, ...data];
    if (this.sysex === undefined || this.sysex.at(-1) !== END_OF_SYSEX) return;
    this.events.push({ tick, bytes: [SYSEX, ...vlqBytes(this.sysex.length), ...this.sysex], status: 0 });
    this.sysex = undefined;
  }
}

function lengthOfVlq(bytes: readonly number[], from = 1): number {
  let length = 1;
  while ((bytes[from + length - 1] ?? 0) >= 0x80) length += 1;
  return length;
}

/** A meta event whose length takes no more bytes than the standard allows. */
function withShortLength(bytes: readonly number[]): readonly number[] {
  if (bytes[0] !== META) return bytes;
  const length = lengthOfVlq(bytes, 2);
  if (length <= LONGEST_VLQ) return bytes;
  const data = bytes.slice(2 + length);
  return [...bytes.slice(0, 2), ...vlqBytes(data.length), ...data];
}

/** The events as the data of a track chunk, the end-of-track at `endTick` or after the last of them. */
export function trackBytes(events: readonly MendedEvent[], endTick: number): number[] {
  const written: number[] = [];
  let tick = 0;
  let running = 0;
  const writeDelta = (to: number) => {
    for (; to - tick > LARGEST_DELTA; tick += LARGEST_DELTA) written.push(...vlqBytes(LARGEST_DELTA), ...FILLER);
    written.push(...vlqBytes(to - tick));
    tick = to;
  };
  for (const { tick: at, bytes, status, delta } of events.toSorted((a, b) => a.tick - b.tick)) {
    if (delta?.value === at - tick) {
      written.push(...delta.bytes);
      tick = at;
    } else writeDelta(at);
    const [first = 0] = bytes;
    if (first < 0x80 && status !== running) written.push(status);
    for (const byte of bytes) written.push(byte);
    if (first !== META) running = status;
  }
  writeDelta(Math.max(tick, endTick));
  written.push(META, END_OF_TRACK, 0);
  return written;
}

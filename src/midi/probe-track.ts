import { FileTexts, LOSSLESS_ENCODING } from './file-texts.ts';
import type { MidiLimits } from './limits.ts';
import type { ChannelMessage } from './merge-channels.ts';
import { MetaEvents } from './meta-events.ts';
import { TrackReader } from './read-track.ts';
import { MidiRefusal } from './refusal.ts';
import { RepairLog } from './repairs.ts';
import { TrackEvents } from './track-events.ts';
import type { TrackTrace } from './track-trace.ts';

const CONTROL = 0xb0;
const PROGRAM_CHANGE = 0xc0;
const PITCH_BEND = 0xe0;
const SYSTEM = 0xf0;
const CHANNEL = 0x0f;
const NOTHING_BEFORE = { startTick: 0, arrivals: [] };

/**
 * Reads events from `start` and forgets them. Returns the byte after the end-of-track, -1 where they end or become unreadable
 * before one.
 */
export function probeTrack(bytes: Uint8Array, start: number, end: number, limits: MidiLimits): number {
  const reader = readerOf(bytes, new TrackEvents(), limits, false);
  try {
    reader.read({ start, end, ...NOTHING_BEFORE });
    return reader.sawEnd ? reader.position : -1;
  } catch (thrown) {
    if (thrown instanceof MidiRefusal) return -1;
    throw thrown;
  }
}

/** The program changes, controls and pitch bends of a track that has been read before. */
export function readChannelMessages(
  bytes: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
  isF7Bare: boolean,
  limits: MidiLimits,
): readonly ChannelMessage[] {
  const messages: (Omit<ChannelMessage, 'isOwn'> & { readonly group: number })[] = [];
  const events = new TrackEvents();
  const { groups } = events;
  const trace: TrackTrace = {
    event({ tick, status, start: first, end: last, instead }) {
      const byte = bytes[first] ?? 0;
      const kind = status & SYSTEM;
      if (byte >= SYSTEM || (kind !== CONTROL && kind !== PROGRAM_CHANGE && kind !== PITCH_BEND)) return;
      const data = bytes.subarray(byte >= 0x80 ? first + 1 : first, last);
      const group = groups.taking(status & CHANNEL);
      messages.push({ tick, message: instead ?? [status, ...data], byte: first, group });
    },
    insert() {},
  };
  readerOf(bytes, events, limits, isF7Bare).read({ start, end, ...NOTHING_BEFORE }, trace);
  return messages.map(({ group, ...message }) => ({ ...message, isOwn: group >= 0 && groups.isClaimed(group) }));
}

/** A reader whose notes, texts and repairs nobody sees. */
function readerOf(bytes: Uint8Array, events: TrackEvents, limits: MidiLimits, isF7Bare: boolean): TrackReader {
  const meta = new MetaEvents(events.groups, new RepairLog(), limits, new FileTexts(LOSSLESS_ENCODING, false));
  return new TrackReader(bytes, events, meta, new RepairLog(), isF7Bare);
}

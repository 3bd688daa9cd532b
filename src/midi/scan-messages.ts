import type { MessageList } from './message-list.ts';

const PROGRAM_CHANGE = 0xc0;
const AFTERTOUCH = 0xa0;
const CONTROL = 0xb0;
const CHANNEL_AFTERTOUCH = 0xd0;
const SYSEX = 0xf0;
const END_OF_SYSEX = 0xf7;
const META = 0xff;
const END_OF_TRACK = 0x2f;

/**
 * Lists the messages of a track that has no fault, as the standard has them.
 *
 * @returns false where something is met that only the reader of tracks knows what to make of; the list is of no use then.
 */
export function scanMessages(
  bytes: Uint8Array,
  start: number,
  end: number,
  startTick: number,
  list: MessageList,
): boolean {
  let at = start;
  let tick = startTick;
  let status = 0;
  while (at < end) {
    let byte = bytes[at++] as number;
    let delta = byte & 0x7f;
    for (let more = 0; byte >= 0x80; more += 1) {
      if (more === 3 || at >= end) return false;
      byte = bytes[at++] as number;
      delta = (delta << 7) | (byte & 0x7f);
    }
    tick += delta;
    byte = bytes[at] as number;
    if (byte >= SYSEX) {
      if (byte === META && bytes[at + 1] === END_OF_TRACK) return true;
      if (byte !== META && byte !== SYSEX && byte !== END_OF_SYSEX) return false;
      if (byte !== META) status = 0;
      at += byte === META ? 2 : 1;
      let length = 0;
      for (let more = 0; ; more += 1) {
        if (more === 4 || at >= end) return false;
        byte = bytes[at++] as number;
        length = (length << 7) | (byte & 0x7f);
        if (byte < 0x80) break;
      }
      at += length;
      list.add(tick, 0, 0, 0);
      continue;
    }
    if (byte >= 0x80) {
      status = byte;
      at += 1;
    } else if (status === 0) return false;
    const kind = status & 0xf0;
    const first = bytes[at++] as number;
    const isShort = kind === PROGRAM_CHANGE || kind === CHANNEL_AFTERTOUCH;
    const second = isShort ? 0 : (bytes[at++] as number);
    if ((first | second) > 127 || at > end) return false;
    const isKept = kind < AFTERTOUCH || kind === CONTROL || kind === PROGRAM_CHANGE;
    if (isKept) list.add(tick, status, first, second);
    else list.add(tick, 0, 0, 0);
  }
  return false;
}

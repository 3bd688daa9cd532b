import { MidiRefusal } from './refusal.ts';

/** Bytes of the longest quantity that the standard knows. */
export const LONGEST_VLQ = 4;
/** Of the longest that is read: some writers pad with zeros. */
const LONGEST_READ = 7;
const LARGEST_VALUE = 2 ** 28 - 1;

/**
 * A variable-length quantity of at most 28 bits at `position`, as `value * 8 + bytes read`, which is a small integer and
 * costs no object; 0 where `end` cuts it off. Refuses a larger one with `midi_bad_vlq`. More than `LONGEST_VLQ` bytes are
 * against the standard.
 */
export function readVlq(bytes: Uint8Array, position: number, end: number): number {
  let value = 0;
  for (let length = 1; length <= LONGEST_READ; length++) {
    const at = position + length - 1;
    if (at >= end) return 0;
    const byte = bytes[at] as number;
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (value > LARGEST_VALUE) break;
    return (value << 3) | length;
  }
  throw tooLong(position);
}

/** A quantity of up to 28 bits as bytes. */
export function vlqBytes(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

/** Apart, because a message made in the hot loop is made ahead of need once that loop is optimized. */
function tooLong(position: number): MidiRefusal {
  return new MidiRefusal('midi_bad_vlq', `variable-length quantity over 28 bits at byte ${position}`);
}

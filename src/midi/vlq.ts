import { MidiRefusal } from './refusal.ts';

/**
 * A variable-length quantity of at most 4 bytes (28 bits) at `position`, as `value * 8 + bytes read`, which is a small
 * integer and costs no object; 0 where `end` cuts it off. Refuses a longer one with `midi_bad_vlq`.
 */
export function readVlq(bytes: Uint8Array, position: number, end: number): number {
  let value = 0;
  for (let length = 1; length <= 4; length++) {
    const at = position + length - 1;
    if (at >= end) return 0;
    const byte = bytes[at] as number;
    value = (value << 7) | (byte & 0x7f);
    if (byte < 0x80) return (value << 3) | length;
  }
  throw tooLong(position);
}

/** Apart, because a message made in the hot loop is made ahead of need once that loop is optimized. */
function tooLong(position: number): MidiRefusal {
  return new MidiRefusal('midi_bad_vlq', `variable-length quantity over 4 bytes at byte ${position}`);
}

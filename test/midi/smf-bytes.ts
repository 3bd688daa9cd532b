/** Bytes of Standard MIDI Files, for tests. */

export interface HeaderOptions {
  readonly format?: number;
  readonly trackCount?: number;
  readonly division?: number;
}

/** A file of the given track bodies (events only, without chunk headers). */
export function smf(tracks: readonly (readonly number[])[], options: HeaderOptions = {}): Uint8Array {
  return Uint8Array.from([
    ...header({ trackCount: tracks.length, ...options }),
    ...tracks.flatMap((body) => track(body)),
  ]);
}

export function header({ format = 1, trackCount = 1, division = 480 }: HeaderOptions = {}): number[] {
  return chunk('MThd', [...uint16(format), ...uint16(trackCount), ...uint16(division)]);
}

export function track(body: readonly number[]): number[] {
  return chunk('MTrk', body);
}

export function chunk(id: string, body: readonly number[], declaredLength = body.length): number[] {
  return [...ascii(id), ...uint32(declaredLength), ...body];
}

export function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

export function uint32(value: number): number[] {
  return [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function uint16(value: number): number[] {
  return [(value >> 8) & 255, value & 255];
}

/** A variable-length quantity in as few bytes as it takes. */
export function vlq(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

export function meta(type: number, data: readonly number[], delta = 0): number[] {
  return [...vlq(delta), 0xff, type, ...vlq(data.length), ...data];
}

export function tempo(microsecondsPerQuarter: number, delta = 0): number[] {
  return meta(0x51, uint32(microsecondsPerQuarter).slice(1), delta);
}

export const END_OF_TRACK: readonly number[] = [0, 0xff, 0x2f, 0];

/** One note of middle C, a quarter long at 480 ticks a quarter. */
export const ONE_NOTE: readonly number[] = [0, 0x90, 60, 64, ...vlq(480), 0x80, 60, 0];

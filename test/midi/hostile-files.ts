import { END_OF_TRACK, header, uint32 } from './smf-bytes.ts';

const MEBIBYTE = 1 << 20;
const DIVISION = 0x7fff;

/** Files that make readers slow or large, by what they are made of. */
export const hostileFiles: Readonly<Record<string, () => Uint8Array>> = {
  '1 MB of overlapping note-ons on one pitch': () => running(MEBIBYTE, 0x90, () => [0, 60, 64]),
  '1 MB of overlapping note-ons, then their note-offs': () =>
    running(MEBIBYTE, 0x90, (i, count) => [0, 60, i < count / 2 ? 64 : 0]),
  '1 MB of overlapping note-ons on all pitches': () => running(MEBIBYTE, 0x90, (i) => [1, i & 127, 64]),
  '16 MB of running status, notes': () => running(16 * MEBIBYTE, 0x90, (i) => [0, 60, i % 2 === 0 ? 64 : 0]),
  '16 MB of running status, note-ons only': () => running(16 * MEBIBYTE, 0x90, (i) => [0, i & 127, 64]),
  '16 MB of running status, sustain pedal': () => running(16 * MEBIBYTE, 0xb0, (i) => [0, 64, i % 2 === 0 ? 127 : 0]),
  '16 MB of pitch bends on all channels': () => repeated(16 * MEBIBYTE, (i) => [0, 0xe0 | (i & 15), i & 127, 64]),
  '16 MB of tempos': () => repeated(16 * MEBIBYTE, (i) => [1, 0xff, 0x51, 3, 7, i & 255, 1]),
  '16 MB of time signatures': () => repeated(16 * MEBIBYTE, (i) => [1, 0xff, 0x58, 2, 1 + (i & 7), 7]),
  '16 MB of one-letter texts': () => repeated(16 * MEBIBYTE, () => [0, 0xff, 1, 1, 65]),
  '16 MB of invalid text': () =>
    repeated(16 * MEBIBYTE, () => [0, 0xff, 1, 0x87, 0x68, ...Array<number>(1000).fill(200)]),
  '16 MB of a new program for every note': () =>
    repeated(16 * MEBIBYTE, (i) => [0, 0xc0 | (i & 15), (i >> 4) & 127, 0, 0x90 | (i & 15), 60, 64]),
  '65,535 tracks of one note': () => manyTracks(65_535, [0, 0x90, 60, 64, 1, 60, 0, ...END_OF_TRACK]),
  '65,535 empty tracks': () => manyTracks(65_535, []),
};

/** Three-byte events under one status byte, for about `size` bytes. */
function running(
  size: number,
  status: number,
  event: (index: number, count: number) => readonly [delta: number, first: number, second: number],
): Uint8Array {
  const count = Math.floor((size - 27) / 3);
  return oneTrack(27 + 3 * count, (bytes, start) => {
    let position = start;
    for (let i = 0; i < count; i++) {
      const [delta, first, second] = event(i, count);
      bytes[position++] = delta;
      if (i === 0) bytes[position++] = status;
      bytes[position++] = first;
      bytes[position++] = second;
    }
    return position;
  });
}

/** Events of equal length until `size` bytes are full. */
function repeated(size: number, event: (index: number) => readonly number[]): Uint8Array {
  const { length } = event(0);
  const count = Math.floor((size - 26) / length);
  return oneTrack(26 + count * length, (bytes, start) => {
    for (let i = 0; i < count; i++) bytes.set(event(i), start + i * length);
    return start + count * length;
  });
}

function oneTrack(size: number, fill: (bytes: Uint8Array, start: number) => number): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(header({ division: DIVISION }));
  bytes.set([0x4d, 0x54, 0x72, 0x6b, ...uint32(size - 22)], 14);
  bytes.set(END_OF_TRACK, fill(bytes, 22));
  return bytes;
}

function manyTracks(trackCount: number, body: readonly number[]): Uint8Array {
  const chunk = [0x4d, 0x54, 0x72, 0x6b, ...uint32(body.length), ...body];
  const bytes = new Uint8Array(14 + trackCount * chunk.length);
  bytes.set(header({ trackCount, division: DIVISION }));
  for (let i = 0; i < trackCount; i++) bytes.set(chunk, 14 + i * chunk.length);
  return bytes;
}

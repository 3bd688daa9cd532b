/** A format-0 MIDI file of quarter notes, one a pitch, by hand: a test's smallest good input. */
export function tinyMidi(pitches: readonly number[] = [60, 62, 64, 65]): Buffer {
  const events = pitches.flatMap((pitch) => [0, 0x90, pitch, 80, 0x60, 0x80, pitch, 0]);
  const track = Buffer.from([...events, 0, 0xff, 0x2f, 0]);
  const header = Buffer.from([0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 0x60, 0x4d, 0x54, 0x72, 0x6b]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(track.length);
  return Buffer.concat([header, length, track]);
}

/** A MIDI file as its events, so that it can be cut, shrunk, printed and written. */
export interface MidiEvents {
  readonly division: number;
  /** Of each track: tick and the bytes of the message, sorted by tick; without the end of the track. */
  readonly tracks: readonly (readonly MidiEvent[])[];
}

export type MidiEvent = readonly [tick: number, ...bytes: number[]];

const END_OF_TRACK = 0x2f;

export function writeMidi({ division, tracks }: MidiEvents): Uint8Array {
  const chunks = tracks.map((events) => {
    const body: number[] = [];
    let now = 0;
    for (const [tick, ...bytes] of events) {
      body.push(...vlq(tick - now), ...bytes);
      now = tick;
    }
    return [...ascii('MTrk'), ...bigEndian(body.length + 4, 4), ...body, 0, 0xff, END_OF_TRACK, 0];
  });
  const header = [...ascii('MThd'), 0, 0, 0, 6, 0, 1, ...bigEndian(tracks.length, 2), ...bigEndian(division, 2)];
  return Uint8Array.from([...header, ...chunks.flat()]);
}

/** The events of a clean file; `undefined` for one that is not. */
export function readMidiEvents(bytes: Uint8Array): MidiEvents | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const division = view.getUint16(12);
    const tracks: MidiEvent[][] = [];
    for (let at = 14; at < bytes.length; ) {
      const end = at + 8 + view.getUint32(at + 4);
      if (view.getUint32(at) !== 0x4d54726b || end > bytes.length) return undefined;
      tracks.push(readTrack(bytes, at + 8, end));
      at = end;
    }
    return { division, tracks };
  } catch {
    // A message or a chunk that does not end in the file: such files are compared whole.
    return undefined;
  }
}

function readTrack(bytes: Uint8Array, start: number, end: number): MidiEvent[] {
  const events: MidiEvent[] = [];
  let at = start;
  let tick = 0;
  let running = 0;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined || at >= end) throw new RangeError('past the end');
    at += 1;
    return byte;
  };
  const readVlq = (): number => {
    let value = 0;
    for (let count = 0; count < 4; count += 1) {
      const byte = next();
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < end) {
    tick += readVlq();
    let status = next();
    const from = at - 1;
    if (status === 0xff || status >= 0xf0) {
      if (status !== 0xff && status !== 0xf0) throw new RangeError('a system message');
      const type = status === 0xff ? next() : 0;
      at = readVlq() + at;
      if (at > end) throw new RangeError('past the end');
      if (type === END_OF_TRACK) return events;
      events.push([tick, ...bytes.subarray(from, at)]);
      continue;
    }
    const data: number[] = [];
    if (status < 0x80) {
      data.push(status);
      status = running;
    }
    if (status < 0x80) throw new RangeError('no status');
    running = status;
    const count = status >= 0xc0 && status < 0xe0 ? 1 : 2;
    while (data.length < count) data.push(next());
    events.push([tick, status, ...data]);
  }
  return events;
}

function vlq(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift(128 + (rest % 128));
  return bytes;
}

function bigEndian(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(value / 256 ** (count - 1 - index)) % 256);
}

function ascii(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}

import type { Repairs } from '../../src/midi/repairs.ts';
import { ascii, meta, tempo } from '../../test/midi/smf-bytes.ts';
import { bass, fileOf, lead, melody, notesOf } from './music.ts';
import { type OddFile, oddFile } from './odd-file.ts';

interface EventFault {
  readonly name: string;
  /** With its delta time, and with that of the event after it where it has none of its own. */
  readonly bytes: readonly number[];
  readonly why: string;
  readonly repairs?: Repairs;
  /** Whether it ends the running status. */
  readonly endsRunning?: true;
}

const PACKET = 'SMF 1.0, <sysex event>: F7 <length> <bytes>, for packets and escapes';
const SYSTEM = 'MIDI 1.0: data bytes by status; none of them is in a score';
const META = 'SMF 1.0, Meta-Events: a length comes with every one, unknown ones are skipped';

const FAULTS: readonly EventFault[] = [
  {
    name: 'a whole system exclusive message',
    bytes: [0, 0xf0, 5, 0x7e, 0x7f, 9, 1, 0xf7],
    why: PACKET,
    endsRunning: true,
  },
  { name: 'an empty system exclusive message', bytes: [0, 0xf0, 0], why: PACKET, endsRunning: true },
  {
    name: 'a message divided into two packets',
    bytes: [0, 0xf0, 3, 0x43, 0x12, 0, 0, 0xf7, 3, 0x10, 0x4c, 0xf7],
    why: PACKET,
    repairs: { f7_packet: 1 },
    endsRunning: true,
  },
  {
    name: 'a message divided into three packets',
    bytes: [0, 0xf0, 3, 0x43, 0x12, 0, 0, 0xf7, 6, 0x43, 0x12, 0, 0x43, 0x12, 0, 0, 0xf7, 4, 0x43, 0x12, 0, 0xf7],
    why: PACKET,
    repairs: { f7_packet: 2 },
    endsRunning: true,
  },
  {
    name: 'an escaped song select',
    bytes: [0, 0xf7, 2, 0xf3, 1],
    why: PACKET,
    repairs: { f7_packet: 1 },
    endsRunning: true,
  },
  {
    name: 'an escaped real-time message',
    bytes: [0, 0xf7, 1, 0xfa],
    why: PACKET,
    repairs: { f7_packet: 1 },
    endsRunning: true,
  },
  { name: 'an empty packet', bytes: [0, 0xf7, 0], why: PACKET, repairs: { f7_packet: 1 }, endsRunning: true },
  {
    name: 'a packet of note-ons that are data',
    bytes: [0, 0xf7, 6, 0x90, 1, 1, 0x90, 2, 2],
    why: PACKET,
    repairs: { f7_packet: 1 },
    endsRunning: true,
  },
  {
    name: 'a system exclusive message without its length',
    bytes: [0, 0xf0, 0x43, 0x12, 0, 0x43, 0x12, 0, 0xf7],
    why: 'F7 ends a message and is in no other place of one',
    repairs: { sysex_without_length: 1 },
    endsRunning: true,
  },
  {
    name: 'GM System On without its length',
    bytes: [0, 0xf0, 0x7e, 0x7f, 9, 1, 0xf7],
    why: 'F7 ends a message and is in no other place of one',
    repairs: { sysex_without_length: 1 },
    endsRunning: true,
  },
  ...[0xf8, 0xfa, 0xfb, 0xfc, 0xfe, 0xf6].map(
    (status): EventFault => ({
      name: `status ${status.toString(16)}`,
      bytes: [0, status],
      why: SYSTEM,
      endsRunning: true,
    }),
  ),
  { name: 'MIDI time code (f1)', bytes: [0, 0xf1, 0x10], why: SYSTEM, endsRunning: true },
  { name: 'song position (f2)', bytes: [0, 0xf2, 1, 2], why: SYSTEM, endsRunning: true },
  { name: 'song select (f3)', bytes: [0, 0xf3, 1], why: SYSTEM, endsRunning: true },
  ...[0xf4, 0xf5, 0xf9, 0xfd].map(
    (status): EventFault => ({
      name: `undefined status ${status.toString(16)}`,
      bytes: [0, status],
      why: 'MIDI 1.0: undefined, without data',
      repairs: { undefined_status: 1 },
      endsRunning: true,
    }),
  ),
  { name: 'polyphonic aftertouch', bytes: [0, 0xaf, 60, 64], why: SYSTEM, endsRunning: true },
  { name: 'channel aftertouch', bytes: [0, 0xdf, 64], why: SYSTEM, endsRunning: true },
  {
    name: 'a delta time of five bytes',
    bytes: [0x80, 0x80, 0x80, 0x80, 0, 0xff, 1, 1, 65],
    why: 'SMF 1.0: at most four; its value fits into them',
    repairs: { long_quantity: 1 },
  },
  {
    name: 'a delta time of six bytes',
    bytes: [0x80, 0x80, 0x80, 0x80, 0x80, 0, 0xff, 1, 1, 65],
    why: 'SMF 1.0: at most four; its value fits into them',
    repairs: { long_quantity: 1 },
  },
  {
    name: 'a delta time padded to four bytes',
    bytes: [0x80, 0x80, 0x80, 0, 0xff, 1, 1, 65],
    why: 'SMF 1.0: nothing asks for the shortest form',
  },
  {
    name: 'a text length of five bytes',
    bytes: [0, 0xff, 1, 0x80, 0x80, 0x80, 0x80, 2, 65, 66],
    why: 'SMF 1.0: at most four; its value fits into them',
    repairs: { long_quantity: 1 },
  },
  { name: 'an unknown meta event', bytes: meta(0x60, [1, 2, 3]), why: META },
  { name: 'meta type 7f', bytes: meta(0x7f, [0x43, 0x7b, 0]), why: META },
  { name: 'meta type ff', bytes: [0, 0xff, 0xff, 1, 0], why: META },
  { name: 'a channel prefix', bytes: meta(0x20, [9]), why: META },
  { name: 'a sequence number', bytes: meta(0, [0, 1]), why: META },
  { name: 'an SMPTE offset', bytes: meta(0x54, [0x60, 0, 0, 0, 0]), why: META },
  { name: 'a tempo of two bytes', bytes: meta(0x51, [7, 161]), why: META, repairs: { short_meta_event: 1 } },
  { name: 'an empty tempo', bytes: meta(0x51, []), why: META, repairs: { short_meta_event: 1 } },
  {
    name: 'a tempo of four bytes',
    bytes: meta(0x51, [7, 0xa1, 0x20, 0]),
    why: 'SMF 1.0: later versions may make events longer',
  },
  { name: 'a meter of one byte', bytes: meta(0x58, [4]), why: META, repairs: { short_meta_event: 1 } },
  { name: 'a meter of two bytes', bytes: meta(0x58, [4, 2]), why: 'numerator and denominator are there' },
  { name: 'a key of one byte', bytes: meta(0x59, [0]), why: META, repairs: { short_meta_event: 1 } },
  { name: 'tempo 0', bytes: tempo(0), why: 'no time would pass', repairs: { tempo_zero: 1 } },
  ...[1, 60, 5000, 9999].map(
    (value): EventFault => ({
      name: `a tempo of ${value} µs`,
      bytes: tempo(value),
      why: 'over 6,000 quarters a minute',
      repairs: { tempo_out_of_range: 1 },
    }),
  ),
  ...[
    [0, 2],
    [4, 8],
    [4, 255],
    [0, 0],
  ].map(
    (value): EventFault => ({
      name: `meter ${value}`,
      bytes: meta(0x58, [...value, 24, 8]),
      why: 'SMF 1.0: the denominator is a negative power of two',
      repairs: { bad_time_signature: 1 },
    }),
  ),
  ...[
    [8, 0],
    [0xf8, 0],
    [127, 1],
    [0, 2],
    [0, 5],
    [3, 0xff],
  ].map(
    (value): EventFault => ({
      name: `key ${value}`,
      bytes: meta(0x59, value),
      why: 'SMF 1.0: sf from -7 to 7, mi 0 or 1',
      repairs: { bad_key_signature: 1 },
    }),
  ),
  { name: 'a note-off of no note', bytes: [0, 0x8f, 60, 0], why: 'players ignore it', endsRunning: true },
  { name: 'a text of 5,000 letters', bytes: meta(1, Array(5000).fill(65)), why: META },
  {
    name: 'a text that holds MTrk',
    bytes: meta(1, [...ascii('MTrk'), 0, 0, 0, 4]),
    why: 'SMF 1.0: chunks follow by their lengths',
  },
  {
    name: 'a system exclusive message that holds MTrk',
    bytes: [0, 0xf0, 9, ...ascii('MTrk'), 0, 0, 0, 4, 0xf7],
    why: 'SMF 1.0: chunks follow by their lengths',
    endsRunning: true,
  },
];

/** Each at the start of a track and in its middle, under running status and not, in the first track and in the second. */
export function eventFaults(): readonly OddFile[] {
  return FAULTS.flatMap((fault) =>
    [false, true].flatMap((isRunning) =>
      [0, 3].flatMap((note) => [0, 1].map((at) => withFault(fault, isRunning, note, at))),
    ),
  );
}

function withFault(
  { name, bytes, why, repairs = {}, endsRunning }: EventFault,
  isRunning: boolean,
  note: number,
  at: number,
): OddFile {
  // Aftertouch and note-offs on channel 16 are messages with a status of their own: what follows has to say its own.
  const isChannelMessage = (bytes[1] ?? 0) >= 0x80 && (bytes[1] ?? 0) < 0xf0;
  const resumes = isRunning && note > 0 && endsRunning === true && !isChannelMessage;
  const isSafe = !(isRunning && note > 0 && isChannelMessage);
  const inserted = { note, bytes };
  const parts = [lead, bass].map((part, index) =>
    melody({ ...part, isRunning: isRunning && (isSafe || index !== at) }, index === at ? inserted : undefined),
  );
  const resumed = resumes ? { running_status_resumed: 1 } : {};
  return oddFile(
    `${name}, ${isRunning ? 'running status' : 'every status'}, note ${note} of track ${at}`,
    fileOf(parts),
    {
      wrong: name,
      why: resumes ? `${why}; players take up the running status again` : why,
      notes: notesOf(parts),
      repairs: { ...repairs, ...resumed },
    },
  );
}

/** An end-of-exclusive byte without a length, as programs write it that store what came over the wire. */
export function bareEnds(): readonly OddFile[] {
  return [0, 1, 3, 5].map((note) => {
    const part = melody({ ...lead, isRunning: false }, { note, bytes: [0, 0xf7] });
    return oddFile(`a bare F7 before note ${note}`, fileOf([part], { format: 0 }), {
      wrong: 'an F7 without a length',
      why: 'as a packet it would swallow what follows; as one byte all is right',
      notes: part.notes,
      repairs: { bare_f7: 1 },
    });
  });
}

/** Tracks that end in the middle of an event. */
export function cutTracks(): readonly OddFile[] {
  const cuts: Readonly<Record<string, readonly number[]>> = {
    'a status byte': [0, 0x90],
    'one data byte': [0, 0x90, 60],
    'a delta time': [0],
    'an unfinished delta time': [0x81],
    'a meta event without its length': [0, 0xff, 1],
    'a text longer than the track': [0, 0xff, 1, 9, 65],
    'a message longer than the track': [0, 0xf0, 9, 65],
    'a packet longer than the track': [0, 0xf7, 9, 65],
    'an end-of-track without its length': [0, 0xff, 0x2f],
  };
  const part = melody({ ...lead, isRunning: false });
  return Object.entries(cuts).map(([name, bytes]) => {
    const body = [...part.body, ...bytes];
    const file = [...fileOf([part], { format: 0 }).slice(0, 18), 0, 0, 0, body.length, ...body];
    const packet = name.startsWith('a packet') ? { f7_packet: 1 } : {};
    return oddFile(`a track that ends with ${name}`, file, {
      wrong: `the track ends with ${name}`,
      why: 'what is whole is read',
      notes: part.notes,
      repairs: { ...packet, truncated_event: 1, missing_end_of_track: 1 },
    });
  });
}

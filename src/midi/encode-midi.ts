import { ByteWriter, bigEndian } from './byte-writer.ts';
import type { Score, Track } from './score.ts';

const [TEXT, TRACK_NAME, LYRIC, MARKER] = [0x01, 0x03, 0x05, 0x06] as const;
const [TEMPO, TIME_SIGNATURE, KEY_SIGNATURE] = [0x51, 0x58, 0x59] as const;
const [NOTE_OFF, NOTE_ON, CONTROL, PROGRAM, BEND] = [0x80, 0x90, 0xb0, 0xc0, 0xe0] as const;
const SUSTAIN = 64;
const [PRESSED, RELEASED] = [127, 0] as const;
const LARGEST_TICKS_PER_QUARTER = 0x7fff;
const LARGEST_TEMPO = 0xffffff;
/** Metronome clicks of a signature: 24 MIDI clocks, and eight 32nd notes a quarter. */
const CLICK = [24, 8] as const;

/** At one tick: what ends, what changes how notes sound, notes without length where one of their pitch begins, all others. */
const [END, CHANGE, MOMENT, BEGIN] = [0, 1, 2, 3] as const;

interface Timed {
  readonly tick: number;
  readonly rank: number;
  readonly write: (writer: ByteWriter, tick: number) => void;
}

/**
 * A score as the bytes of a Standard MIDI File (format 1): a track of tempos, signatures and texts, then one for each track.
 * Read back it is the same score, as far as MIDI can say it: of notes of one pitch and channel that lie within one another
 * the first ends first, what begins before the start begins there, and notes of velocity 0 are none.
 */
export function encodeMidi(score: Score): Uint8Array {
  const chunks = [conductorOf(score), ...score.tracks.map(trackOf)].map((writer) => writer.toChunk());
  const division = Math.max(1, Math.min(LARGEST_TICKS_PER_QUARTER, score.ticksPerQuarter));
  const header = [0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 1, ...bigEndian(chunks.length, 2), ...bigEndian(division, 2)];
  const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, header.length));
  bytes.set(header);
  let at = header.length;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function conductorOf(score: Score): ByteWriter {
  const { tempos, timeSignatures: meters, keySignatures: keys } = score;
  return written([
    ...rows(meters.tick, (at) => {
      const exponent = Math.round(Math.log2(meters.denominator[at] ?? 4));
      return (writer, tick) =>
        writer.meta(tick, TIME_SIGNATURE, (meters.numerator[at] ?? 4) & 0xff, exponent, ...CLICK);
    }),
    ...rows(tempos.tick, (at) => {
      const microseconds = writableTempo(tempos.microsecondsPerQuarter[at] ?? 0);
      return (writer, tick) => writer.meta(tick, TEMPO, ...bigEndian(microseconds, 3));
    }),
    ...rows(keys.tick, (at) => {
      return (writer, tick) => writer.meta(tick, KEY_SIGNATURE, (keys.sharps[at] ?? 0) & 0xff, keys.minor[at] ?? 0);
    }),
    ...texts(score.markers, MARKER),
    ...texts(score.texts, TEXT),
  ]);
}

function trackOf(track: Track): ByteWriter {
  const { channel, program, name, controls, pitchBends: bends, pedals, lyrics } = track;
  const writer = new ByteWriter();
  if (name !== '') writer.text(0, TRACK_NAME, name);
  writer.event(0, PROGRAM | channel, program);
  // Pedals are controls, too; they are told once.
  const saysPedals = controls.number.includes(SUSTAIN);
  return written(
    [
      ...texts(lyrics, LYRIC),
      ...rows(controls.tick, (at) => controlWriter(channel, controls.number[at] ?? 0, controls.value[at] ?? 0)),
      ...(saysPedals ? [] : Array.from(pedals.onset.keys(), (at) => pedalOf(track, at)).flat()),
      ...rows(bends.tick, (at) => {
        const value = (bends.value[at] ?? 0) + 8192;
        return (to, tick) => to.event(tick, BEND | channel, value & 0x7f, value >> 7);
      }),
      ...notesOf(track),
    ],
    writer,
  );
}

function controlWriter(channel: number, number: number, value: number): Timed['write'] {
  return (to, tick) => to.event(tick, CONTROL | channel, number, value);
}

function pedalOf({ channel, pedals }: Track, at: number): readonly Timed[] {
  const [onset = 0, duration = 0] = [pedals.onset[at], pedals.duration[at]];
  return [
    { tick: Math.max(0, onset), rank: CHANGE, write: controlWriter(channel, SUSTAIN, PRESSED) },
    { tick: Math.max(0, onset + duration), rank: CHANGE, write: controlWriter(channel, SUSTAIN, RELEASED) },
  ];
}

function notesOf(track: Track): readonly Timed[] {
  const { onset, duration, pitch } = track.notes;
  const begun = new Set<number>();
  return Array.from(onset.keys()).flatMap((at) => {
    const key = (onset[at] ?? 0) * 128 + (pitch[at] ?? 0);
    if ((duration[at] ?? 0) > 0) begun.add(key);
    // Its end would be that of the note of its pitch which begins with it.
    return noteOf(track, at, begun.has(key) ? MOMENT : BEGIN);
  });
}

function noteOf({ channel, notes }: Track, at: number, rankOfMoment: number): readonly Timed[] {
  const [onset = 0, duration = 0] = [notes.onset[at], notes.duration[at]];
  const [pitch = 0, velocity = 0] = [notes.pitch[at], notes.velocity[at]];
  if (velocity === 0) return [];
  const tick = Math.max(0, onset);
  const end = Math.max(tick, onset + duration);
  const begin: Timed['write'] = (to, now) => to.event(now, NOTE_ON | channel, pitch, velocity);
  const finish: Timed['write'] = (to, now) => to.event(now, NOTE_OFF | channel, pitch, 0);
  if (end > tick) {
    return [
      { tick, rank: BEGIN, write: begin },
      { tick: end, rank: END, write: finish },
    ];
  }
  const write: Timed['write'] = (to, now) => {
    begin(to, now);
    finish(to, now);
  };
  return [{ tick, rank: rankOfMoment, write }];
}

function rows(ticks: ArrayLike<number>, writeOf: (at: number) => Timed['write']): Timed[] {
  return Array.from(ticks, (tick, at) => ({
    tick: Math.max(0, tick),
    rank: CHANGE,
    write: writeOf(at),
  }));
}

function texts(events: Score['markers'], type: number): Timed[] {
  return events.map(({ tick, text }) => ({
    tick,
    rank: CHANGE,
    write: (writer: ByteWriter, now: number) => writer.text(now, type, text),
  }));
}

/** Events written by tick and rank, otherwise in order. */
function written(events: readonly Timed[], writer = new ByteWriter()): ByteWriter {
  const inOrder = [...events].sort((a, b) => a.tick - b.tick || a.rank - b.rank);
  for (const { tick, write } of inOrder) write(writer, tick);
  return writer;
}

/** Microseconds a quarter in the 24 bits that there are; those of a decoded tempo of 0 are negative. */
function writableTempo(microseconds: number): number {
  return microseconds < 0 ? LARGEST_TEMPO : Math.max(1, Math.min(LARGEST_TEMPO, Math.round(microseconds)));
}

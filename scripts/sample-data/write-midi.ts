import tonejs from '@tonejs/midi';
import { type MidiData, type MidiEvent, parseMidi, writeMidi } from 'midi-file';
import { signatureOf } from './harmony.ts';
import type { Change, Note, Part, Piece } from './score.ts';

const DRUM_CHANNEL = 9;
const SUSTAIN = 64;
const EXPRESSION = 11;

/** The bytes of a Standard MIDI File, format 1: a track of tempo, meter and key, then one for each part. */
export function toMidiBytes(piece: Piece): Uint8Array {
  const midi = new tonejs.Midi();
  const ticks = (at: number) => Math.round(at * piece.ticksPerQuarter);
  midi.header.fromJSON({
    name: piece.title,
    ppq: piece.ticksPerQuarter,
    tempos: piece.tempi.map(([at, bpm]) => ({ ticks: ticks(at), bpm })),
    timeSignatures: piece.meters.map(([at, meter]) => ({
      ticks: ticks(at),
      timeSignature: meter.split('/').map(Number),
    })),
    keySignatures: [],
    meta: [],
  });
  for (const [at, part] of piece.parts.entries()) addTrack(midi, part, channelOf(piece.parts, at), ticks);
  return addWhatIsMissing(midi.toArray(), piece, ticks);
}

/** Parts take the channels in order; all drums share theirs. */
function channelOf(parts: readonly Part[], place: number): number {
  if (parts[place]?.program === 'drums') return DRUM_CHANNEL;
  const channel = parts.slice(0, place).filter((part) => part.program !== 'drums').length;
  return channel < DRUM_CHANNEL ? channel : channel + 1;
}

function addTrack(midi: tonejs.Midi, part: Part, channel: number, ticks: (at: number) => number): void {
  const track = midi.addTrack();
  track.name = part.name;
  track.channel = channel;
  track.instrument.number = part.program === 'drums' ? 0 : part.program;
  for (const note of withoutOverlaps(part.notes)) {
    const start = ticks(note.at);
    const durationTicks = Math.max(1, ticks(note.at + note.length) - start);
    track.addNote({ midi: note.pitch, ticks: start, durationTicks, velocity: toneValue(note.velocity) });
  }
  for (const [at, down] of part.pedal ?? []) {
    track.addCC({ number: SUSTAIN, ticks: ticks(at), value: toneValue(down ? 127 : 0) });
  }
  for (const [at, value] of part.expression ?? []) {
    track.addCC({ number: EXPRESSION, ticks: ticks(at), value: toneValue(Math.round(value)) });
  }
  for (const [at, value] of part.bends ?? []) {
    // The library scales bends when it reads them, but writes the bare number.
    track.addPitchBend({ ticks: ticks(at), value: Math.max(-8192, Math.min(8191, Math.round(value * 8192))) });
  }
}

/** The library writes floor(127 x): half a step more makes it the number itself. */
function toneValue(value: number): number {
  return Math.min(1, (value + 0.5) / 127);
}

/** In order of time; a note ends where the next of its pitch begins, and of two that begin together the longer stays. */
function withoutOverlaps(notes: readonly Note[]): Note[] {
  const sorted = [...notes].sort((a, b) => a.at - b.at || a.pitch - b.pitch || b.length - a.length);
  const sounding = new Map<number, number>();
  const kept: Note[] = [];
  for (const note of sorted) {
    const place = sounding.get(note.pitch);
    const earlier = place === undefined ? undefined : kept[place];
    if (place !== undefined && earlier !== undefined) {
      const gap = note.at - earlier.at;
      if (gap < 0.02) continue;
      if (gap < earlier.length) kept[place] = { ...earlier, length: gap };
    }
    sounding.set(note.pitch, kept.length);
    kept.push(note);
  }
  return kept;
}

/** What @tonejs/midi 2.0.28 cannot write: program changes after the first, and key signatures (its are too high by 14). */
function addWhatIsMissing(bytes: Uint8Array, piece: Piece, ticks: (at: number) => number): Uint8Array {
  const data = parseMidi(bytes);
  const signature = piece.key === undefined ? undefined : signatureOf(piece.key);
  if (signature !== undefined) {
    data.tracks[0]?.splice(1, 0, {
      type: 'keySignature',
      meta: true,
      deltaTime: 0,
      key: signature.sharps,
      scale: signature.minor ? 1 : 0,
    });
  }
  for (const [at, part] of piece.parts.entries())
    addPrograms(data, at + 1, channelOf(piece.parts, at), part.programs ?? [], ticks);
  return Uint8Array.from(writeMidi(data));
}

function addPrograms(
  data: MidiData,
  track: number,
  channel: number,
  programs: readonly Change<number>[],
  ticks: (at: number) => number,
): void {
  for (const [at, programNumber] of programs) {
    const events = data.tracks[track];
    if (events !== undefined)
      insertAt(events, ticks(at), { type: 'programChange', channel, programNumber, deltaTime: 0 });
  }
}

/** Inserts before the first event at the tick or after it. */
function insertAt(events: MidiEvent[], tick: number, event: MidiEvent): void {
  let now = 0;
  for (const [place, next] of events.entries()) {
    if (now + next.deltaTime >= tick) {
      event.deltaTime = tick - now;
      next.deltaTime -= event.deltaTime;
      events.splice(place, 0, event);
      return;
    }
    now += next.deltaTime;
  }
}

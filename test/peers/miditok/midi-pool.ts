import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataDirectory, listMidiFiles } from '../../midi/shared-data.ts';
import { type MidiEvent, type MidiEvents, readMidiEvents, writeMidi } from './midi-events.ts';
import type { Random } from './random.ts';
import { randomMidi } from './random-midi.ts';

/** A file to compare; `events` where it can be shrunk. */
export interface MidiCase {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly events: MidiEvents | undefined;
}

const samples = fileURLToPath(new URL('../../../data/midi', import.meta.url));
const FOLDERS = ['pop909', 'pop909-versions', 'miditok', 'symusic', 'tonejs', 'synthetic'];
const shared = FOLDERS.map((folder) => listMidiFiles(join('midi', folder)).map((path) => join(dataDirectory, path)));
const files = shared.filter((paths) => paths.length > 0);

/** Half of them made, half of them read from the shared files where they are there, and cut short: MidiTok is slow. */
export function midiPool(random: Random, count: number): readonly MidiCase[] {
  return random.many(count, (index) => {
    if (index % 2 === 1 && files.length > 0) {
      const folder = files[random.int(0, files.length - 1)] ?? [];
      return readCase(folder[random.int(0, folder.length - 1)] ?? samples, random);
    }
    return midiCase('made', randomMidi(random));
  });
}

export function midiCase(name: string, events: MidiEvents): MidiCase {
  return { name, events, bytes: writeMidi(events) };
}

/** Corrupt files whole, as far as they are short. */
function readCase(path: string, random: Random): MidiCase {
  const bytes = new Uint8Array(readFileSync(path));
  const events = readMidiEvents(bytes);
  if (events === undefined) return { name: path, bytes: bytes.subarray(0, 20_000), events };
  return midiCase(path, cut(events, random.int(20, 200)));
}

/** The beginning of a piece, as far as there are so many notes; those that still sound are ended. */
function cut({ division, tracks }: MidiEvents, notes: number): MidiEvents {
  const onsets = tracks.flatMap((events) => events.filter(isNoteOn).map(([tick]) => tick));
  const last = onsets.sort((a, b) => a - b)[notes] ?? Number.POSITIVE_INFINITY;
  return {
    division,
    tracks: tracks.map((events) => {
      const kept = events.filter(([tick]) => tick <= last).slice(0, 2000);
      return [...kept, ...noteOffs(kept)];
    }),
  };
}

/** What ends the notes that are left sounding. */
function noteOffs(events: readonly MidiEvent[]): readonly MidiEvent[] {
  const sounding = new Map<number, number>();
  for (const event of events) {
    const [, status = 0, pitch = 0] = event;
    const key = (status & 15) * 128 + pitch;
    const count = sounding.get(key) ?? 0;
    if (isNoteOn(event)) sounding.set(key, count + 1);
    else if ((status & 0xf0) === 0x90 || (status & 0xf0) === 0x80) sounding.set(key, Math.max(0, count - 1));
  }
  const [end = 0] = events.at(-1) ?? [];
  return [...sounding].flatMap(([key, count]) =>
    Array.from({ length: count }, (): MidiEvent => [end, 0x80 + Math.floor(key / 128), key % 128, 0]),
  );
}

function isNoteOn([, status = 0, , velocity = 0]: MidiEvent): boolean {
  return (status & 0xf0) === 0x90 && velocity > 0;
}

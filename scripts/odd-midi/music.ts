import { ascii, END_OF_TRACK, header, meta, tempo, track, vlq } from '../../test/midi/smf-bytes.ts';
import type { ExpectedNote } from './odd-file.ts';

/** One MIDI track of a small piece: its events without the end-of-track, and the notes that they are. */
export interface Part {
  readonly body: readonly number[];
  readonly notes: readonly ExpectedNote[];
}

export interface Piece {
  readonly name: string;
  readonly format: 0 | 1;
  readonly parts: readonly Part[];
}

interface Melody {
  readonly channel: number;
  readonly program: number;
  readonly isRunning: boolean;
  readonly pitches: readonly number[];
  readonly length: number;
}

/** Bytes that stand before a note, without moving time. */
export interface Inserted {
  readonly note: number;
  readonly bytes: readonly number[];
}

/** Notes one after the other. The program is set at the start, unless it is 0. */
export function melody({ channel, program, isRunning, pitches, length }: Melody, inserted?: Inserted): Part {
  const body: number[] = program === 0 ? [] : [0, 0xc0 | channel, program];
  for (const [index, pitch] of pitches.entries()) {
    const velocity = 40 + index;
    if (inserted?.note === index) body.push(...inserted.bytes);
    const isNew = !isRunning || index === 0;
    body.push(0, ...(isNew ? [0x90 | channel] : []), pitch, velocity);
    body.push(...vlq(length), ...(isRunning ? [] : [0x80 | channel]), pitch, 0);
  }
  const notes = pitches.map(
    (pitch, index): ExpectedNote => [index * length, length, pitch, 40 + index, channel, program],
  );
  return { body, notes };
}

export const conductor: Part = {
  body: [...meta(3, ascii('Piece')), ...tempo(500_000), ...meta(0x58, [3, 2, 24, 8])],
  notes: [],
};
export const lead = { channel: 0, program: 0, pitches: [60, 62, 64, 65, 67, 69], length: 240 };
export const bass = { channel: 1, program: 33, pitches: [36, 43, 36, 77], length: 480 };
const drums = { channel: 9, program: 0, pitches: [36, 38, 36, 38, 42], length: 120 };

/** Pieces that are right, in the ways in which files are written. */
export const PIECES: readonly Piece[] = [
  { name: 'one track', format: 0, parts: [melody({ ...lead, isRunning: false })] },
  { name: 'two tracks', format: 1, parts: [lead, bass].map((part) => melody({ ...part, isRunning: false })) },
  {
    name: 'conductor and three running tracks',
    format: 1,
    parts: [conductor, ...[lead, bass, drums].map((part) => melody({ ...part, isRunning: true }))],
  },
  {
    name: 'many short tracks',
    format: 1,
    parts: Array.from({ length: 6 }, (_, index) =>
      melody({ channel: index, program: index * 8, isRunning: index % 2 === 1, pitches: [50 + index], length: 100 }),
    ),
  },
];

export function notesOf(parts: readonly Part[]): readonly ExpectedNote[] {
  return parts.flatMap(({ notes }) => notes);
}

export function trackOf({ body }: Part): number[] {
  return track([...body, ...END_OF_TRACK]);
}

/** The bytes of a file of those tracks. */
export function fileOf(parts: readonly Part[], options: Parameters<typeof header>[0] = {}): number[] {
  return [...header({ trackCount: parts.length, ...options }), ...parts.flatMap(trackOf)];
}

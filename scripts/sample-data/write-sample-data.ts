import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BadPair, badPairs } from './bad-pairs.ts';
import { cinematicPieces } from './pieces/cinematic.ts';
import { classicalPieces } from './pieces/classical.ts';
import { dancePieces } from './pieces/dances.ts';
import { electronicPieces } from './pieces/electronic.ts';
import { jazzPieces } from './pieces/jazz.ts';
import { percussionPieces } from './pieces/percussion.ts';
import { popPieces } from './pieces/pop.ts';
import { worldPieces } from './pieces/world.ts';
import { README } from './readme.ts';
import type { Piece } from './score.ts';
import { toMidiBytes } from './write-midi.ts';

/** The bad pairs stand between good ones, so that an output which loses count shows it. */
const BAD_PAIR_EVERY = 9;

export interface SampleSummary {
  readonly pieces: number;
  readonly badPairs: number;
  readonly bytes: number;
}

/** Writes `pairs.jsonl`, `midi/` and `README.md` into a folder, replacing `midi/`. The bytes are the same each time. */
export function writeSampleData(folder: string): SampleSummary {
  const pieces = allPieces();
  const files = new Map(pieces.map((piece) => [fileOf(piece), toMidiBytes(piece)]));
  const bad = badPairs(files.get('midi/waltz-for-an-evening.mid') ?? new Uint8Array());
  for (const { midiFile, bytes } of bad) if (bytes !== undefined) files.set(midiFile, bytes);
  files.set('pairs.jsonl', new TextEncoder().encode(manifestOf(pieces, bad)));
  files.set('README.md', new TextEncoder().encode(README));

  rmSync(join(folder, 'midi'), { recursive: true, force: true });
  mkdirSync(join(folder, 'midi'), { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
  return { pieces: pieces.length, badPairs: bad.length, bytes };
}

/** Every piece, in the order of the manifest. */
export function allPieces(): Piece[] {
  return [
    ...classicalPieces(),
    ...dancePieces(),
    ...jazzPieces(),
    ...popPieces(),
    ...electronicPieces(),
    ...cinematicPieces(),
    ...percussionPieces(),
    ...worldPieces(),
  ];
}

function fileOf(piece: Piece): string {
  return `midi/${piece.slug}.mid`;
}

function manifestOf(pieces: readonly Piece[], bad: readonly BadPair[]): string {
  const waiting = bad.map(badRow);
  const rows = pieces.flatMap((piece, at) => {
    const isTurn = (at + 1) % BAD_PAIR_EVERY === 0;
    return [goodRow(piece), ...(isTurn ? waiting.splice(0, 1) : [])];
  });
  return [...rows, ...waiting].map((row) => `${JSON.stringify(row)}\n`).join('');
}

function goodRow(piece: Piece): object {
  return {
    midi_file: fileOf(piece),
    text_description: piece.caption,
    title: piece.title,
    style: piece.style,
    language: piece.language,
    annotated_key: piece.key,
    annotated_bpm: piece.tempi[0]?.[1],
    annotated_meter: piece.meters[0]?.[1],
  };
}

function badRow({ midiFile, caption, flaw }: BadPair): object {
  return { midi_file: midiFile, text_description: caption, flaw };
}

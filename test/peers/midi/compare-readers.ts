import { isDeepStrictEqual } from 'node:util';
import type { OddFile } from '../../../scripts/odd-midi/odd-file.ts';
import { OTHER_READERS, type OtherReader, type Treatment } from '../../../src/midi/other-readers.ts';
import type { RepairKey } from '../../../src/midi/repairs.ts';
import type { Score } from '../../../src/midi/score.ts';

export interface ReaderAnswer {
  readonly notes?: readonly (readonly (number | boolean)[])[];
  readonly error?: string;
}
export type Answers = Readonly<Record<OtherReader, ReaderAnswer>>;

/** How a reader treats a file whose right notes are known. Programs are compared only where it tells them. */
export function treatmentOf(answer: ReaderAnswer, score: Score): Treatment {
  if (answer.notes === undefined) return 'refuses';
  const width = answer.notes[0]?.length ?? 4;
  const own = notesOf(score).map((note) => note.slice(0, width));
  return isDeepStrictEqual(answer.notes.toSorted(byRow), own.toSorted(byRow)) ? 'same' : 'other';
}

/** `[onset, duration, pitch, velocity, program, isDrum]`, as symusic's answer has them. */
export function notesOf({ tracks }: Score): readonly (readonly (number | boolean)[])[] {
  return tracks.flatMap(({ notes, program, isDrum }) =>
    Array.from(notes.onset, (onset, i) => [
      onset,
      notes.duration[i] ?? 0,
      notes.pitch[i] ?? 0,
      notes.velocity[i] ?? 0,
      program,
      isDrum,
    ]),
  );
}

/** The one repair of a file that has only one. */
export function onlyRepair({ repairs }: OddFile): RepairKey | undefined {
  const keys = Object.keys(OTHER_READERS).filter((key): key is RepairKey => key in repairs);
  return keys.length === 1 ? keys[0] : undefined;
}

function byRow(a: readonly (number | boolean)[], b: readonly (number | boolean)[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : Number(a[at]) - Number(b[at]);
}

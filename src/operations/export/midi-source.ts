import { createHash } from 'node:crypto';
import type { CuratedRow } from '../../dataset/dataset-row.ts';
import { type FileAccess, readMidi } from '../../manifest/read-contained-file.ts';
import { decodeMidi } from '../../midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../../midi/limits.ts';
import type { ReadingChoices } from '../../midi/reading-choices.ts';
import type { Score } from '../../midi/score.ts';

/** Where the MIDI files of a run are, and how they are read. */
export interface MidiSource {
  readonly root: string;
  readonly access: FileAccess;
  readonly choices: ReadingChoices;
}

/** The MIDI file that a row was made from; or why it cannot be had: what lies in its place now is no substitute. */
export function midiOf({ pair, midi }: CuratedRow, { root, access }: MidiSource): Uint8Array | string {
  if (pair.midiFile === undefined) return 'missing_midi';
  const file = readMidi(pair.midiFile, pair.embedded, root, access);
  if (!file.ok) return file.code;
  return createHash('sha256').update(file.bytes).digest('hex') === midi.metadata.sha256 ? file.bytes : 'changed';
}

/** The score of a row's file, or why there is none. */
export function scoreOf(row: CuratedRow, source: MidiSource): Score | string {
  const bytes = midiOf(row, source);
  if (typeof bytes === 'string') return bytes;
  const decoded = decodeMidi(bytes, DEFAULT_LIMITS, undefined, source.choices);
  return decoded.ok ? decoded.score : decoded.error.code;
}

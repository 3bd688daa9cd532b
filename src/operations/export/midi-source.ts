import { createHash } from 'node:crypto';
import type { CuratedRow } from '../../dataset/dataset-row.ts';
import { fetchMidi } from '../../manifest/fetched-file.ts';
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
export async function midiOf({ pair, midi }: CuratedRow, { root, access }: MidiSource): Promise<Uint8Array | string> {
  if (pair.midiFile === undefined) return 'missing_midi';
  const file = readMidi(pair.midiFile, pair.embedded, root, access, await fetchMidi(pair, root, access));
  if (!file.ok) return file.code;
  return createHash('sha256').update(file.bytes).digest('hex') === midi.metadata.sha256 ? file.bytes : 'changed';
}

/** The score of a row's file, or why there is none. */
export async function scoreOf(row: CuratedRow, source: MidiSource): Promise<Score | string> {
  const bytes = await midiOf(row, source);
  if (typeof bytes === 'string') return bytes;
  const decoded = decodeMidi(bytes, DEFAULT_LIMITS, undefined, source.choices);
  return decoded.ok ? decoded.score : decoded.error.code;
}

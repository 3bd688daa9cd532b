import { createHash } from 'node:crypto';
import { changeScore } from '../../augmentation/change-score.ts';
import type { CuratedRow } from '../../dataset/dataset-row.ts';
import { fetchMidi } from '../../manifest/fetched-file.ts';
import { type FileAccess, readMidi } from '../../manifest/read-contained-file.ts';
import { decodeMidi } from '../../midi/decode-midi.ts';
import { encodeMidi } from '../../midi/encode-midi.ts';
import { DEFAULT_LIMITS } from '../../midi/limits.ts';
import type { ReadingChoices } from '../../midi/reading-choices.ts';
import type { Score } from '../../midi/score.ts';

/** Where the MIDI files of a run are, and how they are read. */
export interface MidiSource {
  readonly root: string;
  readonly access: FileAccess;
  readonly choices: ReadingChoices;
}

/** The MIDI file of a row; or why it cannot be had: what lies in its place now is no substitute for what the row was made from. */
export async function midiOf(row: CuratedRow, source: MidiSource): Promise<Uint8Array | string> {
  if (row.augmentation === undefined) return fileOf(row, source);
  const score = await scoreOf(row, source);
  return typeof score === 'string' ? score : encodeMidi(score);
}

/** The score of a row, or why there is none. */
export async function scoreOf(row: CuratedRow, source: MidiSource): Promise<Score | string> {
  const bytes = await fileOf(row, source);
  if (typeof bytes === 'string') return bytes;
  const decoded = decodeMidi(bytes, DEFAULT_LIMITS, undefined, { ...source.choices, messages: true });
  if (!decoded.ok) return decoded.error.code;
  return row.augmentation === undefined ? decoded.score : changeScore(decoded.score, row.augmentation.change);
}

async function fileOf({ pair, midi }: CuratedRow, { root, access }: MidiSource): Promise<Uint8Array | string> {
  if (pair.midiFile === undefined) return 'missing_midi';
  const file = readMidi(pair.midiFile, pair.embedded, root, access, await fetchMidi(pair, root, access));
  if (!file.ok) return file.code;
  return createHash('sha256').update(file.bytes).digest('hex') === midi.metadata.sha256 ? file.bytes : 'changed';
}

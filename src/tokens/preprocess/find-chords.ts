import type { TokenizerConfig } from '../tokenizer-config.ts';
import type { NoteList } from './note-list.ts';
import type { Section } from './sections.ts';
export interface Chord {
  readonly tick: number;
  readonly quality: number;
}
export function findChords(
  _notes: NoteList,
  _from: number,
  _to: number,
  _beats: readonly Section[],
  _config: TokenizerConfig,
): readonly Chord[] {
  return [];
}

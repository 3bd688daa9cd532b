import type { ChangeGrid } from '../augmentation/music-change.ts';
import type { MidiReadingOptions } from '../charset/reading-choices.ts';
import type { EmbeddedMidi } from '../manifest/embedded-midi.ts';
import type { FetchedFile } from '../manifest/fetched-file.ts';
import type { PairFault } from '../manifest/pair.ts';
import type { TokenizerConfig } from '../tokens/tokenizer-config.ts';
import type { CacheAccess } from './batch-cache.ts';

/** What the parent tells every MIDI worker once. */
export interface MidiWorkerSettings extends MidiReadingOptions {
  readonly midiRoot: string;
  readonly allowOutside: boolean;
  readonly maxFileBytes: number;
  /** Each worker makes its own tokenizer from it. */
  readonly tokenizer: TokenizerConfig;
  readonly maxSequenceLength: number | undefined;
  readonly sequencePolicy: 'truncate' | 'split';
  /** Most tokens that a window has in common with the one before. */
  readonly windowOverlap: number;
  /** Whether records say where words begin, and are not cut: a vocabulary will be learned from them. */
  readonly keepsWords: boolean;
  /** A file of whose notes the tokens lack a larger share fails. */
  readonly maxDroppedShare: number;
  readonly cache: CacheAccess | undefined;
}

/** A pair whose music is to be changed. */
export interface ChangeJob extends MidiJob {
  readonly changes: WantedChanges;
}

export interface WantedChanges {
  /** Of the file that the pair's row was made from. */
  readonly sha256: string;
  /** Values that the changes may have. */
  readonly grid: ChangeGrid;
  /** Changed pieces, or all that fit. */
  readonly copies: number | 'all';
  /** What the lots are drawn by. */
  readonly lot: string;
  /** Whether a piece whose tokens are those of the file, or of another, is none. */
  readonly mustDiffer: boolean;
}

/** One pair as the MIDI stage sees it. */
export interface MidiJob {
  readonly index: number;
  readonly midiFile: string | undefined;
  /** The file itself, where it lies in the manifest. */
  readonly embedded?: EmbeddedMidi | undefined;
  /** What came of the file, where it was fetched from a bucket. */
  readonly fetched?: FetchedFile | undefined;
  /** Set for the later captions of a record: the pair before has the same file. */
  readonly hasFileOfLast?: boolean;
  /** What is wrong with the pair before anything is read. */
  readonly fault?: PairFault | undefined;
}

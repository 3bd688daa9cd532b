import type { EncodingName } from './bytes/encoding.ts';
import type { Pair, PlanFields } from './pair.ts';
import type { HashLink } from './plan-part.ts';

export type ManifestFormat = 'json' | 'jsonl' | 'csv' | 'tsv' | 'parquet' | 'folder';

/** A manifest, or a part of one, that was read and checked once: how many pairs, in which order, and hashes that prove it later. */
export interface Plan {
  readonly inputFile: string;
  readonly format: ManifestFormat;
  /** Where relative MIDI paths start unless `--midi_root` says otherwise: the manifest's folder, or the folder itself. */
  readonly defaultMidiRoot: string;
  /** What it and the text files that it names are written in. */
  readonly encoding: EncodingName;
  /** How many pairs there are, the index of the first, and the one behind the last: of a part of a manifest, those of the part. */
  readonly total: number;
  readonly first: number;
  readonly end: number;
  /** Rolling hash over what the stages take of pairs [0, end), `sha256:<hex>`. */
  readonly hash: string;
  readonly fields: PlanFields;
  /** Whether pairs may share a record, so that their captions are told apart by `captionIndex`. */
  readonly hasCaptionLists: boolean;
  /** Index of the first pair of the record that a pair is of: pairs of one record are captions of one piece. */
  firstOfRecord(index: number): number;
  /** Names of the splits that the manifest puts pairs into, in the order in which they come up. */
  readonly splits: readonly string[];
  /** For `openPlan` to pass over what this one read; `undefined` where that cannot be, or nothing is new. */
  readonly note: string | undefined;
  /** What was noticed though nothing stops, as sentences for people. */
  readonly notes: readonly string[];
  /** How many records the manifest has in which a MIDI file, and a text, is named. */
  readonly counts: {
    /** Records that cannot be read; they are among `records`. */
    readonly broken: number;
    readonly records: number;
    readonly withMidi: number;
    readonly withText: number;
    readonly withSplit: number;
  };
  /**
   * Rolling hash over pairs [0, mark), for the first, the end and each mark asked for when the plan was opened;
   * `undefined` where the manifest now has fewer pairs than that. Throws a RangeError for any other number.
   */
  hashAt(mark: number): string | undefined;
  /** The nearest place at or before a mark where a part can be read from; for the same marks. */
  linkAt(mark: number): HashLink | undefined;
  /**
   * The hash as the first versions kept it, over the bytes of records [0, mark): the pair of a checkpoint that they made is
   * the same only if its bytes are. Reads the manifest once more; a part has none.
   */
  byteHashAt(mark: number): Promise<string | undefined>;
  /**
   * The pairs from index `from` on, `batchSize` at a time. Begins to read at the nearest mark at or before `from`.
   * Each call reads through its own file handle, so that two stages can go on at their own speed.
   * Ends at `end` even if the manifest has grown since.
   *
   * @param carriesMidi - whether pairs whose MIDI file lies in the manifest come with its bytes
   * @throws ConfigError `manifest_changed` when the records are no longer those of the plan
   */
  batches(from: number, batchSize: number, signal?: AbortSignal, carriesMidi?: boolean): AsyncGenerator<Batch>;
  /** `Pair.hash` of every pair, in chunks. */
  recordHashes(signal?: AbortSignal): AsyncGenerator<RecordHashes>;
}

export interface Batch {
  /** Index of the first and of the last pair, both inclusive. */
  readonly first: number;
  readonly last: number;
  readonly pairs: readonly Pair[];
  /** Rolling hash over pairs [0, last]. */
  readonly planHash: string;
}

/** `hashes[i]` is the `Pair.hash` of pair `first + i`. */
export interface RecordHashes {
  readonly first: number;
  readonly hashes: Uint32Array;
}

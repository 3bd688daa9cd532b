import type { ByteInput } from '../bytes/byte-input.ts';
import type { EmbeddedMidi } from '../embedded-midi.ts';
import type { ManifestRecord } from '../manifest-record.ts';
import type { ManifestFormat } from '../plan.ts';

/** How one input is taken apart. */
export interface RecordReader {
  readonly format: ManifestFormat;
  /** Where relative paths of its records start; `undefined` for the folder that the manifest is in. */
  readonly root?: string | undefined;
  /** Bytes that give all records their meaning (a CSV header). */
  readonly preamble?: Buffer;
  /** Set where the records lie in the bytes of one file as it is, and where the first of these bytes is. */
  readonly raw?: { readonly input: ByteInput; readonly begin: number } | undefined;
  /** What was noticed while the input was opened, as sentences. */
  readonly notes?: readonly string[];
  /**
   * The records in order, from the start or from where an earlier call found a record.
   *
   * @param carriesMidi - whether MIDI files that lie in the manifest come with their bytes, not only with the hash of them
   * @throws ManifestFault for what stops reading, with its place
   */
  blocks(from: Position, carriesMidi?: boolean): AsyncGenerator<RecordBlock>;
}

/** Where a record begins: what `offset` counts is the reader's own matter. */
export interface Position {
  /** Which of several files or arrays. */
  readonly part: number;
  readonly offset: number;
}

export const START: Position = { part: 0, offset: 0 };

/** Consecutive records. */
export interface RecordBlock {
  readonly part: number;
  /** Where the paths of these records start, relative to the root; `undefined` for the root itself. */
  readonly folder?: string | undefined;
  /** What the records were read from, until the next block is asked for: one of a record, in the same order. */
  readonly bytesOf?: (place: number) => Buffer;
  /** The bytes taken for this block, without gaps from block to block, and where they begin; until the next is asked for. */
  readonly raw?: { readonly offset: number; readonly bytes: Buffer } | undefined;
  readonly records: readonly ReadRecord[];
}

export type ReadRecord =
  | {
      readonly offset: number;
      readonly record: ManifestRecord;
      readonly losses?: readonly Loss[] | undefined;
      /** MIDI files that lie in the record itself. */
      readonly embedded?: readonly EmbeddedMidi[];
      /** Set where the record is so large that its metadata may be too large. */
      readonly isLarge?: boolean;
    }
  /** Not a record, though the next one can be found: why, with its place. */
  | { readonly offset: number; readonly record: undefined; readonly fault: string; readonly place: string };

/** What a record could not keep: a number that JavaScript does not hold (kept as text), a key that would do harm. */
export type Loss = 'number' | 'prototype key';

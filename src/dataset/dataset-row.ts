import type { Pair } from '../manifest/pair.ts';
import type { MidiRecord } from '../worker/midi-record.ts';
import type { TextRecord } from '../worker/text-record.ts';
import type { Cell } from './cell.ts';

/** A pair with the results of both stages. */
export interface DatasetRow {
  readonly pair: Pair;
  readonly midi: MidiRecord;
  readonly text: TextRecord;
}

/** A row as the writers take it. */
export interface OutputRow {
  /** Names the row where a format has a file for each: the pair's index in eight digits. */
  readonly key: string;
  /** One a column, in the order of the columns. */
  readonly cells: readonly Cell[];
  /** Size before any encoding; decides where shards and row groups end. */
  readonly rawBytes: number;
}

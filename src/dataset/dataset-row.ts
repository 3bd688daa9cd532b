import type { MusicChange } from '../augmentation/music-change.ts';
import type { Agreement } from '../claims/agreement.ts';
import type { Pair } from '../manifest/pair.ts';
import type { Verdict } from '../quality/judge-row.ts';
import type { MidiRecord } from '../worker/midi-record.ts';
import type { TextRecord } from '../worker/text-record.ts';
import type { Cell } from './cell.ts';

/** A pair with the results of both stages. */
export interface DatasetRow {
  readonly pair: Pair;
  readonly midi: MidiRecord;
  readonly text: TextRecord;
}

/** A row with what can be said of it only in view of the others, and of what the user wants. */
export interface CuratedRow extends DatasetRow {
  readonly split: string;
  /** Key of the group of copies that the piece belongs to; `null` where it has none. */
  readonly duplicateGroup: string | null;
  /** What the caption states, held against the music. */
  readonly agreement: Agreement;
  /** `undefined` where there are no filters. */
  readonly verdict: Verdict | undefined;
  /** Where the music is not that of the file, but made from it. */
  readonly augmentation?: RowAugmentation;
  /** Where rows are windows, `midi` holds the tokens of this one only. */
  readonly window?: RowWindow;
}

/** How an augmented copy of a row was made. */
export interface RowAugmentation {
  /** Number among the copies of its row, from 1. */
  readonly copy: number;
  readonly change: MusicChange;
  /** Whether its caption was changed with the music. */
  readonly isRewritten: boolean;
}

/** What a window is in its piece, where each is a row. */
export interface RowWindow {
  /** From 0, over all streams of the piece. */
  readonly number: number;
  readonly of: number;
  /** Number of its stream: of a track, where tracks are kept apart. */
  readonly stream: number;
  /** Numbers of the bars of its first and last token, from 0; `null` where they are not known. */
  readonly firstBar: number | null;
  readonly lastBar: number | null;
}

/** Half-precision numbers, `tokens` rows of them; none for a row without a caption. */
export interface HiddenStates {
  readonly halves: Uint16Array;
  readonly tokens: number;
}

/** A row as the writers take it. */
export interface OutputRow {
  /** Names the piece: the pair's index in eight digits, and the number of the copy, `00000012-a2`. */
  readonly piece: string;
  /** Names the row where a format has a file for each: its piece, and the window's number in four digits, `00000012-0003`. */
  readonly key: string;
  readonly split: string;
  /** One a column, in the order of the columns. */
  readonly cells: readonly Cell[];
  /** Of the caption's tokens, where they were asked for. */
  readonly hiddenStates: HiddenStates | undefined;
  /** Size before any encoding, without hidden states and the group of copies; decides where shards and row groups end. */
  readonly rawBytes: number;
  /** What the cells are of. */
  readonly source: CuratedRow;
}

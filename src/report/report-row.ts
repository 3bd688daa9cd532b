import type { Agreement } from '../claims/agreement.ts';

/** A row of the data set as the report takes it. Nothing of it is kept but by copying: its arrays may be views. */
export interface ReportRow {
  readonly index: number;
  readonly id: string;
  /** As the manifest says it. */
  readonly midiFile: string | undefined;
  readonly caption: string;
  readonly captionWords: number;
  readonly captionTruncated: boolean;
  /** What a model computed the embedding on, where one did. */
  readonly device: string | undefined;
  readonly embedding: ArrayLike<number> | undefined;
  /** `train`, `validation` or `test`, where the data set is split. */
  readonly split: string | undefined;
  /** By the names of the data set. */
  readonly features: Readonly<Record<string, unknown>>;
  /** What the decoder mended, and how often. */
  readonly repairs: Readonly<Record<string, number>>;
  /** Key of the group of copies that the piece belongs to, where it has one. */
  readonly copyGroup: string | undefined;
  /** What the caption states, held against the music; `undefined` before the rows are curated. */
  readonly agreement: Agreement | undefined;
  readonly sequenceLength: number;
  readonly cutTokens: number;
  readonly tokens: ReportTokens;
}

/** Token ids in the layout of the data set, see `TokenSequences`. */
export interface ReportTokens {
  readonly layout: 'single' | 'tracks' | 'windows';
  readonly columns: number;
  readonly streams: readonly (Uint16Array | Int32Array)[];
  readonly places?: readonly {
    readonly stream: number;
    readonly start: number;
    readonly bars: readonly [number, number] | undefined;
  }[];
}

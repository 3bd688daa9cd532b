import type { ScoreBuilder } from './score-builder.ts';
import type { TokenMeaning } from './token-meanings.ts';

/** The tokens of a stream, those of a row together; a plain token is a row of one. */
export type Rows = readonly (readonly TokenMeaning[])[];

/** What turns the tokens of one tokenization back into a score. */
export interface Decoder {
  /** Ticks of the score, where they are not those of the grid. */
  readonly ticksPerQuarter?: number;
  decode(streams: readonly Rows[], builder: ScoreBuilder): void;
}

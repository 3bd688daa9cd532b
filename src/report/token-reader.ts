import type { Score } from '../midi/score.ts';
import type { ReportTokens } from './report-row.ts';

/** Reads the token ids of the run's tokenizer. */
export interface TokenReader {
  /** What the tokens say; `undefined` where they say nothing that can be drawn. */
  decode(tokens: ReportTokens): Score | undefined;
  /** The text of the first tokens; the parts of a compound token joined by spaces. */
  textOf(tokens: ReportTokens, count: number): readonly string[];
}

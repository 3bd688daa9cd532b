import type { GridRounding } from './grid-rounding.ts';
import type { Section } from './sections.ts';

/** What lies under a score: how its ticks become those of the tokenizer. */
export interface Grid {
  /** Ticks of the tokenizer for one of the file. */
  readonly scale: number;
  /** Ticks of a beat, stretch by stretch. */
  readonly beats: readonly Section[];
  /** Steps of the grid, stretch by stretch; none where all have the same. */
  readonly factors: readonly Section[];
  readonly rounding: GridRounding;
}

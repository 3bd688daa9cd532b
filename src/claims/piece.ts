import { keyCorrelations } from '../features/find-key.ts';
import { instrumentNames } from './instrument-names.ts';
import type { PieceFacts } from './piece-facts.ts';
import { type PieceTriads, pieceTriads } from './piece-triads.ts';
import { sectionKeys } from './section-keys.ts';

/**
 * A piece as captions are held against it: its facts, and what follows from them. That is found where a claim asks for it, and once:
 * the search for shifted rows holds a piece against many captions.
 */
export class Piece {
  readonly facts: PieceFacts;
  #instruments: string | undefined;
  #tempo: string | undefined;
  #triads: PieceTriads | undefined;
  #keyFits: Float64Array | undefined;
  #sectionKeys: ReadonlyMap<number, number> | undefined;

  constructor(facts: PieceFacts) {
    this.facts = facts;
  }

  /** For people. */
  get instruments(): string {
    this.#instruments ??= instrumentNames(this.facts.programs);
    return this.#instruments;
  }

  get tempo(): string {
    this.#tempo ??= `${Math.round(this.facts.tempo_bpm)} BPM`;
    return this.#tempo;
  }

  get triads(): PieceTriads {
    this.#triads ??= pieceTriads(this.facts);
    return this.#triads;
  }

  /** How well each key fits its pitch classes, see `keyCorrelations`. */
  get keyFits(): Float64Array {
    this.#keyFits ??= keyCorrelations(this.facts.pitch_class_durations ?? []);
    return this.#keyFits;
  }

  /** The keys that it stays in, with their shares. */
  get sectionKeys(): ReadonlyMap<number, number> {
    this.#sectionKeys ??= sectionKeys(this.facts);
    return this.#sectionKeys;
  }
}

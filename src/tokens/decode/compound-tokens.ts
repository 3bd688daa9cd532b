import type { TokenizerConfig } from '../tokenizer-config.ts';
import type { MeterChange, ScoreBuilder, TempoChange } from './score-builder.ts';
import { tempoChange, tempoOf } from './score-builder.ts';
import type { TokenMeaning } from './token-meanings.ts';

/** A row of a compound tokenization, told by what its columns are about. */
export type Row = readonly TokenMeaning[];

/** Whether a token says nothing: padding, or a column that its row does not use. */
export function isNone(token: TokenMeaning | undefined): boolean {
  return token === undefined || token.value === 'None';
}

/** Where each type has its column, given those that every row has and those that follow from the options, in order. */
export function columnsOf(config: TokenizerConfig, fixed: readonly string[]): ReadonlyMap<string, number> {
  const optional: readonly (readonly [string, boolean])[] = [
    ['Velocity', config.use_velocities],
    ['Duration', config.use_note_duration_programs.length > 0],
    ['Program', config.use_programs],
    ['Chord', config.use_chords],
    ['Rest', config.use_rests],
    ['Tempo', config.use_tempos],
    ['TimeSig', config.use_time_signatures],
  ];
  const types = [...fixed, ...optional.flatMap(([type, isUsed]) => (isUsed ? [type] : []))];
  return new Map(types.map((type, column) => [type, column]));
}

/** The token of a row that is about `type`; `undefined` where the row says nothing of it. */
export function tokenOf(row: Row, columns: ReadonlyMap<string, number>, type: string): TokenMeaning | undefined {
  const token = row[columns.get(type) ?? -1];
  return isNone(token) ? undefined : token;
}

export function isSameMeter(a: MeterChange, b: MeterChange): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator;
}

/**
 * Tempos as MidiTok lists them where rows repeat the one that is in force: those that differ from the one before. The first
 * is moved to the start if it is the default, which otherwise is put before it.
 */
export class RepeatedTempos {
  readonly #changes: TempoChange[] = [];

  /** The tick of the latest change; -1 where there is none. */
  get lastTick(): number {
    return this.#changes.at(-1)?.tick ?? -1;
  }

  see(tick: number, tempo: number): void {
    const last = this.#changes.at(-1);
    if (last === undefined || tempo !== tempoOf(last)) this.#changes.push(tempoChange(tick, tempo));
  }

  /** Adds them all to `builder`. */
  addTo(builder: ScoreBuilder, defaultTempo: number): void {
    const [first] = this.#changes;
    const isDefault = first !== undefined && tempoOf(first) === defaultTempo;
    if (first === undefined || (first.tick !== 0 && !isDefault)) this.#changes.unshift(tempoChange(0, defaultTempo));
    else if (isDefault) first.tick = 0;
    builder.tempos.push(...this.#changes);
  }
}

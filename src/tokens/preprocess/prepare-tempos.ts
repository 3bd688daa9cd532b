import type { Tempos } from '../../midi/score.ts';
import { nearestIndex } from '../bins.ts';
import type { TokenValues } from '../token-values.ts';
import type { TokenizerConfig } from '../tokenizer-config.ts';
import type { Grid } from './grid.ts';
import type { PreparedTempos } from './prepared-score.ts';
import { resampleTick } from './resample.ts';

export const NO_TEMPOS: PreparedTempos = { tick: new Int32Array(0), bin: new Uint16Array(0) };

/** What the tempos of a tokenizer are looked up in. */
export interface TempoTable {
  /** Microseconds a quarter of the tokenizer's tempos, fastest first, and the tempo that each is. */
  readonly microseconds: Float64Array;
  readonly bins: Uint16Array;
  readonly defaultBin: number;
  readonly removeEqual: boolean;
  /** Whether the default tempo is still itself after it was a whole number of microseconds. */
  readonly isDefaultExact: boolean;
}

export function tempoTable(config: TokenizerConfig, { tempos, defaultTempo }: TokenValues): TempoTable {
  const standard = tempos[defaultTempo] ?? 0;
  const fastestFirst = [...tempos.keys()].sort((a, b) => (tempos[b] ?? 0) - (tempos[a] ?? 0));
  const microseconds = Float64Array.from(fastestFirst, (bin) => 60e6 / (tempos[bin] ?? 0));
  // Tempos of as many whole microseconds are one tempo.
  const whole = microseconds.map(Math.trunc);
  return {
    microseconds,
    bins: Uint16Array.from(fastestFirst, (_, place) => fastestFirst[whole.indexOf(whole[place] ?? 0)] ?? 0),
    defaultBin: defaultTempo,
    removeEqual: config.delete_equal_successive_tempo_changes,
    isDefaultExact: 60e6 / Math.trunc(60e6 / standard) === standard,
  };
}

/** The tempo changes that tokens say: binned by duration of a quarter, the last of several at a tick. */
export function prepareTempos(tempos: Tempos, grid: Grid, how: TempoTable): PreparedTempos {
  const count = tempos.tick.length;
  const ticks = new Int32Array(count);
  for (let index = 0; index < count; index += 1) ticks[index] = resampleTick(tempos.tick[index] ?? 0, grid.scale);
  if (grid.factors.length > 0) grid.rounding.times(ticks, grid.factors);
  const tick = new Int32Array(count + 1);
  const bin = new Uint16Array(count + 1).fill(how.defaultBin);
  // The first place is for the default tempo, where the first change is not at the start.
  let end = 1;
  for (let index = 0; index < count; index += 1) {
    const tickHere = ticks[index] ?? 0;
    if (tickHere === ticks[index + 1]) continue;
    const binHere = how.bins[nearestIndex(how.microseconds, tempos.microsecondsPerQuarter[index] ?? 0)] ?? 0;
    if (how.removeEqual && end > 1 && bin[end - 1] === binHere) continue;
    tick[end] = tickHere;
    bin[end] = binHere;
    end += 1;
  }
  // MidiTok moves a tempo to the start that equals the default one, which few do that went through whole microseconds.
  if (how.removeEqual && how.isDefaultExact && bin[1] === how.defaultBin) tick[1] = 0;
  const start = end > 1 && tick[1] === 0 ? 1 : 0;
  return { tick: tick.subarray(start, end), bin: bin.subarray(start, end) };
}

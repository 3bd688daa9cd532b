import type { Score } from '../../midi/score.ts';
import type { PreparedScore } from '../preprocess/prepared-score.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { type WordRules, type WordSection, wordSections, wordStarts } from '../trained/word-starts.ts';

/** Where bars (or words) begin in a stream, as far as something is said in them; ascending. */
export interface StreamBars {
  /** Index of the first token of each. */
  readonly starts: readonly number[];
  /** Number of each in the piece, from 0. */
  readonly numbers: readonly number[];
}

/** Tells the bars of streams apart by the ticks of their tokens, whether the tokenization has tokens for bars or not. */
export class BarFinder {
  /** `undefined` for one word a stream. */
  readonly #rules: WordRules | undefined;
  #sections: readonly WordSection[] = [];
  #streams: StreamBars[] = [];

  /** @param finds - bars; or words, which are bars, beats or whole streams as MidiTok understands them. */
  constructor({ config, fineGrid }: TokenizerTables, finds: 'bars' | 'words') {
    const byFile = fineGrid !== undefined && !config.use_time_signatures;
    const { encode_ids_split: unit, miditok } = config;
    if (finds === 'bars') this.#rules = { unit: 'bar', miditok: '3.1.0', byFile };
    else this.#rules = unit === 'no' ? undefined : { unit, miditok, byFile };
  }

  beginScore(source: Score, score: PreparedScore): void {
    this.#sections = this.#rules === undefined ? [] : wordSections(source, score, this.#rules);
    this.#streams = [];
  }

  /** @param times - Tick of each token of the next stream. */
  addStream(times: Int32Array): void {
    const starts = wordStarts(times, this.#sections);
    const numberOf = barNumbers(this.#sections);
    this.#streams.push({ starts, numbers: starts.map((at) => numberOf(times[at] ?? 0)) });
  }

  get streams(): readonly StreamBars[] {
    return this.#streams;
  }
}

/** Counts the bars before ticks, which are asked for in ascending order. */
function barNumbers(sections: readonly WordSection[]): (tick: number) => number {
  let section = 0;
  let before = 0;
  return (tick) => {
    let here = sections[section];
    while (here !== undefined && section < sections.length - 1 && tick >= here.end) {
      before += Math.ceil(Math.max(0, here.end - here.start) / here.length);
      section += 1;
      here = sections[section];
    }
    return here === undefined ? 0 : before + Math.max(0, Math.floor((tick - here.start) / here.length));
  };
}

/** The bars of streams that lie one after the other in one. */
export function joinBars(streams: readonly StreamBars[], lengths: readonly number[]): StreamBars {
  const starts: number[] = [];
  const numbers: number[] = [];
  let offset = 0;
  for (const [at, bars] of streams.entries()) {
    for (const start of bars.starts) starts.push(start + offset);
    for (const number of bars.numbers) numbers.push(number);
    offset += lengths[at] ?? 0;
  }
  return { starts, numbers };
}

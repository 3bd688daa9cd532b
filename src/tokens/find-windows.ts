import type { Tokenizer } from './create-tokenizer.ts';
import type { TokenizerConfig } from './tokenizer-config.ts';
import { WORD_START } from './trained/read-subword-model.ts';
import { baseTokensOf } from './trained/trained-vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** How good a place before a token is to begin a window. */
const INSIDE = 0;
const EVENT = 1;
const TIME = 2;
const BAR = 3;

/** Ranks of tokens, by vocabulary. */
const knownRanks = new WeakMap<Vocabulary, readonly Uint8Array[]>();

/** Cuts a stream into windows of at most `most` tokens, each as long as a good place to end it allows. */
export function findWindows(ids: Uint16Array, tokenizer: Tokenizer, most: number): Uint16Array[] {
  const columns = tokenizer.vocabulary.columns.length;
  const ranks = ranksOf(tokenizer);
  const count = ids.length / columns;
  const windows: Uint16Array[] = [];
  let start = 0;
  while (count - start > most) {
    let best = start + most;
    let bestRank = INSIDE;
    for (let row = start + most; row > start && bestRank < BAR; row -= 1) {
      const rank = rankOfRow(ids, row, tokenizer.config, ranks);
      if (rank <= bestRank) continue;
      best = row;
      bestRank = rank;
    }
    windows.push(ids.slice(start * columns, best * columns));
    start = best;
  }
  windows.push(ids.slice(start * columns));
  return windows;
}

function rankOfRow(ids: Uint16Array, row: number, config: TokenizerConfig, ranks: readonly Uint8Array[]): number {
  const columns = ranks.length;
  if (config.tokenization === 'Octuple') {
    const bar = row * columns + OCTUPLE_BAR_COLUMN;
    return ids[bar] === ids[bar - columns] ? EVENT : BAR;
  }
  let best = INSIDE;
  for (let column = 0; column < columns; column += 1) {
    best = Math.max(best, ranks[column]?.[ids[row * columns + column] ?? 0] ?? INSIDE);
  }
  return best;
}

const OCTUPLE_BAR_COLUMN = 2;

function ranksOf({ vocabulary, config }: Tokenizer): readonly Uint8Array[] {
  let ranks = knownRanks.get(vocabulary);
  if (ranks === undefined) {
    ranks = vocabulary.columns.map((column) => Uint8Array.from(column.tokens, (token) => rankOf(token, config)));
    knownRanks.set(vocabulary, ranks);
  }
  return ranks;
}

/** A place before a token of these types is between two events, or between two times. */
function rankOf(token: string, config: TokenizerConfig): number {
  const [first = ''] = baseTokensOf(token);
  const type = first.slice(0, first.indexOf('_'));
  // Words of a trained model are bars, or beats.
  if (token.startsWith(WORD_START) && config.encode_ids_split !== 'no') {
    return config.encode_ids_split === 'bar' ? BAR : TIME;
  }
  switch (type) {
    case 'Bar':
      return BAR;
    case 'Position':
    case 'TimeShift':
    case 'Rest':
      return TIME;
    case 'Tempo':
    case 'Pedal':
    case 'PedalOff':
      return EVENT;
    case 'Program':
      return config.tokenization === 'Structured' ? INSIDE : EVENT;
    case 'TimeSig':
      return config.tokenization === 'REMI' ? INSIDE : EVENT;
    case 'Pitch':
    case 'PitchDrum':
    case 'NoteOn':
    case 'NoteOff':
    case 'DrumOn':
    case 'DrumOff':
    case 'Chord':
    case 'PitchBend':
      return config.tokenization === 'Structured' || hasProgramBefore(config) ? INSIDE : EVENT;
    default:
      return INSIDE;
  }
}

/** Whether a Program token precedes each note in the stream; in CPWord it is in the same row. */
function hasProgramBefore(config: TokenizerConfig): boolean {
  return config.use_programs && config.tokenization !== 'CPWord';
}

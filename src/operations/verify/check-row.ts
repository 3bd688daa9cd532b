import { misplacedArrival } from '../../tokens/tokenizations/amt/arrivals-from-zero.ts';
import type { ReadRow } from './rows/row-source.ts';

/** What holds for all rows of a data set. */
export interface RowRules {
  /** Sizes of the vocabulary, one a column of compound tokens; `undefined` where the vocabulary cannot be read. */
  readonly vocabulary: readonly number[] | undefined;
  /** Whether tokens are times of arrival, durations and notes in turn; times go on beyond the vocabulary. */
  readonly areArrivals: boolean;
  /** The split that the name of the file gives. */
  readonly split: string | undefined;
  /** Length of the first embedding that was seen; later ones have the same. */
  readonly seen: { dimensions: number | undefined };
}

/** Yields what is wrong with the values of a row, once for each kind of fault. */
export function* checkRow(row: ReadRow, rules: RowRules): Generator<string> {
  const { midi_tokens: tokens, text_features: features, split, metadata } = row;
  const counted = tokens === undefined ? undefined : countTokens(tokens, rules);
  if (typeof counted === 'string') yield counted;
  else if (counted !== undefined && 'sequence_length' in row && Number(row.sequence_length) !== counted) {
    yield `sequence_length is ${row.sequence_length} for ${counted} tokens`;
  }
  const embedding = isMap(features) ? (features.embedding ?? undefined) : undefined;
  if (embedding !== undefined) yield* checkEmbedding(embedding, rules);
  if (rules.split !== undefined && split !== rules.split) yield `the row says that its split is ${split}`;
  if (typeof metadata === 'string' && !isJson(metadata)) yield 'metadata is not the text of a JSON value';
  const { midi_tokens: _, ...others } = row;
  const place = infinitePlace(others, []);
  if (place !== undefined) yield `${place} is not a finite number`;
}

/** Tokens of all streams, or what is wrong with them: the shape of MidiTok, every id in the vocabulary. */
function countTokens(tokens: unknown, rules: Pick<RowRules, 'vocabulary' | 'areArrivals'>): number | string {
  if (!isNumbers(tokens)) {
    if (!Array.isArray(tokens)) return 'midi_tokens is no list';
    let total = 0;
    for (const part of tokens) {
      const counted = countTokens(part, rules);
      if (typeof counted === 'string') return counted;
      total += counted;
    }
    return total;
  }
  const { vocabulary, areArrivals } = rules;
  if (areArrivals) {
    const wrong = misplacedArrival(tokens);
    return wrong === undefined ? tokens.length : `token id ${wrong} is none of those that may stand at its place`;
  }
  if (vocabulary === undefined) return tokens.length;
  const columns = vocabulary.length;
  // Some compound tokens end before their last column.
  if (columns > 1 && tokens.length > columns) return `a token has ${tokens.length} ids where ${columns} are due`;
  for (let at = 0; at < tokens.length; at++) {
    const id = Number(tokens[at]);
    const size = vocabulary[columns > 1 ? at : 0] ?? 0;
    if (!Number.isInteger(id) || id < 0 || id >= size)
      return `token id ${tokens[at]} is not in the vocabulary of ${size}`;
  }
  return columns > 1 ? Math.min(tokens.length, 1) : tokens.length;
}

function* checkEmbedding(embedding: unknown, { seen }: RowRules): Generator<string> {
  if (!isNumbers(embedding)) {
    yield 'the embedding is no list of numbers';
    return;
  }
  seen.dimensions ??= embedding.length;
  if (embedding.length !== seen.dimensions) {
    yield `the embedding has ${embedding.length} numbers where others have ${seen.dimensions}`;
  }
}

type Numbers = readonly (number | bigint)[] | Float32Array | Int32Array | Uint16Array;

/** An empty list is one. */
function isNumbers(value: unknown): value is Numbers {
  if (value instanceof Float32Array || value instanceof Int32Array || value instanceof Uint16Array) return true;
  return Array.isArray(value) && (value.length === 0 || typeof value[0] === 'number' || typeof value[0] === 'bigint');
}

function isMap(value: unknown): value is ReadRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Where in a value the first number is that is not finite. */
function infinitePlace(value: unknown, path: readonly string[]): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : path.join('.');
  if (isNumbers(value)) {
    const at = Array.from(value).findIndex((number) => typeof number === 'number' && !Number.isFinite(number));
    return at === -1 ? undefined : [...path, at].join('.');
  }
  if (Array.isArray(value) || isMap(value)) {
    for (const [name, entry] of Object.entries(value)) {
      const place = infinitePlace(entry, [...path, name]);
      if (place !== undefined) return place;
    }
  }
  return undefined;
}

import { ConfigError, MidiloomError, messageOf } from '../errors.ts';
import { encodeMidi } from '../midi/encode-midi.ts';
import { createTokenizer } from '../tokens/create-tokenizer.ts';
import type { TokenSequences } from '../tokens/token-sequences.ts';
import type { TokenizerConfig } from '../tokens/tokenizer-config.ts';

const MAX_ID = 0xffff;

/**
 * Turns token ids back into the bytes of a MIDI file. What the tokenization does not keep (exact timing, unused tokens)
 * is not there.
 *
 * @param ids - as MidiTok saves them, `{"ids": …}`, as a row of the data set, `{"midi_tokens": …}`, or the ids alone:
 * one stream, a list of streams, and one more level for compound tokens.
 * @throws ConfigError `ids_invalid` for anything else.
 */
export function detokenize(ids: unknown, config: TokenizerConfig): Uint8Array {
  const tokenizer = createTokenizer(config);
  const { hasShortRows = false } = tokenizer.tokenization;
  const sequences = sequencesOf(ids, { columns: tokenizer.vocabulary.columns.length, hasShortRows });
  try {
    return encodeMidi(tokenizer.decode(sequences));
  } catch (error) {
    if (error instanceof MidiloomError) throw new ConfigError('ids_invalid', error.message, { cause: error });
    throw error;
  }
}

/** Reads JSON text as `detokenize` takes it. */
export function parseIds(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError('ids_invalid', `not JSON: ${messageOf(error)}`);
  }
}

interface RowShape {
  readonly columns: number;
  /** Rows that end before the last column are possible. */
  readonly hasShortRows: boolean;
}

function sequencesOf(content: unknown, shape: RowShape): TokenSequences {
  const { columns } = shape;
  const streams = idsOf(content);
  const rowDepth = columns > 1 ? 2 : 1;
  const depth = depthOf(streams);
  if (depth === rowDepth) return { layout: 'single', columns, streams: [flat(streams, shape)] };
  if (depth === rowDepth + 1 && Array.isArray(streams)) {
    return { layout: 'tracks', columns, streams: streams.map((stream: unknown) => flat(stream, shape)) };
  }
  throw invalid(
    `lists nested ${depth} deep where the tokenizer has ${rowDepth}, or ${rowDepth + 1} for several streams`,
  );
}

function idsOf(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return content;
  if ('ids' in content) return content.ids;
  if ('midi_tokens' in content) return content.midi_tokens;
  throw invalid('neither "ids" nor "midi_tokens" in it');
}

function depthOf(value: unknown): number {
  let depth = 0;
  for (let inner = value; Array.isArray(inner); inner = inner.find((item) => Array.isArray(item))) depth++;
  return depth;
}

function flat(stream: unknown, { columns, hasShortRows }: RowShape): Uint16Array {
  const rows: unknown[] = Array.isArray(stream) ? stream : [];
  const isRow = (row: unknown): row is readonly unknown[] =>
    Array.isArray(row) && (row.length === columns || (hasShortRows && row.length < columns));
  const wrongRow = columns > 1 ? rows.find((row) => !isRow(row)) : undefined;
  if (wrongRow !== undefined) throw invalid(`a token of other than ${columns} ids: ${JSON.stringify(wrongRow)}`);
  const ids = rows.flatMap((row) =>
    isRow(row) ? Array.from({ length: columns }, (_, column) => row[column] ?? MAX_ID) : [row],
  );
  const wrong = ids.find((id) => typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id > MAX_ID);
  if (wrong !== undefined) throw invalid(`${JSON.stringify(wrong)} is no token id`);
  return Uint16Array.from(ids, Number);
}

function invalid(what: string): ConfigError {
  return new ConfigError('ids_invalid', `These are not the token ids of one piece: ${what}.`);
}

import type { CheckpointError } from '../errors.ts';
import { PIECE_BYTES } from '../similarity/piece-bytes.ts';
import type { StreamBars } from '../tokens/encode/bar-finder.ts';
import type { TokenIds, TokenSequences, WindowPlace } from '../tokens/token-sequences.ts';
import { bytesOf, invalidRecord, type JsonMap, packFields, RecordFields } from './record-fields.ts';

/** What the MIDI stage made of one pair. Names as in the data set. */
export interface MidiRecord {
  /** What copies of the piece are found by: `packPiece`. */
  readonly sketch: Uint8Array;
  readonly tokens: TokenSequences;
  /** Tokens over all streams; rows for compound tokens. */
  readonly sequence_length: number;
  /** Tokens that the limit on sequence length cut away. */
  readonly cut_tokens: number;
  /** Facts about the piece: plain values, lists and maps only; finite numbers. */
  readonly metadata: JsonMap;
}

/** A map of five fields, the name of the first, and how long its `bin` is. */
const BEFORE_SKETCH = Buffer.from(`\x85\xa6sketch\xc4${String.fromCharCode(PIECE_BYTES)}`, 'latin1');

/**
 * The bytes of a record: a msgpack map in which the ids of all streams lie one after the other as `bin` (u16,
 * little-endian; `wide_ids`, of 32 bits, where one needs them), cut up by `lengths` (ids a stream); `place_…` say where windows are, `bars_…` are empty where that is not known.
 * The sketch comes first, where `readSketch` finds it.
 */
export function packMidiRecord(record: Omit<MidiRecord, 'metadata'> & { readonly metadata: object }): Uint8Array {
  const { layout, columns, streams, places, words } = record.tokens;
  return packFields({
    sketch: bytesOf(record.sketch),
    tokens: {
      layout,
      columns,
      lengths: streams.map((ids) => ids.length),
      ...idFields(streams),
      ...placeFields(places),
      ...wordFields(words),
    },
    sequence_length: record.sequence_length,
    cut_tokens: record.cut_tokens,
    metadata: record.metadata,
  });
}

/** @throws CheckpointError `record_invalid` for anything `packMidiRecord` would not have written. */
export function unpackMidiRecord(bytes: Uint8Array): MidiRecord {
  const fields = RecordFields.unpack(bytes, 'a MIDI record');
  return {
    sketch: fields.bytes('sketch', PIECE_BYTES),
    tokens: tokensOf(fields.map('tokens')),
    sequence_length: fields.count('sequence_length'),
    cut_tokens: fields.count('cut_tokens'),
    metadata: fields.json('metadata'),
  };
}

/**
 * The sketch alone, as a view into the record: the search for copies looks at nothing else of it.
 *
 * @throws CheckpointError `record_invalid` where it is not at its place.
 */
export function readSketch(record: Uint8Array): Uint8Array {
  const sketch = record.subarray(BEFORE_SKETCH.length, BEFORE_SKETCH.length + PIECE_BYTES);
  const isInPlace = BEFORE_SKETCH.equals(record.subarray(0, BEFORE_SKETCH.length));
  if (!isInPlace || sketch.length !== PIECE_BYTES) throw inconsistent('no sketch where it begins');
  return sketch;
}

function tokensOf(fields: RecordFields): TokenSequences {
  const layout = fields.oneOf('layout', ['single', 'tracks', 'windows']);
  const columns = fields.count('columns');
  const lengths = fields.counts('lengths');
  const ids: TokenIds = fields.has('wide_ids')
    ? new Int32Array(fields.aligned('wide_ids', Int32Array.BYTES_PER_ELEMENT))
    : new Uint16Array(fields.aligned('ids', Uint16Array.BYTES_PER_ELEMENT));
  const streams: TokenIds[] = [];
  let at = 0;
  for (const length of lengths) {
    if (columns === 0 || length % columns !== 0) throw inconsistent(`a stream of ${length} ids in rows of ${columns}`);
    streams.push(ids.subarray(at, at + length));
    at += length;
  }
  if (at !== ids.length) throw inconsistent(`${ids.length} ids for streams of ${at}`);
  if (layout === 'single' && streams.length !== 1) throw inconsistent(`${streams.length} streams where one is due`);
  const places = placesOf(fields, streams.length);
  const words = wordsOf(fields, streams.length);
  return {
    layout,
    columns,
    streams,
    ...(places === undefined ? {} : { places }),
    ...(words === undefined ? {} : { words }),
  };
}

function placeFields(places: readonly WindowPlace[] | undefined) {
  if (places === undefined) return {};
  const bars = places.flatMap((place) => (place.bars === undefined ? [] : [place.bars]));
  return {
    place_streams: places.map(({ stream }) => stream),
    place_starts: places.map(({ start }) => start),
    bars_first: bars.length === places.length ? bars.map(([first]) => first) : [],
    bars_last: bars.length === places.length ? bars.map(([, last]) => last) : [],
  };
}

function placesOf(fields: RecordFields, streams: number): readonly WindowPlace[] | undefined {
  if (!fields.has('place_streams')) return undefined;
  const starts = fields.counts('place_starts');
  const first = fields.counts('bars_first');
  const last = fields.counts('bars_last');
  const places = fields.counts('place_streams').map((stream, at): WindowPlace => {
    const [from, to] = [first[at], last[at]];
    return { stream, start: starts[at] ?? 0, bars: from === undefined || to === undefined ? undefined : [from, to] };
  });
  if (places.length !== streams) throw inconsistent(`${places.length} places for ${streams} streams`);
  return places;
}

/** Where the words of all streams begin, one stream after the other, and the numbers of their bars or beats. */
function wordFields(words: readonly StreamBars[] | undefined) {
  if (words === undefined) return {};
  return {
    word_counts: words.map(({ starts }) => starts.length),
    word_starts: bytesOf(Int32Array.from(words.flatMap(({ starts }) => starts))),
    word_numbers: bytesOf(Int32Array.from(words.flatMap(({ numbers }) => numbers))),
  };
}

function wordsOf(fields: RecordFields, streams: number): readonly StreamBars[] | undefined {
  if (!fields.has('word_counts')) return undefined;
  const starts = new Int32Array(fields.aligned('word_starts', Int32Array.BYTES_PER_ELEMENT));
  const numbers = new Int32Array(fields.aligned('word_numbers', Int32Array.BYTES_PER_ELEMENT));
  let at = 0;
  const words = fields.counts('word_counts').map((count) => {
    const [from, to] = [at, at + count];
    at = to;
    return { starts: [...starts.subarray(from, to)], numbers: [...numbers.subarray(from, to)] };
  });
  if (words.length !== streams || at !== starts.length || at !== numbers.length) {
    throw inconsistent(
      `words of ${words.length} streams, ${starts.length} of them, where ${streams} and ${at} are due`,
    );
  }
  return words;
}

/** Ids of all streams, as wide as the widest. */
function idFields(streams: readonly TokenIds[]) {
  const ids = concatenate(streams);
  return ids instanceof Int32Array ? { wide_ids: bytesOf(ids) } : { ids: bytesOf(ids) };
}

function concatenate(streams: readonly TokenIds[]): TokenIds {
  const [only] = streams;
  if (only !== undefined && streams.length === 1) return only;
  const length = streams.reduce((sum, ids) => sum + ids.length, 0);
  const all = streams.some((ids) => ids instanceof Int32Array) ? new Int32Array(length) : new Uint16Array(length);
  let at = 0;
  for (const ids of streams) {
    all.set(ids, at);
    at += ids.length;
  }
  return all;
}

function inconsistent(what: string): CheckpointError {
  return invalidRecord('a MIDI record', `has ${what}`);
}

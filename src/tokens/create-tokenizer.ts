import type { Score } from '../midi/score.ts';
import type { WorkSpace } from '../midi/work-space.ts';
import { createDecoder } from './decode/create-decoder.ts';
import { cpWordEncoder } from './encode/encode-cpword.ts';
import { octupleEncoder } from './encode/encode-octuple.ts';
import { perTokEncoder } from './encode/encode-pertok.ts';
import { remiEncoder } from './encode/encode-remi.ts';
import { structuredEncoder } from './encode/encode-structured.ts';
import { timeShiftEncoder } from './encode/encode-time-shifts.ts';
import { EventTable } from './encode/event-table.ts';
import { listGlobalEvents, listTrackEvents } from './encode/list-events.ts';
import type { StreamEncoder } from './encode/stream-encoder.ts';
import { TokenBuffer } from './encode/token-buffer.ts';
import { formatTokenizerJson } from './format-tokenizer-json.ts';
import { type PreparedScore, ScorePreparer } from './preprocess/prepare-score.ts';
import { TickSorter } from './tick-sorter.ts';
import type { TokenSequences } from './token-sequences.ts';
import type { TokenizerConfig } from './tokenizer-config.ts';
import { type TokenizerTables, tokenizerTables } from './tokenizer-tables.ts';
import { TrainedEncoder } from './trained/trained-encoder.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Tokenizer {
  readonly config: TokenizerConfig;
  readonly vocabulary: Vocabulary;
  /**
   * The ids that MidiTok gives the file this score was read from.
   *
   * @param memory - For the ids, which then hold as long as the score that was decoded into it.
   * @throws MidiloomError for a score that no music has: `too_many_tokens`, `ticks_too_large`, `too_many_time_signatures`.
   */
  encode(score: Score, memory?: WorkSpace): TokenSequences;
  /**
   * The score that the ids say, as far as they say it (tracks by stream and program, notes, tempos, time signatures, pedals,
   * pitch bends; no names, no lyrics), at the resolution of the tokenizer. Ids of any order are read; what makes no sense
   * is passed over. Streams are tracks that sound together: join windows before (`limitSequences`), or decode one at a time.
   * @throws MidiloomError `tokens_invalid` for an id that is not in the vocabulary or a stream that is not made of whole rows.
   */
  decode(sequences: TokenSequences): Score;
  /** The text of a `tokenizer.json` that MidiTok loads to get this tokenizer. */
  toJson(): string;
}

/**
 * A tokenizer for one configuration. It keeps memory between calls, so use one for many scores.
 *
 * @example
 * const tokenizer = createTokenizer(presetConfig('remi'));
 * const { streams } = tokenizer.encode(score);
 */
export function createTokenizer(config: TokenizerConfig): Tokenizer {
  const tables = tokenizerTables(config);
  const preparer = new ScorePreparer(tables);
  const events = new EventTable();
  const sorter = new TickSorter();
  const trained = config.trained === null ? undefined : new TrainedEncoder(config, config.trained, tables.vocabulary);
  const out = trained?.out ?? new TokenBuffer();
  const decode = createDecoder(tables);
  const encodeStream = streamEncoder(tables, out);

  const takeStream = (score: PreparedScore, tracks: PreparedScore['tracks']): Uint16Array => {
    events.length = 0;
    listGlobalEvents(events, score, tables);
    for (const track of tracks) listTrackEvents(events, score, track, tables);
    encodeStream(events, sorter.order(events.tick, 0, events.length), score);
    return trained?.takeStream() ?? out.take();
  };

  return {
    config,
    vocabulary: trained?.vocabulary ?? tables.vocabulary,
    encode(score, memory) {
      const prepared = preparer.prepare(score);
      out.reset(memory);
      trained?.beginScore(score, prepared);
      const { tracks } = prepared;
      const streams =
        tables.isSingleStream || tracks.length === 0
          ? [takeStream(prepared, tracks)]
          : tracks.map((track) => takeStream(prepared, [track]));
      return {
        layout: tables.isSingleStream ? 'single' : 'tracks',
        columns: tables.vocabulary.columns.length,
        // After all of them, so that a score of too many tokens is refused before the model is at work.
        streams: trained?.apply(streams) ?? streams,
      };
    },
    decode: (sequences) => decode(trained?.decode(sequences) ?? sequences),
    toJson: () => formatTokenizerJson(config),
  };
}

function streamEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  switch (tables.config.tokenization) {
    case 'REMI':
      return remiEncoder(tables, out);
    case 'TSD':
    case 'MIDILike':
      return timeShiftEncoder(tables, out);
    case 'Structured':
      return structuredEncoder(tables, out);
    case 'PerTok':
      return perTokEncoder(tables, out);
    case 'CPWord':
      return cpWordEncoder(tables, out);
    case 'Octuple':
      return octupleEncoder(tables, out);
  }
}

import type { Score } from '../midi/score.ts';
import type { WorkSpace } from '../midi/work-space.ts';
import { createDecoder } from './decode/create-decoder.ts';
import { directTokenizer } from './direct-tokenizer.ts';
import { BarFinder, joinBars, type StreamBars } from './encode/bar-finder.ts';
import { EventSorter } from './encode/event-sorter.ts';
import { EventTable } from './encode/event-table.ts';
import { listGlobalEvents, listTrackEvents } from './encode/list-events.ts';
import { keepProgramChanges } from './encode/program-changes.ts';
import { TimedTokenBuffer } from './encode/timed-token-buffer.ts';
import { TokenBuffer } from './encode/token-buffer.ts';
import { formatTokenizerJson } from './format-tokenizer-json.ts';
import { ScorePreparer } from './preprocess/prepare-score.ts';
import type { PreparedScore, PreparedTrack } from './preprocess/prepared-score.ts';
import type { TokenLosses } from './preprocess/token-losses.ts';
import type { TokenSequences } from './token-sequences.ts';
import { tokenizationNamed } from './tokenizations/registry.ts';
import type { MidiTokTokenization, Tokenization } from './tokenizations/tokenization.ts';
import type { TokenizerConfig } from './tokenizer-config.ts';
import { tokenizerTables } from './tokenizer-tables.ts';
import { TrainedEncoder } from './trained/trained-encoder.ts';
import { NO_TOKEN, type Vocabulary } from './vocabulary.ts';

export interface Tokenizer {
  readonly config: TokenizerConfig;
  readonly tokenization: Tokenization;
  readonly vocabulary: Vocabulary;
  /** Of what it encodes. */
  readonly layout: 'single' | 'tracks';
  /**
   * The ids that MidiTok gives the file this score was read from.
   *
   * @param memory - For the ids, which then hold as long as the score that was decoded into it.
   * @throws MidiloomError for a score that no music has: `too_many_tokens`, `ticks_too_large`, `too_many_time_signatures`; and
   * for one that MidiTok fails at, too: `token_missing`, `meter_not_on_grid`, `no_events`.
   */
  encode(score: Score, memory?: WorkSpace): EncodedScore;
  /**
   * The score that MidiTok's `decode` gives (tracks by stream and program, notes, tempos, signatures of time and key, pedals,
   * pitch bends, controls; no names, no lyrics), at the resolution of the tokenizer. Ids of any order are read; what makes
   * no sense is passed over, also where MidiTok fails. Notes are in the order in which they were said (in MIDI-Like that of
   * their ends). Streams are tracks that sound together: join windows before (`limitSequences`), or decode one at a time.
   * @throws MidiloomError `tokens_invalid` for an id that is not in the vocabulary or a stream that is not made of whole rows.
   */
  decode(sequences: TokenSequences): Score;
  /** The text of a `tokenizer.json` that MidiTok loads to get this tokenizer. */
  toJson(): string;
}

export interface EncodedScore extends TokenSequences {
  /** What the tokenizer could not say. */
  readonly losses: TokenLosses;
  /** The bars of each stream, where the tokenizer was made to find them and its tokens are not compound. */
  readonly bars?: readonly StreamBars[];
  /** The words of each stream, from which vocabularies are learned, where the tokenizer was made to find them. */
  readonly words?: readonly StreamBars[];
}

export interface TokenizerExtras {
  /** Whether `encode` says where bars begin in the ids, which takes time; or words (`encode_ids_split`). */
  readonly finds?: 'bars' | 'words';
}

/**
 * A tokenizer for one configuration. It keeps memory between calls, so use one for many scores.
 *
 * @example
 * const tokenizer = createTokenizer(presetConfig('remi'));
 * const { streams } = tokenizer.encode(score);
 */
export function createTokenizer(config: TokenizerConfig, extras: TokenizerExtras = {}): Tokenizer {
  const tokenization = tokenizationNamed(config.tokenization);
  return 'blocks' in tokenization
    ? directTokenizer(config, tokenization)
    : midiTokTokenizer(config, tokenization, extras);
}

function midiTokTokenizer(
  config: TokenizerConfig,
  tokenization: MidiTokTokenization,
  { finds }: TokenizerExtras,
): Tokenizer {
  const tables = tokenizerTables(config, tokenization);
  const preparer = new ScorePreparer(tables);
  const events = new EventTable();
  const sorter = new EventSorter(tokenization.ranksAtTick?.(config));
  const trained = config.trained === null ? undefined : new TrainedEncoder(tables, config.trained);
  const timed = trained?.out ?? (finds === undefined ? undefined : new TimedTokenBuffer());
  const out = timed ?? new TokenBuffer();
  // In compound tokens, a column or the type of a token tells.
  const isCompound = tables.vocabulary.columns.length > 1;
  const bars = finds === undefined || isCompound ? undefined : new BarFinder(tables, finds);
  const decode = createDecoder(tables);
  const encodeStream = tokenization.encoder(tables, out);
  const [trackStart, trackEnd] = (tokenization.aroundTracks ?? []).map((token) => tables.vocabulary.idOf(token));
  const isJoined = tokenization.aroundTracks !== undefined;
  const layout = tables.isSingleStream || isJoined ? 'single' : 'tracks';

  const pushStream = (score: PreparedScore, tracks: readonly PreparedTrack[]): void => {
    events.length = 0;
    listGlobalEvents(events, score, tables);
    for (const track of tracks) listTrackEvents(events, score, track, tables);
    const order = sorter.order(events, score.clipTick);
    if (config.program_changes && tables.isSingleStream) keepProgramChanges(events, order, tables.hasNoteOffs);
    out.now = 0;
    if (trackStart !== undefined) out.push(trackStart);
    if (config.program_changes && !tables.isSingleStream) {
      for (const { group } of tracks) out.push(tables.ids.program[group.program + 1] ?? NO_TOKEN);
    }
    encodeStream(events, order, score);
    out.now += 1;
    if (trackEnd !== undefined) out.push(trackEnd);
  };
  const takeStream = (): Uint16Array => {
    if (timed !== undefined) bars?.addStream(timed.times);
    return trained?.takeStream() ?? out.take();
  };
  /** By id of what was said. */
  const barsOf = (said: readonly Uint16Array[]): readonly StreamBars[] | undefined => {
    const found =
      trained === undefined ? bars?.streams : bars?.streams.map((each, at) => trained.place(each, said[at]));
    if (found === undefined || !isJoined) return found;
    return [
      joinBars(
        found,
        said.map(({ length }) => length),
      ),
    ];
  };

  return {
    config,
    tokenization,
    vocabulary: trained?.vocabulary ?? tables.vocabulary,
    layout,
    encode(score, memory) {
      const prepared = preparer.prepare(score);
      out.reset(memory);
      trained?.beginScore(score, prepared);
      bars?.beginScore(score, prepared);
      const { tracks } = prepared;
      const streams: Uint16Array[] = [];
      if (tables.isSingleStream || tracks.length === 0) {
        pushStream(prepared, tracks);
        streams.push(takeStream());
      }
      for (const track of tables.isSingleStream ? [] : tracks) {
        pushStream(prepared, [track]);
        streams.push(takeStream());
      }
      // After all of them, so that a score of too many tokens is refused before the model is at work.
      const said = trained?.apply(streams) ?? streams;
      const found = barsOf(said);
      return {
        layout,
        columns: tables.vocabulary.columns.length,
        streams: isJoined ? [concatenate(said)] : said,
        losses: prepared.losses,
        ...(found === undefined || finds === undefined ? {} : { [finds]: found }),
      };
    },
    decode: (sequences) => decode(trained?.decode(sequences) ?? sequences),
    toJson: () => formatTokenizerJson(config),
  };
}

function concatenate(streams: readonly Uint16Array[]): Uint16Array {
  const joined = new Uint16Array(streams.reduce((sum, ids) => sum + ids.length, 0));
  let at = 0;
  for (const ids of streams) {
    joined.set(ids, at);
    at += ids.length;
  }
  return joined;
}

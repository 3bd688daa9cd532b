import type { Score } from '../../midi/score.ts';
import type { Decoder } from '../decode/decoder.ts';
import type { StreamEncoder } from '../encode/stream-encoder.ts';
import type { TokenBuffer } from '../encode/token-buffer.ts';
import type { TimeValue } from '../time-values.ts';
import type { TokenValues } from '../token-values.ts';
import type { TokenizerConfig, TokenizerOptions } from '../tokenizer-config.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import type { TokenBlock } from '../vocabulary.ts';

/** A way to write music in tokens: one of MidiTok's, or one that has nothing in common with those. */
export type Tokenization = MidiTokTokenization | DirectTokenization;

/** What any of them says of the places where a stream may be cut, and of its ids. */
interface CommonTokenization {
  /** How good a place before a token of this type is to cut a stream. */
  cutBefore(type: string, config: TokenizerConfig): CutRank;
  /** Column whose change begins a new bar, where bars have no tokens of their own. */
  readonly barColumn?: number;
  /** Rows may end before the last column. */
  readonly hasShortRows?: boolean;
  /** Each event is so many ids, whatever they say. */
  readonly idsPerEvent?: number;
  /** There are ids without a token: times that go on beyond the vocabulary. They may need more than 16 bits. */
  readonly hasOpenIds?: boolean;
}

/** A tokenization that goes from scores to ids and back by itself, in one stream of plain tokens. */
export interface DirectTokenization extends CommonTokenization {
  /** The options after construction. @throws ConfigError */
  settle(options: TokenizerOptions): TokenizerOptions;
  /** Scores are to be read with the messages of their files (`ReadingChoices.messages`), from which ids are made. */
  readonly readsMessages: true;
  /** The vocabulary, all of it. */
  blocks(): readonly TokenBlock[];
  encode(score: Score): ArrayLike<number>;
  /** Takes ids of any order; what makes no sense is passed over. */
  decode(ids: ArrayLike<number>): Score;
}

/**
 * All that sets one of MidiTok's tokenizations apart from the others. Everything else (what is said of a note, of a pedal …)
 * is common, and follows from the options.
 */
export interface MidiTokTokenization extends CommonTokenization {
  /**
   * The options as MidiTok has them after construction: what cannot be said is switched off, and the parameters that it has
   * of its own (`additional_params`) have their values.
   * @throws ConfigError where MidiTok refuses to make such a tokenizer.
   */
  settle(options: TokenizerOptions): TokenizerOptions;
  /** The vocabulary, column by column; special tokens and attribute controls are added to it. */
  columns(config: TokenizerConfig, values: TokenValues): readonly (readonly TokenBlock[])[];
  /** Makes what writes the events of a stream, and the time between them. */
  encoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder;
  /** Makes what reads them; `defaultTempo` is what is played where streams do not say. */
  decoder(config: TokenizerConfig, defaultTempo: number): Decoder;

  /** The list of programs is made anew from the list of programs, which changes its order (`hash-set-order.ts`). */
  readonly copiesPrograms?: boolean;
  /** The end of a note is an event. */
  hasNoteOffs?(config: TokenizerConfig): boolean;
  /** Drums have pitches of their own whatever the options say. */
  readonly alwaysHasDrums?: boolean;
  /** What comes first of several events at a tick, by kind of event; `undefined`: as they are listed. */
  ranksAtTick?(config: TokenizerConfig): Uint8Array | undefined;
  /** Tracks in order of program instead of their own, and without those whose own program (of drums, too) is not used. */
  readonly listsByProgram?: boolean;
  /** Ticks of a quarter, where times stay as fine as this instead of being put on the grid of `beat_res`. */
  fineGrid?(config: TokenizerConfig): FineGrid;
  /** Bars that can be told apart: what begins later is left out. */
  mostBars?(config: TokenizerConfig): number;
  /** Tokens around the stream of a track; the streams of all tracks are one then. */
  readonly aroundTracks?: readonly [start: string, end: string];
}

export interface FineGrid {
  readonly ticksPerQuarter: number;
  readonly durations: readonly TimeValue[];
  /** Index of the duration that says a span of ticks best. */
  nearest(span: number): number;
}

/** Ranks of places to cut a stream: inside an event, between two, between two times, between two bars. */
export const CUT = { inside: 0, event: 1, time: 2, bar: 3 } as const;
export type CutRank = (typeof CUT)[keyof typeof CUT];

/** The rank of most types where nothing precedes the first token of an event. */
export function usualCut(type: string, config: TokenizerConfig): CutRank {
  const hasProgramBefore = config.use_programs && !config.program_changes;
  switch (type) {
    case 'Bar':
    case 'Track':
      return CUT.bar;
    case 'Position':
    case 'TimeShift':
    case 'Rest':
      return CUT.time;
    case 'Tempo':
    case 'TimeSig':
    case 'KeySig':
    case 'Pedal':
    case 'PedalOff':
    case 'Program':
      return CUT.event;
    case 'Pitch':
    case 'PitchDrum':
    case 'PitchIntervalTime':
    case 'PitchIntervalChord':
    case 'NoteOn':
    case 'NoteOff':
    case 'DrumOn':
    case 'DrumOff':
    case 'Chord':
    case 'PitchBend':
    case 'ControlChange':
      return hasProgramBefore ? CUT.inside : CUT.event;
    default:
      return CUT.inside;
  }
}

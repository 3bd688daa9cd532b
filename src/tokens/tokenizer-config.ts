/**
 * What a tokenizer is made from: the tokenization and MidiTok 3's options, under MidiTok's own names (snake_case, so that
 * a reader of its documentation or of a `tokenizer.json` finds them here). Total and frozen: nothing downstream has a
 * default. Options whose type is a literal are kept only to be written back; other values of them are refused on reading.
 */
export interface TokenizerConfig extends TokenizerOptions {
  readonly tokenization: Tokenization;
}

export const TOKENIZATIONS = ['REMI', 'TSD', 'MIDILike', 'Structured', 'CPWord', 'Octuple', 'PerTok'] as const;
export type Tokenization = (typeof TOKENIZATIONS)[number];

/** In the order in which MidiTok saves them. */
export interface TokenizerOptions {
  /** Lowest and highest pitch, both inclusive. */
  readonly pitch_range: readonly [number, number];
  readonly beat_res: readonly BeatResolution[];
  readonly num_velocities: number;
  readonly remove_duplicated_notes: boolean;
  /** What words a trained model is applied to; the whole stream for `no`. */
  readonly encode_ids_split: 'bar' | 'beat' | 'no';
  readonly special_tokens: readonly string[];
  readonly use_velocities: true;
  readonly use_note_duration_programs: readonly number[];
  readonly use_chords: boolean;
  readonly use_rests: boolean;
  readonly use_tempos: boolean;
  readonly use_time_signatures: boolean;
  readonly use_sustain_pedals: boolean;
  readonly use_pitch_bends: boolean;
  readonly use_programs: boolean;
  readonly use_pitch_intervals: false;
  readonly use_pitchdrum_tokens: true;
  /** In beats; matters only where a program has no duration tokens, which is refused. */
  readonly default_note_duration: number;
  /** -1 is drums. The vocabulary has them in an order of its own, see `hash-set-order.ts`. */
  readonly programs: readonly number[];
  readonly one_token_stream_for_programs: boolean;
  readonly program_changes: false;
  readonly beat_res_rest: readonly BeatResolution[];
  readonly chord_maps: readonly ChordMap[];
  readonly chord_tokens_with_root_note: false;
  readonly chord_unknown: null;
  readonly num_tempos: number;
  /** Slowest and fastest, in quarter notes a minute. */
  readonly tempo_range: readonly [number, number];
  readonly log_tempos: false;
  readonly delete_equal_successive_tempo_changes: boolean;
  readonly time_signature_range: readonly TimeSignatureRange[];
  /** Without effect, as in MidiTok: equal successive signatures are always removed. */
  readonly delete_equal_successive_time_sig_changes: boolean;
  readonly sustain_pedal_duration: false;
  /** Lowest value, highest value, number of values. */
  readonly pitch_bend_range: readonly [number, number, number];
  readonly max_pitch_interval: number;
  readonly pitch_intervals_max_time_dist: number;
  readonly drums_pitch_range: readonly [number, number];
  /** Attribute controls, `ac_…`: switched off, their numbers kept as read. */
  readonly attribute_controls: Readonly<Record<string, number | false>>;
  /** Octuple: the number of bars it can tell apart. `null` for all others. */
  readonly max_bar_embedding: number | null;
  /** PerTok: how it tells small deviations from the grid. `null` for all others. */
  readonly microtiming: Microtiming | null;
  /** What MidiTok trained on top of the tokenization. */
  readonly trained: TrainedModel | null;
}

/** A BPE, Unigram or WordPiece model and the vocabulary it was trained over, as MidiTok's file has them. */
export interface TrainedModel {
  /** The MidiTok that made it: where words end differs from version to version. */
  readonly miditok_version: string;
  /** The text of a `tokenizer.json` of Hugging Face's `tokenizers`. */
  readonly model: string;
  /** Ids of base tokens. */
  readonly vocab_base: Readonly<Record<string, number>>;
  /** Base tokens by the character that the model knows them as. */
  readonly vocab_base_byte_to_token: Readonly<Record<string, string>>;
}

/** PerTok's `additional_params`, but for `use_microtiming`, which is always on. */
export interface Microtiming {
  readonly ticks_per_quarter: number;
  /** In quarters. */
  readonly max_microtiming_shift: number;
  readonly num_microtiming_bins: number;
}

/** From beat `from` to beat `to` (exclusive) a beat has `resolution` positions. */
export interface BeatResolution {
  readonly from: number;
  readonly to: number;
  readonly resolution: number;
}

/** Numerators that the tokenizer knows for one denominator. The order is that of the vocabulary. */
export interface TimeSignatureRange {
  readonly denominator: number;
  readonly numerators: readonly number[];
}

/** A chord quality and the pitches above its first note that make it, in semitones. */
export interface ChordMap {
  readonly quality: string;
  readonly offsets: readonly number[];
}

/** Whether all tracks end up in one stream of tokens; otherwise there is one stream for each track. */
export function isSingleStream(config: TokenizerConfig): boolean {
  return config.use_programs && config.one_token_stream_for_programs;
}

/** Positions in a beat: the finest resolution of `beat_res`, or the ticks of PerTok. */
export function positionsPerBeat(config: TokenizerConfig): number {
  return config.microtiming?.ticks_per_quarter ?? Math.max(...config.beat_res.map((range) => range.resolution));
}

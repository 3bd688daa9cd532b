/**
 * What a tokenizer is made from: the tokenization and MidiTok's options, under MidiTok's own names (snake_case, so that
 * a reader of its documentation or of a `tokenizer.json` finds them here). Total and frozen: nothing downstream has a
 * default.
 */
export interface TokenizerConfig extends TokenizerOptions {
  /** A name in `tokenizations/registry.ts`. */
  readonly tokenization: string;
}

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
  readonly use_velocities: boolean;
  /** Programs whose notes have a duration; -1 is drums. */
  readonly use_note_duration_programs: readonly number[];
  readonly use_chords: boolean;
  readonly use_rests: boolean;
  readonly use_tempos: boolean;
  readonly use_time_signatures: boolean;
  readonly use_key_signatures: boolean;
  readonly use_sustain_pedals: boolean;
  readonly use_pitch_bends: boolean;
  readonly use_control_changes: boolean;
  readonly control_change_numbers: readonly number[];
  /** Values of a continuous controller. */
  readonly control_change_n_bins: number;
  readonly use_programs: boolean;
  readonly use_pitch_intervals: boolean;
  readonly use_pitchdrum_tokens: boolean;
  /** In beats; of notes whose program has no duration tokens, when they are decoded. */
  readonly default_note_duration: number;
  /** -1 is drums. The vocabulary has them in an order of its own, see `hash-set-order.ts`. */
  readonly programs: readonly number[];
  readonly one_token_stream_for_programs: boolean;
  /** A Program token where the program changes, instead of one before each event. */
  readonly program_changes: boolean;
  readonly beat_res_rest: readonly BeatResolution[];
  readonly chord_maps: readonly ChordMap[];
  readonly chord_tokens_with_root_note: boolean;
  /** From how many notes, to how many (exclusive), a chord that is none of the maps has a token. */
  readonly chord_unknown: readonly [number, number] | null;
  readonly num_tempos: number;
  /** Slowest and fastest, in quarter notes a minute. */
  readonly tempo_range: readonly [number, number];
  readonly log_tempos: boolean;
  readonly delete_equal_successive_tempo_changes: boolean;
  readonly time_signature_range: readonly TimeSignatureRange[];
  /** Almost without effect, as in MidiTok: equal successive signatures are always removed. */
  readonly delete_equal_successive_time_sig_changes: boolean;
  /** A pedal has a Duration token instead of a PedalOff. */
  readonly sustain_pedal_duration: boolean;
  /** Lowest value, highest value, number of values. */
  readonly pitch_bend_range: readonly [number, number, number];
  readonly max_pitch_interval: number;
  /** In beats. */
  readonly pitch_intervals_max_time_dist: number;
  readonly drums_pitch_range: readonly [number, number];
  /** Attribute controls, `ac_…`: their tokens are in the vocabulary. */
  readonly attribute_controls: AttributeControls;
  /** What the tokenization knows beside these, and whatever else the file has there. */
  readonly additional_params: Readonly<Record<string, unknown>>;
  /** The MidiTok whose ids these are, see `miditok-version.ts`. */
  readonly miditok: MidiTokVersion;
  /** What MidiTok trained on top of the tokenization. */
  readonly trained: TrainedModel | null;
}

export type MidiTokVersion = '3.0.6' | '3.1.0';

export interface AttributeControls {
  readonly ac_polyphony_track: boolean;
  readonly ac_polyphony_bar: boolean;
  readonly ac_polyphony_min: number;
  readonly ac_polyphony_max: number;
  readonly ac_pitch_class_bar: boolean;
  readonly ac_note_density_track: boolean;
  readonly ac_note_density_track_min: number;
  readonly ac_note_density_track_max: number;
  readonly ac_note_density_bar: boolean;
  readonly ac_note_density_bar_max: number;
  readonly ac_note_duration_bar: boolean;
  readonly ac_note_duration_track: boolean;
  readonly ac_repetition_track: boolean;
  readonly ac_repetition_track_num_bins: number;
  readonly ac_repetition_track_num_consec_bars: number;
}

/** A BPE, Unigram or WordPiece model and the vocabulary it was trained over, as MidiTok's file has them. */
export interface TrainedModel {
  /** The text of a `tokenizer.json` of Hugging Face's `tokenizers`. */
  readonly model: string;
  /** Ids of base tokens. */
  readonly vocab_base: Readonly<Record<string, number>>;
  /** Base tokens by the character that the model knows them as. */
  readonly vocab_base_byte_to_token: Readonly<Record<string, string>>;
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

/** Positions in a beat: the finest resolution of `beat_res`. */
export function positionsPerBeat(config: TokenizerOptions): number {
  return Math.max(...config.beat_res.map((range) => range.resolution));
}

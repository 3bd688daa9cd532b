import { hashSetOrder } from './hash-set-order.ts';
import { VERSION_FIELDS } from './miditok-version.ts';
import { formatOrderedJson, orderedKey } from './ordered-json.ts';
import type { BeatResolution, TokenizerConfig } from './tokenizer-config.ts';

/** Options that MidiTok 3.0.6 does not have. */
const NEW_OPTIONS = ['use_key_signatures', 'use_control_changes', 'control_change_numbers', 'control_change_n_bins'];

/**
 * The text of MidiTok's `tokenizer.json` for a configuration: what `MusicTokenizer.save` writes and its constructor
 * loads (`REMI(params="tokenizer.json")`). MidiTok derives the vocabulary from it, so that it holds none but where there
 * is a trained model, and it must not hold more: MidiTok makes every other key an attribute of the tokenizer, which fails
 * for those that are properties.
 */
export function formatTokenizerJson(config: TokenizerConfig): string {
  const {
    tokenization,
    attribute_controls: controls,
    additional_params: params,
    trained,
    miditok,
    ...options
  } = config;
  const saved = {
    ...options,
    beat_res: beatResolutions(options.beat_res),
    control_change_numbers: hashSetOrder(options.control_change_numbers),
    beat_res_rest: beatResolutions(options.beat_res_rest),
    chord_maps: Object.fromEntries(options.chord_maps.map((map) => [orderedKey(map.quality), map.offsets])),
    time_signature_range: Object.fromEntries(
      options.time_signature_range.map((range) => [orderedKey(String(range.denominator)), range.numerators]),
    ),
    ...controls,
    additional_params: params,
  };
  const isNew = (name: string): boolean => miditok === '3.0.6' && NEW_OPTIONS.includes(name);
  return formatOrderedJson({
    config: Object.fromEntries(Object.entries(saved).filter(([name]) => !isNew(name))),
    tokenization,
    ...VERSION_FIELDS[miditok],
    ...(trained === null
      ? {}
      : {
          _vocab_base: trained.vocab_base,
          _model: trained.model,
          _vocab_base_byte_to_token: trained.vocab_base_byte_to_token,
        }),
  });
}

function beatResolutions(ranges: readonly BeatResolution[]): Readonly<Record<string, number>> {
  return Object.fromEntries(ranges.map((range) => [`${range.from}_${range.to}`, range.resolution]));
}

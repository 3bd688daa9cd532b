import { formatOrderedJson, orderedKey } from './ordered-json.ts';
import type { BeatResolution, Microtiming, TokenizerConfig } from './tokenizer-config.ts';

/** The versions whose behaviour and file format this room reproduces. */
const VERSIONS = { miditok_version: '3.0.6.post1', symusic_version: '0.6.0', hf_tokenizers_version: '0.21.0' };

/**
 * The text of MidiTok's `tokenizer.json` for a configuration: what `MusicTokenizer.save` writes and its constructor
 * loads (`REMI(params="tokenizer.json")`). MidiTok derives the vocabulary from it, so that it holds none but where there
 * is a trained model, and it must not hold more: MidiTok makes every other key an attribute of the tokenizer, which fails
 * for those that are properties.
 */
export function formatTokenizerJson(config: TokenizerConfig): string {
  const {
    tokenization,
    attribute_controls: attributeControls,
    max_bar_embedding: maxBars,
    microtiming,
    trained,
    ...options
  } = config;
  return formatOrderedJson({
    config: {
      ...options,
      beat_res: beatResolutions(options.beat_res),
      beat_res_rest: beatResolutions(options.beat_res_rest),
      chord_maps: Object.fromEntries(options.chord_maps.map((map) => [orderedKey(map.quality), map.offsets])),
      time_signature_range: Object.fromEntries(
        options.time_signature_range.map((range) => [orderedKey(String(range.denominator)), range.numerators]),
      ),
      ...attributeControls,
      additional_params: additionalParams(tokenization, maxBars, microtiming),
    },
    tokenization,
    ...VERSIONS,
    ...(trained === null
      ? {}
      : {
          miditok_version: trained.miditok_version,
          _vocab_base: trained.vocab_base,
          _model: trained.model,
          _vocab_base_byte_to_token: trained.vocab_base_byte_to_token,
        }),
  });
}

function beatResolutions(ranges: readonly BeatResolution[]): Readonly<Record<string, number>> {
  return Object.fromEntries(ranges.map((range) => [`${range.from}_${range.to}`, range.resolution]));
}

function additionalParams(
  tokenization: TokenizerConfig['tokenization'],
  maxBars: number | null,
  microtiming: Microtiming | null,
): object {
  if (microtiming !== null) {
    const { ticks_per_quarter, ...bins } = microtiming;
    return { ticks_per_quarter, use_microtiming: true, ...bins };
  }
  if (tokenization === 'REMI')
    return { max_bar_embedding: maxBars, use_bar_end_tokens: false, add_trailing_bars: false };
  return tokenization === 'Octuple' ? { max_bar_embedding: maxBars } : {};
}

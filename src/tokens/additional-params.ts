import { ConfigError } from '../errors.ts';
import { isIntegerIn, isObject, type JsonObject } from './option-readers.ts';
import { largestMicrotiming, smallestShift } from './pertok-values.ts';
import type { Microtiming, TokenizerConfig } from './tokenizer-config.ts';

/** Bars that Octuple tells apart unless the file says otherwise. */
const USUAL_BARS = 60;
const MOST_BARS = 60_000;
const BEATS_A_BAR = 4;

/**
 * The configuration with what its `additional_params` say; which there are depends on the tokenization.
 * @throws ConfigError `tokenizer_config_invalid`, or `tokenizer_option_unsupported` for values that were not proven.
 */
export function withAdditionalParams(config: TokenizerConfig, value: unknown): TokenizerConfig {
  const params = value ?? {};
  if (!isObject(params)) {
    throw new ConfigError(
      'tokenizer_config_invalid',
      'wrong tokenizer configuration: "additional_params" must be an object',
    );
  }
  switch (config.tokenization) {
    case 'REMI': {
      const {
        max_bar_embedding: bars = null,
        use_bar_end_tokens: ends = false,
        add_trailing_bars: trailing = false,
      } = params;
      refuseOthers(config, params, ['max_bar_embedding', 'use_bar_end_tokens', 'add_trailing_bars']);
      demand(bars === null && ends === false && trailing === false, config, params);
      return config;
    }
    case 'Octuple': {
      const { max_bar_embedding: bars = USUAL_BARS } = params;
      refuseOthers(config, params, ['max_bar_embedding']);
      if (!isIntegerIn(bars, 1, MOST_BARS)) throw unsupported(config, params);
      return { ...config, max_bar_embedding: bars };
    }
    case 'PerTok':
      return { ...config, microtiming: readMicrotiming(config, params) };
    default:
      refuseOthers(config, params, []);
      return config;
  }
}

/**
 * The rules of PerTok were worked out from ids in which the smallest shift and the largest deviation are the same, every
 * tick has its bin, and notes are all there is: only such a configuration is known to give MidiTok's ids.
 */
function readMicrotiming(config: TokenizerConfig, params: JsonObject): Microtiming {
  const { ticks_per_quarter: ticks, max_microtiming_shift: shift, num_microtiming_bins: bins } = params;
  refuseOthers(config, params, [
    'ticks_per_quarter',
    'use_microtiming',
    'max_microtiming_shift',
    'num_microtiming_bins',
  ]);
  if (!isIntegerIn(ticks, 1, 960) || typeof shift !== 'number' || !isIntegerIn(bins, 2, 1920))
    throw unsupported(config, params);
  const microtiming = { ticks_per_quarter: ticks, max_microtiming_shift: shift, num_microtiming_bins: bins };
  const largest = largestMicrotiming(microtiming);
  const [first] = config.beat_res;
  const isProven = largest * 2 === bins && smallestShift(config.beat_res, microtiming) === largest;
  const coversBars =
    first !== undefined && first.from === 0 && first.to > BEATS_A_BAR && ticks === largest * first.resolution;
  const options = [
    config.use_programs,
    config.use_tempos,
    config.use_time_signatures,
    config.use_rests,
    config.use_chords,
  ];
  const isPlain = ![...options, config.use_sustain_pedals, config.use_pitch_bends].includes(true);
  demand(params.use_microtiming === true && isProven && coversBars && isPlain, config, params);
  return microtiming;
}

function refuseOthers(config: TokenizerConfig, params: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(params).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new ConfigError(
    'tokenizer_option_unknown',
    `the tokenizer configuration has additional parameters that ${config.tokenization} does not know: ${unknown.join(', ')}`,
  );
}

function demand(condition: boolean, config: TokenizerConfig, params: JsonObject): void {
  if (!condition) throw unsupported(config, params);
}

function unsupported({ tokenization }: TokenizerConfig, params: JsonObject): ConfigError {
  const values = Object.entries(params).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return new ConfigError(
    'tokenizer_option_unsupported',
    `${tokenization} is not supported with these options and additional parameters: ${values.join(', ') || 'none'}`,
  );
}

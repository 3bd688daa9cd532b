import { ConfigError, MidiloomError } from '../../errors.ts';
import { mmmDecoder } from '../decode/mmm-decoder.ts';
import type { StreamEncoder } from '../encode/stream-encoder.ts';
import type { TokenBuffer } from '../encode/token-buffer.ts';
import type { TokenizerOptions } from '../tokenizer-config.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import { NO_TOKEN } from '../vocabulary.ts';
import { midiLike } from './midilike.ts';
import { remi } from './remi.ts';
import type { MidiTokTokenization } from './tokenization.ts';
import { tsd } from './tsd.ts';

const BASES: Readonly<Record<string, MidiTokTokenization>> = { REMI: remi, TSD: tsd, MIDILike: midiLike };
const AROUND = ['Track_Start', 'Track_End'] as const;

/**
 * MMM (Ens and Pasquier, "Multi-Track Music Machine", 2020): tracks one after the other in one stream, each with its program
 * and in the tokens of another tokenization, `base_tokenizer`.
 */
export const mmm: MidiTokTokenization = {
  settle(options) {
    const settled = {
      ...options,
      use_control_changes: false,
      use_programs: true,
      program_changes: true,
      one_token_stream_for_programs: false,
      special_tokens: [...new Set([...options.special_tokens, ...AROUND])],
    };
    baseOf(settled).settle(settled);
    return settled;
  },
  columns: (config, values) => baseOf(config).columns(config, values),
  encoder: mmmEncoder,
  decoder: (config, defaultTempo) => mmmDecoder(baseOf(config).decoder(config, defaultTempo)),
  cutBefore: (type, config) => baseOf(config).cutBefore(type, config),
  hasNoteOffs: (config) => baseOf(config).hasNoteOffs?.(config) ?? false,
  ranksAtTick: (config) => baseOf(config).ranksAtTick?.(config),
  aroundTracks: AROUND,
  copiesPrograms: true,
};

/** @throws ConfigError `tokenizer_config_invalid` */
function baseOf({ additional_params: params }: TokenizerOptions): MidiTokTokenization {
  const name = params.base_tokenizer;
  const base = typeof name === 'string' && Object.hasOwn(BASES, name) ? BASES[name] : undefined;
  if (base !== undefined) return base;
  throw new ConfigError(
    'tokenizer_config_invalid',
    `wrong tokenizer configuration: MMM needs the additional parameter base_tokenizer, one of ${Object.keys(BASES).join(', ')}`,
  );
}

function mmmEncoder(tables: TokenizerTables, out: TokenBuffer): StreamEncoder {
  const encode = baseOf(tables.config).encoder(tables, out);
  return (events, order, score) => {
    const row = order[0] ?? 0;
    if (events.length === 0) throw new MidiloomError('no_events', 'there is nothing to tokenize; MidiTok fails, too');
    // A single token has no time before it.
    const isOneToken = events.length === 1 && events.second[row] === NO_TOKEN && events.third[row] === NO_TOKEN;
    if (isOneToken) out.push(events.first[row] ?? NO_TOKEN);
    else encode(events, order, score);
  };
}

import { isIntegerIn } from '../option-readers.ts';
import type { TokenizerConfig } from '../tokenizer-config.ts';
import { BeatTicks } from './beat-ticks.ts';
import { cpWordDecoder } from './cpword-decoder.ts';
import type { Decoder } from './decoder.ts';
import { mmmDecoder } from './mmm-decoder.ts';
import { muMidiDecoder } from './mumidi-decoder.ts';
import { octupleDecoder } from './octuple-decoder.ts';
import { midiLikeDecoder, perTokDecoder, remiDecoder, structuredDecoder, tsdDecoder } from './plain-decoder.ts';
import type { TokenMeaning } from './token-meanings.ts';

/** The decoder of a configuration. */
export function decoderOf(config: TokenizerConfig, defaultTempo: number, name: string = config.tokenization): Decoder {
  const ticks = new BeatTicks(config);
  const params = config.additional_params;
  switch (name) {
    case 'REMI':
      return remiDecoder(config, ticks);
    case 'TSD':
      return tsdDecoder(config, ticks);
    case 'Structured':
      return structuredDecoder(config, ticks);
    case 'MIDILike':
      return midiLikeDecoder(config, ticks, longestDuration(params.max_duration));
    case 'PerTok': {
      const ticksPerQuarter = isIntegerIn(params.ticks_per_quarter, 1, 2 ** 20) ? params.ticks_per_quarter : 1;
      return perTokDecoder(config, ticksPerQuarter, params.use_microtiming === true);
    }
    case 'MMM':
      return mmmDecoder(decoderOf(config, defaultTempo, String(params.base_tokenizer)));
    case 'CPWord':
      return cpWordDecoder(config, ticks, defaultTempo);
    case 'Octuple':
      return octupleDecoder(config, ticks, defaultTempo);
    case 'MuMIDI':
      return muMidiDecoder(config, ticks, defaultTempo);
    default:
      throw new Error(`no decoder for ${name}`);
  }
}

/** `[2, 0, 8]` or `2.0.8`. */
function longestDuration(value: unknown): TokenMeaning | undefined {
  if (value === undefined || value === null) return undefined;
  const numbers = (Array.isArray(value) ? value : String(value).split('.')).map(Number);
  return { type: 'Duration', value: numbers.join('.'), numbers };
}

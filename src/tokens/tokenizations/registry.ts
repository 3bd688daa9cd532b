import { ConfigError } from '../../errors.ts';
import { amt, amtInterarrival } from './amt/amt.ts';
import { cpWord } from './cpword.ts';
import { midiLike } from './midilike.ts';
import { mmm } from './mmm.ts';
import { muMidi } from './mumidi.ts';
import { octuple } from './octuple.ts';
import { perTok } from './pertok.ts';
import { remi } from './remi.ts';
import { structured } from './structured.ts';
import type { Tokenization } from './tokenization.ts';
import { tsd } from './tsd.ts';

/** All tokenizations, by MidiTok's names for them, and those that it does not have. */
const TOKENIZATIONS: Readonly<Record<string, Tokenization>> = {
  REMI: remi,
  TSD: tsd,
  MIDILike: midiLike,
  Structured: structured,
  CPWord: cpWord,
  Octuple: octuple,
  MuMIDI: muMidi,
  MMM: mmm,
  PerTok: perTok,
  AMT: amt,
  AMTInterarrival: amtInterarrival,
};

/** @throws ConfigError `tokenizer_option_unsupported` for a name that is none. */
export function tokenizationNamed(name: unknown): Tokenization {
  if (typeof name === 'string' && Object.hasOwn(TOKENIZATIONS, name)) {
    const found = TOKENIZATIONS[name];
    if (found !== undefined) return found;
  }
  throw new ConfigError(
    'tokenizer_option_unsupported',
    `tokenization ${JSON.stringify(name)} is not supported; supported are ${Object.keys(TOKENIZATIONS).join(', ')}`,
  );
}

import { fingerprintOf } from '../../config/fingerprint.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { tokenizerOfStage, tokenizerOptions, upgradedOptions } from '../../run-directory/tokenizer-of-stage.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';
import { checkpointToContinue } from './checkpoint-to-continue.ts';

/** What a preset may say otherwise in another version of midiloom, which may follow another MidiTok. */
const OF_PRESETS: ReadonlySet<string> = new Set(
  ['miditok', 'additional_params', 'drums_pitch_range', 'pitch_range', 'time_signature_range'].map(
    (name) => `tokenizer.${name}`,
  ),
);

/**
 * The tokenizer of a run that an earlier version began: where it differs only in what versions differ in, the run goes on by the
 * rules that it began with, so that all of its rows are made in one way.
 */
export async function keptTokenizer(config: RunConfig, chosen: TokenizerConfig): Promise<TokenizerConfig> {
  const found = await checkpointToContinue(config.midiCheckpoint, config);
  if (found === undefined) return chosen;
  const stored = fingerprintOf(upgradedOptions(found.fingerprint.options)).options;
  const wanted = fingerprintOf(tokenizerOptions(chosen)).options;
  // As it was read, in the order of its options, which is that of `tokenizer.json`.
  if (Object.keys(wanted).every((name) => stored[name] === wanted[name])) return chosen;
  const isPreset = config.tokenizerConfig === undefined;
  const mayDiffer = (name: string): boolean => name === 'tokenizer.miditok' || (isPreset && OF_PRESETS.has(name));
  const others = Object.keys(wanted).filter((name) => !mayDiffer(name));
  const isSame = others.every((name) => stored[name] === wanted[name]);
  return isSame ? tokenizerOfStage(found, config.outputDir) : chosen;
}

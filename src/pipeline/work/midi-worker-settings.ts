import type { RunConfig } from '../../config/run-config.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';
import type { MidiWorkerSettings } from '../../worker/midi-messages.ts';

/** What the workers of a run are told. @param chosen - what does not follow from its options alone. */
export function midiWorkerSettings(
  config: RunConfig,
  chosen: {
    readonly midiRoot: string;
    readonly tokenizer: TokenizerConfig;
    readonly cache: MidiWorkerSettings['cache'];
  },
): MidiWorkerSettings {
  return {
    ...chosen,
    allowOutside: config.allowOutside,
    maxFileBytes: Math.floor(config.maxFileMb * 2 ** 20),
    maxSequenceLength: config.maxSequenceLength,
    maxDroppedShare: config.maxDroppedShare,
    sequencePolicy: config.sequencePolicy,
    windowOverlap: config.windowOverlap,
    keepsWords: config.vocabSize !== undefined,
    midiPatterns: config.midiPatterns,
    midiTextEncoding: config.midiTextEncoding,
  };
}

import type { MidiWorkerSettings } from '../../src/worker/midi-messages.ts';

/** What the workers of a run without options are told, but for where the files are and how they are tokenized. */
export const USUAL_SETTINGS = {
  allowOutside: false,
  maxFileBytes: 2 ** 24,
  maxSequenceLength: undefined,
  sequencePolicy: 'truncate',
  windowOverlap: 0,
  keepsWords: false,
  maxDroppedShare: 1,
  midiPatterns: 'sequence',
  midiTextEncoding: 'auto',
  cache: undefined,
} as const satisfies Partial<MidiWorkerSettings>;

/** What the parent tells every MIDI worker once. */
export interface MidiWorkerSettings {
  readonly midiRoot: string;
  readonly allowOutside: boolean;
  readonly maxFileBytes: number;
  /** MidiTok's `tokenizer.json`, parsed; the worker builds its own tokenizer from it. */
  readonly tokenizerJson: unknown;
  readonly maxSequenceLength: number | undefined;
  readonly sequencePolicy: 'truncate' | 'split';
}

/** One pair as the MIDI stage sees it. */
export interface MidiJob {
  readonly index: number;
  readonly midiFile: string | undefined;
}

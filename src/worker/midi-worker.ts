/** Entry of a MIDI worker thread. */
import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import type { MidiJob, MidiWorkerSettings } from './midi-messages.ts';
import { packOutcomes } from './process-batch.ts';
import { createMidiProcessor } from './process-midi.ts';

const settings: MidiWorkerSettings = workerData;
const processMidi = createMidiProcessor(settings);

/** Works off a batch; the result's bytes are moved to the parent, not copied. */
export default function processMidiBatch(jobs: readonly MidiJob[]): unknown {
  const result = packOutcomes(jobs.map((job) => [job.index, processMidi(job)]));
  return move({ [transferableSymbol]: [result.frames.buffer], [valueSymbol]: result });
}

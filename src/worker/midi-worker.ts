/** Entry of a MIDI worker thread. */
import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import { BatchCache } from './batch-cache.ts';
import type { MidiJob, MidiWorkerSettings } from './midi-messages.ts';
import { packOutcomes } from './process-batch.ts';
import { createMidiProcessor } from './process-midi.ts';

const settings: MidiWorkerSettings = workerData;
const cache = await BatchCache.open(settings.cache);
const processMidi = createMidiProcessor(settings, cache);

/** Works off a batch; the result's bytes are moved to the parent, not copied. */
export default function processMidiBatch(jobs: readonly MidiJob[]): unknown {
  const result = packOutcomes(
    jobs.map((job) => [job.index, processMidi(job)]),
    cache,
  );
  return move({ [transferableSymbol]: [result.frames.buffer], [valueSymbol]: result });
}

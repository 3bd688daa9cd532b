/** Entry of a MIDI worker thread. */
import { workerData } from 'node:worker_threads';
import { BatchCache } from './batch-cache.ts';
import type { BatchResult, PairOutcome } from './batch-result.ts';
import type { ChangeJob, MidiJob, MidiWorkerSettings } from './midi-messages.ts';
import { packOutcomes } from './process-batch.ts';
import { createMidiProcessor } from './process-midi.ts';

const settings: MidiWorkerSettings = workerData;
const opened = BatchCache.open(settings.cache).then((cache) => ({
  cache,
  processMidi: createMidiProcessor(settings, cache),
}));
let changeMidi: ((job: ChangeJob) => PairOutcome) | undefined;

/**
 * Works off a batch. The result's bytes are copied to the parent: once a thread has given a buffer away, V8 looks at every
 * access to every typed array whether it is still there, which makes each file a tenth slower.
 */
export default async function processMidiBatch(jobs: readonly (MidiJob | ChangeJob)[]): Promise<BatchResult> {
  const { cache, processMidi } = await opened;
  const outcomes: [number, PairOutcome][] = [];
  for (const job of jobs) outcomes.push([job.index, 'changes' in job ? await changed(job) : processMidi(job)]);
  return packOutcomes(outcomes, cache);
}

async function changed(job: ChangeJob): Promise<PairOutcome> {
  changeMidi ??= (await import('./change-midi.ts')).createChangeProcessor(settings);
  return changeMidi(job);
}

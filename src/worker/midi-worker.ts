/** Entry of a MIDI worker thread. */
import { workerData } from 'node:worker_threads';
import { BatchCache } from './batch-cache.ts';
import type { BatchResult } from './batch-result.ts';
import { createChangeProcessor } from './change-midi.ts';
import type { ChangeJob, MidiJob, MidiWorkerSettings } from './midi-messages.ts';
import { packOutcomes } from './process-batch.ts';
import { createMidiProcessor } from './process-midi.ts';

const settings: MidiWorkerSettings = workerData;
const cache = await BatchCache.open(settings.cache);
const processMidi = createMidiProcessor(settings, cache);
let changeMidi: ReturnType<typeof createChangeProcessor> | undefined;

/**
 * Works off a batch. The result's bytes are copied to the parent: once a thread has given a buffer away, V8 looks at every
 * access to every typed array whether it is still there, which makes each file a tenth slower.
 */
export default function processMidiBatch(jobs: readonly (MidiJob | ChangeJob)[]): BatchResult {
  return packOutcomes(
    jobs.map((job) => [job.index, outcomeOf(job)]),
    cache,
  );
}

function outcomeOf(job: MidiJob | ChangeJob) {
  if (!('changes' in job)) return processMidi(job);
  changeMidi ??= createChangeProcessor(settings);
  return changeMidi(job);
}

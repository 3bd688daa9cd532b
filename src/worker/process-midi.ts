import { MidiloomError, messageOf } from '../errors.ts';
import { type FileOutcome, readMidi } from '../manifest/read-contained-file.ts';
import type { BatchCache } from './batch-cache.ts';
import type { PairOutcome } from './batch-result.ts';
import type { MidiJob, MidiWorkerSettings } from './midi-messages.ts';
import { createScoreRecords, failed } from './score-records.ts';

/** Makes the function that turns one pair into its MIDI record: read, decode, tokenize, describe. It never throws. */
export function createMidiProcessor(
  settings: MidiWorkerSettings,
  cache: BatchCache | undefined,
): (job: MidiJob) => PairOutcome {
  const records = createScoreRecords(settings);
  const access = { allowOutside: settings.allowOutside, maxBytes: settings.maxFileBytes, knownFolders: new Map() };

  function processMidi(index: number, file: FileOutcome): PairOutcome {
    if (!file.ok) return failed(`midi_${file.code}`, file.message);
    const known = cache?.find(index, file.bytes);
    if (known !== undefined) return { ok: true, bytes: known };
    const decoded = records.decode(file.bytes);
    if (!decoded.ok) return failed(decoded.error.code, decoded.error.message);
    const { score } = decoded;
    return records.recordOf(file.bytes, score, records.encode(score));
  }

  function outcomeOf({ index, midiFile, embedded, fetched, fault }: MidiJob): PairOutcome {
    if (fault !== undefined) return failed(fault.code, fault.error);
    if (midiFile === undefined) return failed('missing_midi', 'the pair names no MIDI file');
    let stamp: Uint8Array | undefined;
    try {
      const file = readMidi(midiFile, embedded, settings.midiRoot, access, fetched);
      stamp = file.stamp;
      return { ...processMidi(index, file), stamp };
    } catch (error) {
      const code = error instanceof MidiloomError ? error.code : 'internal_error';
      return { ...failed(`midi_${code}`, messageOf(error)), stamp };
    }
  }

  let last: { readonly index: number; readonly outcome: PairOutcome } | undefined;
  return (job) => {
    // The captions of a record have one file, which is decoded once.
    const isLast = job.hasFileOfLast === true && last?.index === job.index - 1;
    last = { index: job.index, outcome: isLast && last !== undefined ? last.outcome : outcomeOf(job) };
    return last.outcome;
  };
}

import type { Pair } from '../manifest/pair.ts';
import type { StageFailure } from './join-by-index.ts';
import { wellFormed } from './well-formed.ts';

/** A line of `failures.jsonl`. Without the time of the failure, so that the data set is the same whenever it is made. */
export function failureLine(pair: Pair, { stage, failure }: StageFailure): string {
  const line = {
    index: pair.index,
    id: wellFormed(pair.id),
    midi_file: pair.midiFile === undefined ? null : wellFormed(pair.midiFile),
    stage,
    code: failure.code,
    error: wellFormed(failure.error),
  };
  return `${JSON.stringify(line)}\n`;
}

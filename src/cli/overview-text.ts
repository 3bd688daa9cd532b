import type { RunOverview } from '../operations/run-overview.ts';
import { count } from './count.ts';
import { duration } from './duration.ts';
import { sizeText } from './size-text.ts';
import { stateText } from './state-text.ts';

/** How far a run is, in one line. */
export function overviewText(run: RunOverview): string {
  const { midi, text } = run.stages;
  const facts = [
    run.running === null ? stateText(run) : `${run.status} as process ${run.running.pid}`,
    ...(run.waiting.length === 0 ? [] : [`${count(run.waiting.length)} waiting for a lock`]),
    `MIDI ${count(midi.done)}/${count(midi.total)}`,
    `text ${count(text.done)}/${count(text.total)}`,
    ...(run.age_seconds === null ? [] : [`saved ${duration(run.age_seconds)} ago`]),
    sizeText(run.bytes),
  ];
  return facts.join(', ');
}

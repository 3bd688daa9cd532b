import type { RunEvent, StageProgress } from '../pipeline/run-events.ts';
import { count } from './count.ts';
import { duration } from './duration.ts';
import { printable } from './printable.ts';
import { updateLines } from './update-lines.ts';

/** What a run has before it, and what it found of earlier ones. */
export function plannedText({ inputFile, total, resumed, update }: Extract<RunEvent, { type: 'planned' }>): string {
  const keeps = update === undefined ? [] : updateLines(update, 'to make');
  const pairs = [`${count(total)} pairs in ${printable(inputFile)}`, ...keeps].join('\n');
  if (resumed.savedAt === undefined) return pairs;
  const ageSeconds = (Date.now() - Date.parse(resumed.savedAt)) / 1000;
  const found = [
    `MIDI ${count(resumed.midi)}/${count(total)}`,
    `text ${count(resumed.text)}/${count(total)}`,
    `${count(resumed.failed)} failed`,
    `last saved ${duration(Math.max(ageSeconds, 0))} ago`,
    ...(resumed.stoppedBy === undefined ? [] : [`stopped by ${printable(resumed.stoppedBy)}`]),
  ];
  return `${pairs}\nfound ${found.join(', ')}`;
}

/** How far a stage is, for a line of its own: what is saved counts, what a kill would lose stands beside it. */
export function stageLine(stage: string, progress: StageProgress): string {
  const { saved, done, total, failed } = progress;
  const facts = [
    `${count(saved)}/${count(total)} saved`,
    ...(done > saved ? [`${count(done)} done`] : []),
    ...paceOf(progress),
    `${count(failed)} failed`,
  ];
  return `${stage}: ${facts.join(', ')}`;
}

/** How far a stage is, beside its bar. */
export function progressFacts(progress: StageProgress): string[] {
  const { done, total, failed, savedAt } = progress;
  return [
    `${count(done)}/${count(total)}`,
    ...paceOf(progress),
    `${count(failed)} failed`,
    ...(savedAt === undefined ? [] : [`saved ${savedAt.toTimeString().slice(0, 8)}`]),
  ];
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function paceOf({ done, total, pairsPerSecond, secondsLeft }: StageProgress): string[] {
  const isGoingOn = secondsLeft !== undefined && done < total;
  return [`${rate(pairsPerSecond)}/s`, ...(isGoingOn ? [`${duration(secondsLeft)} left`] : [])];
}

function rate(perSecond: number): string {
  return perSecond >= 100 ? count(Math.round(perSecond)) : perSecond.toFixed(1);
}

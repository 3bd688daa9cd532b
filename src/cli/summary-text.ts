import { relative } from 'node:path';
import type { RunResult, StageResult } from '../pipeline/run-result.ts';
import { count } from './count.ts';
import { duration } from './duration.ts';
import { printable } from './printable.ts';

/** The end of a run, for a person: what became of the pairs, what was written and where, what to do next. */
export function summaryText(result: RunResult): string {
  const { total, completed, failed, stages, dataset } = result;
  const pending = total - completed - failed;
  const lines = [
    headline(result),
    `  pairs    ${count(total)}: ${count(completed)} complete, ${count(failed)} failed${pending > 0 ? `, ${count(pending)} pending` : ''}`,
    `  MIDI     ${stageText(stages.midi)}`,
    `  text     ${stageText(stages.text)}`,
  ];
  if (dataset !== undefined) {
    const rows = `${count(dataset.rows)} ${dataset.rows === 1 ? 'row' : 'rows'}${dataset.partial ? ', partial' : ''}`;
    lines.push(`  dataset  ${shown(dataset.directory)} (${rows})`);
    for (const file of dataset.files) lines.push(`           ${printable(file)}`);
    lines.push(`  figures  ${shown(dataset.statisticsFile)}`, `  report   ${shown(dataset.reportFile)}`);
  }
  return `${[...lines, ...advice(result)].join('\n')}\n`;
}

function headline({ status, seconds }: RunResult): string {
  const word = { complete: 'Complete', incomplete: 'Incomplete', interrupted: 'Stopped, everything finished is saved' };
  return `${word[status]} after ${duration(seconds)}.`;
}

function stageText({ done, failed, doneNow, seconds, cache }: StageResult): string {
  const rate = doneNow > 0 && seconds > 0 ? `, ${count(Math.round(doneNow / seconds))} pairs/s in this session` : '';
  const reused = cache === undefined ? '' : `, ${count(cache.hits)} from the cache`;
  return `${count(done)} done, ${count(failed)} failed${rate}${reused}`;
}

function advice({ status, failed, dataset }: RunResult): string[] {
  if (status === 'complete') {
    return failed > 0 && dataset !== undefined
      ? ['Failures, one line each: failures.jsonl; try them again with --mode retry.']
      : [];
  }
  return ['Go on with --mode continue.'];
}

/** A path as short as it can be written from here. */
function shown(path: string): string {
  const fromHere = relative('', path);
  return printable(fromHere.length < path.length ? fromHere || '.' : path);
}

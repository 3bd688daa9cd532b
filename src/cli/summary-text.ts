import { relative } from 'node:path';
import type { DatasetResult, RunResult, StageResult } from '../pipeline/run-result.ts';
import { captionLines } from './caption-lines.ts';
import { count } from './count.ts';
import { duration } from './duration.ts';
import { EXIT } from './exit-code.ts';
import { lossLines } from './loss-lines.ts';
import { codesText, pairsText } from './pairs-text.ts';
import { printable } from './printable.ts';
import { updateLines } from './update-lines.ts';

/** The end of a run, for a person: what became of the pairs, what was written and where, what to do next. */
export function summaryText(result: RunResult): string {
  const { total, completed, failed, skipped, foreign, codes, stages, dataset } = result;
  const pending = Math.max(total - completed - failed - skipped - foreign, 0);
  const lines = [
    headline(result),
    `  pairs    ${pairsText({ total, completed, failed, skipped, foreign, pending })}`,
    ...codesText(codes).map((text) => `  failed   ${text}`),
    `  MIDI     ${stageText(stages.midi, result.update !== undefined)}`,
    `  text     ${stageText(stages.text, result.update !== undefined)}`,
    ...(result.update === undefined ? [] : updateLines(result.update, 'made')),
  ];
  if (dataset !== undefined) {
    lines.push(...lossLines(dataset.losses), ...captionLines(dataset));
    lines.push(`  dataset  ${shown(dataset.directory)} (${rowsText(dataset)})`);
    for (const file of dataset.files) lines.push(`           ${printable(file)}`);
    lines.push(`  figures  ${shown(dataset.statisticsFile)}`);
    if (dataset.reportFile !== undefined) lines.push(`  report   ${shown(dataset.reportFile)}`);
  }
  return `${[...lines, ...advice(result), ...savingText(result)].join('\n')}\n`;
}

function headline({
  status,
  task,
  seconds,
  tooManyFailed,
  nothingSucceeded,
  failed,
  maxFailed = 0,
}: RunResult): string {
  const word = { complete: 'Complete', incomplete: 'Incomplete', interrupted: 'Stopped, everything finished is saved' };
  const but =
    status !== 'complete'
      ? ''
      : nothingSucceeded
        ? `, but no pair has a result (exit ${EXIT.incomplete})`
        : tooManyFailed
          ? `, but ${count(failed)} pairs failed, more than --max_failed ${count(maxFailed)} (exit ${EXIT.incomplete})`
          : '';
  const which = task === undefined ? '' : `Task ${task.number} of ${task.of} (from 0): `;
  return `${which}${word[status]} after ${duration(seconds)}${but}.`;
}

function rowsText({ rows, splits, partial }: DatasetResult): string {
  const names = Object.entries(splits);
  const bySplit = names.map(([name, number]) => `${printable(name)} ${count(number)}`).join(', ');
  return [
    `${count(rows)} ${rows === 1 ? 'row' : 'rows'}`,
    ...(partial ? ['partial'] : []),
    ...(names.length > 1 ? [bySplit] : []),
  ].join(', ');
}

/** In an update most of what was done now was kept: its pace says nothing. */
function stageText({ done, failed, doneNow, seconds, cache }: StageResult, isUpdate: boolean): string {
  const rate =
    !isUpdate && doneNow > 0 && seconds > 0 ? `, ${count(Math.round(doneNow / seconds))} pairs/s in this session` : '';
  const reused = cache === undefined ? '' : `, ${count(cache.hits)} from the cache`;
  return `${count(done)} done, ${count(failed)} failed${rate}${reused}`;
}

function advice({ status, failed, dataset, task, undoneTasks: [undone] = [], outputDir }: RunResult): string[] {
  if (undone !== undefined) {
    const all = dataset === undefined ? ', or join what there is with --save_partial' : '';
    return [`Work off what is missing: midiloom process --output_dir ${shown(outputDir)} --task ${undone}${all}.`];
  }
  if (status !== 'complete') return ['Go on with --mode continue.'];
  if (task !== undefined) {
    return [`When all tasks are done: midiloom process --mode merge --output_dir ${shown(task.run)}`];
  }
  const empty = Object.entries(dataset?.splits ?? {}).flatMap(([name, rows]) => (rows === 0 ? printable(name) : []));
  return [
    ...(empty.length > 0 && (dataset?.rows ?? 0) > 0
      ? [
          dataset?.keepsSplits === true
            ? `No row is left of the manifest's split ${empty.join(', ')}.`
            : `No row fell to ${empty.join(', ')}: the shares are drawn by lot, by group of copies; another --seed draws anew.`,
        ]
      : []),
    ...(failed > 0 && dataset !== undefined
      ? ['Failures, one line each: failures.jsonl; try them again with --mode retry.']
      : []),
  ];
}

/** What resuming was good for. */
function savingText({ resumed: { midi, text, seconds } }: RunResult): string[] {
  if (midi + text === 0) return [];
  return [`Not done again: ${count(midi)} pairs of MIDI and ${count(text)} of text, ${duration(seconds)} of work.`];
}

/** A path as short as it can be written from here. */
function shown(path: string): string {
  const fromHere = relative('', path);
  return printable(fromHere.length < path.length ? fromHere || '.' : path);
}

import { Command } from 'commander';
import { listRuns, type RunOverview } from '../../operations/run-overview.ts';
import { count } from '../count.ts';
import { overviewText } from '../overview-text.ts';
import { printResult } from '../print-result.ts';
import { printable } from '../printable.ts';
import { sizeText } from '../size-text.ts';

interface ListFlags {
  readonly detailed?: true;
  readonly json?: true;
}

export function listCommand(): Command {
  return new Command('list')
    .description('all runs at and below a folder: status, progress, age, size')
    .argument('[PATH]', 'where to look', '.')
    .option('--detailed', 'a line for each stage')
    .option('--json', 'print JSON')
    .action(async (path: string, flags: ListFlags) => {
      const runs: RunOverview[] = [];
      for await (const run of listRuns(path, new Date())) runs.push(run);
      await printResult(runs, flags, () =>
        runs.length === 0 ? 'no runs here\n' : runs.map((run) => runText(run, flags)).join(''),
      );
    });
}

function runText(run: RunOverview, { detailed }: ListFlags): string {
  const { midi, text } = run.stages;
  const details = detailed ? stageText('MIDI', midi) + stageText('text', text) : '';
  return `${printable(run.directory)}\n  ${overviewText(run)}\n${details}`;
}

function stageText(name: string, stage: RunOverview['stages']['midi']): string {
  const facts = [
    stage.status,
    `${count(stage.done)}/${count(stage.total)}`,
    `${count(stage.without_result)} without a result`,
    `${count(stage.segments)} segments, ${sizeText(stage.bytes)}`,
    ...(stage.session_id === null ? [] : [`session ${printable(stage.session_id)}`]),
    ...(stage.problem === null ? [] : [printable(stage.problem)]),
  ];
  return `    ${name}  ${facts.join(', ')}\n`;
}

import { Command } from 'commander';
import { type ResetResult, resetRun } from '../../operations/reset-run.ts';
import { addLoudness, type LoudnessFlags, logOf } from '../loudness.ts';
import { printResult } from '../print-result.ts';
import { printable } from '../printable.ts';
import { addRunDirectory, givenRun, type RunDirectoryFlags } from '../run-directory-flags.ts';
import { type StageFlag, stageFlag, stagesOf } from './stage-flag.ts';

export function resetCommand(): Command {
  const command = addRunDirectory(
    new Command('reset').description('begin again: move the checkpoints aside until a new run has saved'),
  ).addOption(stageFlag('only this stage'));
  return addLoudness(command)
    .option('--json', 'print JSON')
    .action(
      async (
        directory: string | undefined,
        flags: RunDirectoryFlags & StageFlag & LoudnessFlags & { readonly json?: true },
      ) => {
        const reset = await resetRun(
          await givenRun(directory, flags),
          { stages: stagesOf(flags) },
          { log: logOf(flags) },
        );
        await printResult(reset, flags, resetText);
      },
    );
}

function resetText({ moved, copies }: ResetResult): string {
  const lines = moved.map(printable);
  for (const { directory, pending } of copies) {
    const became =
      pending === undefined ? 'set aside too' : `not reached (${pending}); the next run that uses it sets it aside`;
    lines.push(`copy in ${printable(directory)}: ${printable(became)}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

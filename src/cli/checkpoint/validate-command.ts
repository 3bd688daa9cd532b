import { Command } from 'commander';
import { type RunValidation, validateRun } from '../../operations/validate-run.ts';
import { count } from '../count.ts';
import { EXIT } from '../exit-code.ts';
import { addQuiet, type QuietFlag } from '../loudness.ts';
import { printResult } from '../print-result.ts';
import { printable } from '../printable.ts';
import { addRunDirectory, givenRun, type RunDirectoryFlags } from '../run-directory-flags.ts';
import { sizeText } from '../size-text.ts';

export function validateCommand(setExitCode: (code: number) => void): Command {
  const command = addRunDirectory(
    new Command('validate').description(
      'read every segment of a run, and name the first that is not good; then exit 5',
    ),
  );
  return addQuiet(command)
    .option('--json', 'print JSON')
    .action(async (directory: string | undefined, flags: RunDirectoryFlags & QuietFlag & { readonly json?: true }) => {
      const files = await givenRun(directory, flags);
      const found = await validateRun(files);
      setExitCode(found.valid ? EXIT.complete : EXIT.checkpointRefused);
      await printResult(found, flags, validationText, !found.valid);
    });
}

function validationText({ stages }: RunValidation): string {
  return Object.entries(stages)
    .map(([name, { state, problem, segments, records, bytes }]) => {
      const facts =
        state === 'absent' ? [] : [`${count(segments)} segments`, `${count(records)} records`, sizeText(bytes)];
      return `${name}: ${[state, ...facts].join(', ')}${problem === null ? '' : `\n  ${printable(problem)}`}\n`;
    })
    .join('');
}

import { resolve } from 'node:path';
import { Command } from 'commander';
import { exportRun } from '../../operations/export-run.ts';
import { count } from '../count.ts';
import { addQuiet, type QuietFlag } from '../loudness.ts';
import { printResult } from '../print-result.ts';
import { printable } from '../printable.ts';
import { addRunDirectoryFlags, givenRun, type RunDirectoryFlags } from '../run-directory-flags.ts';
import { sizeText } from '../size-text.ts';
import { runAndFile } from './run-and-file.ts';
import { type StageFlag, stageFlag, stagesOf } from './stage-flag.ts';

export function exportCommand(): Command {
  const command = addRunDirectoryFlags(
    new Command('export')
      .description('write a run as one JSON file with its records inline')
      .usage('[options] [RUN_DIR] <FILE>')
      .argument('<PATH...>', 'the run directory, unless it is named by --output_dir; then the file'),
  ).addOption(stageFlag('only this stage; such a file may also stand in the place of its checkpoint'));
  return addQuiet(command)
    .option('--json', 'print JSON')
    .action(
      async (paths: readonly string[], flags: RunDirectoryFlags & StageFlag & QuietFlag & { readonly json?: true }) => {
        const { directory, file } = runAndFile(paths);
        const result = await exportRun(await givenRun(directory, flags), resolve(file), { stages: stagesOf(flags) });
        const stages = result.stages.map(({ stage, records }) => `${stage} ${count(records)}`).join(', ');
        await printResult(
          result,
          flags,
          () => `${printable(result.file)}: ${stages} records, ${sizeText(result.bytes)}\n`,
        );
      },
    );
}

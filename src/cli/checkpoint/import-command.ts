import { resolve } from 'node:path';
import { Command } from 'commander';
import { inputOptionsOf } from '../../manifest/input-options.ts';
import { type ImportedStage, importRun } from '../../operations/import-run.ts';
import { count } from '../count.ts';
import { addInputFlags, givenInput } from '../input-flags.ts';
import { addLoudness, type LoudnessFlags, logOf } from '../loudness.ts';
import { printResult } from '../print-result.ts';
import { addRunDirectoryFlags, givenRun, type RunDirectoryFlags } from '../run-directory-flags.ts';
import { runAndFile } from './run-and-file.ts';
import { type StageFlag, stageFlag } from './stage-flag.ts';

interface ImportFlags extends RunDirectoryFlags, StageFlag, LoudnessFlags, Readonly<Record<string, unknown>> {
  readonly input_file?: string;
  readonly by_position?: true;
  readonly json?: true;
}

export function importCommand(): Command {
  const command = addRunDirectoryFlags(
    new Command('import')
      .description('take checkpoints from a JSON file: exported ones, and those of other programs')
      .usage('[options] [RUN_DIR] <FILE>')
      .argument('<PATH...>', 'the run directory, unless it is named by --output_dir; then the file'),
  )
    .addOption(stageFlag('the stage that the rows of another program belong to (default: as the file says, else both)'))
    .option('--input_file <FILE>', 'the manifest, where rows name their MIDI file instead of an index');
  return addLoudness(addInputFlags(command))
    .option('--by_position', 'the row at place n is of pair n; only if nothing was left out')
    .option('--json', 'print JSON')
    .action(async (paths: readonly string[], flags: ImportFlags) => {
      const { directory, file } = runAndFile(paths);
      const imported = await importRun(
        await givenRun(directory, flags),
        resolve(file),
        {
          stage: flags.stage,
          inputFile: flags.input_file,
          input: inputOptionsOf(givenInput(flags.input_file, flags)),
          byPosition: flags.by_position === true,
        },
        { log: logOf(flags) },
      );
      await printResult(imported, flags, () => imported.map(importedText).join(''));
    });
}

function importedText({ stage, kind, rows, unplaced }: ImportedStage): string {
  const left = unplaced > 0 ? `; ${count(unplaced)} belong to no pair and are left out` : '';
  return kind === 'continued'
    ? `${stage}: ${count(rows)} records; go on with \`midiloom process\`\n`
    : `${stage}: ${count(rows)} rows of another program are kept as they are; their pairs are passed over${left}\n`;
}

import { Command } from 'commander';
import { parseIndexes } from '../../config/index-list.ts';
import { skipPairs } from '../../operations/skip-pairs.ts';
import { addLoudness, type LoudnessFlags, logOf } from '../loudness.ts';
import { printResult } from '../print-result.ts';
import { addRunDirectoryFlags, givenRun, type RunDirectoryFlags } from '../run-directory-flags.ts';
import { runAndIndexes } from './run-and-indexes.ts';

export function skipCommand(): Command {
  const command = addRunDirectoryFlags(
    new Command('skip')
      .description('never try these pairs, whether they failed or were not reached yet')
      .usage('[options] [RUN_DIR] <INDEX...>')
      .argument(
        '<INDEX...>',
        'the run directory, unless it is named by --output_dir; then indexes as 7 or 3,5 or 10-20',
      ),
  );
  return addLoudness(command)
    .option('--json', 'print JSON')
    .action(async (given: readonly string[], flags: RunDirectoryFlags & LoudnessFlags & { readonly json?: true }) => {
      const { directory, indexes: texts } = runAndIndexes(given);
      const files = await givenRun(directory, flags);
      const skipped = parseIndexes(texts, 'INDEX');
      await skipPairs(files, skipped, { log: logOf(flags) });
      await printResult({ skipped }, flags, () => `skipped: ${skipped.join(', ')}\n`);
    });
}

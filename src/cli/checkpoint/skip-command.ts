import { Command } from 'commander';
import { skipPairs } from '../../operations/skip-pairs.ts';
import { printResult } from '../print-result.ts';
import { addRunDirectoryFlags, givenRun, type RunDirectoryFlags } from '../run-directory-flags.ts';
import { stderrLog } from '../stderr-log.ts';
import { parseIndexes } from './index-list.ts';
import { runAndIndexes } from './run-and-indexes.ts';

export function skipCommand(): Command {
  return addRunDirectoryFlags(
    new Command('skip')
      .description('never try these pairs, whether they failed or were not reached yet')
      .usage('[options] [RUN_DIR] <INDEX...>')
      .argument(
        '<INDEX...>',
        'the run directory, unless it is named by --output_dir; then indexes as 7 or 3,5 or 10-20',
      ),
  )
    .option('--json', 'print JSON')
    .action(async (given: readonly string[], flags: RunDirectoryFlags & { readonly json?: true }) => {
      const { directory, indexes: texts } = runAndIndexes(given);
      const files = await givenRun(directory, flags);
      const skipped = parseIndexes(texts, 'INDEX');
      await skipPairs(files, skipped, { log: stderrLog });
      await printResult({ skipped }, flags, () => `skipped: ${skipped.join(', ')}\n`);
    });
}

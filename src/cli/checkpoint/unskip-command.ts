import { Command } from 'commander';
import { parseIndexes } from '../../config/index-list.ts';
import { unskipPairs } from '../../operations/unskip-pairs.ts';
import { addLoudness, type LoudnessFlags, logOf } from '../loudness.ts';
import { printResult } from '../print-result.ts';
import { addRunDirectoryFlags, givenRun, type RunDirectoryFlags } from '../run-directory-flags.ts';
import { runAndIndexes } from './run-and-indexes.ts';

export function unskipCommand(): Command {
  const command = addRunDirectoryFlags(
    new Command('unskip')
      .description('take back that these pairs are never to be tried: the next run makes them')
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
      const unskipped = parseIndexes(texts, 'INDEX');
      await unskipPairs(files, unskipped, { log: logOf(flags) });
      await printResult({ unskipped }, flags, () => `pending again: ${unskipped.join(', ')}\n`);
    });
}

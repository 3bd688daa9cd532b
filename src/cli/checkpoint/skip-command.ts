import { Command } from 'commander';
import { skipPairs } from '../../operations/skip-pairs.ts';
import { expectRun } from '../../operations/with-run-lock.ts';
import { printResult } from '../print-result.ts';
import { addRunDirectoryFlags, givenRunFiles, type RunDirectoryFlags } from '../run-directory-flags.ts';
import { stderrLog } from '../stderr-log.ts';
import { parseIndexes } from './index-list.ts';

export function skipCommand(): Command {
  return addRunDirectoryFlags(
    new Command('skip')
      .description('never try these pairs, whether they failed or were not reached yet')
      .argument('<INDEX...>', 'as 7 or 3,5 or 10-20'),
  )
    .option('--json', 'print JSON')
    .action(async (texts: readonly string[], flags: RunDirectoryFlags & { readonly json?: true }) => {
      const files = givenRunFiles(flags);
      await expectRun(files);
      const skipped = parseIndexes(texts, 'INDEX');
      await skipPairs(files, skipped, stderrLog);
      await printResult({ skipped }, flags, () => `skipped: ${skipped.join(', ')}\n`);
    });
}

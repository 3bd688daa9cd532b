import { Command } from 'commander';
import { parseIndexes } from '../../config/index-list.ts';
import { requestRetry } from '../../operations/request-retry.ts';
import { count } from '../count.ts';
import { addLoudness, type LoudnessFlags, logOf } from '../loudness.ts';
import { printResult } from '../print-result.ts';
import { addRunDirectory, givenRun, type RunDirectoryFlags } from '../run-directory-flags.ts';

interface RetryFlags extends RunDirectoryFlags, LoudnessFlags {
  readonly code: readonly string[];
  readonly index: readonly string[];
  readonly json?: true;
}

export function retryCommand(): Command {
  const several = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  const command = addRunDirectory(
    new Command('retry').description('make failed pairs pending: the next run tries them once more'),
  )
    .option('--code <CODE>', 'failures with this code; may be given several times', several, [])
    .option('--index <INDEX>', 'these pairs, as 7 or 3,5 or 10-20; may be given several times', several, []);
  return addLoudness(command)
    .option('--json', 'print JSON')
    .action(async (directory: string | undefined, flags: RetryFlags) => {
      const files = await givenRun(directory, flags);
      const selection = { codes: flags.code, indexes: parseIndexes(flags.index, '--index') };
      const counts = await requestRetry(files, selection, { log: logOf(flags) });
      await printResult(
        { pending: counts },
        flags,
        () => `pending again: MIDI ${count(counts.midi)}, text ${count(counts.text)}\n`,
      );
    });
}

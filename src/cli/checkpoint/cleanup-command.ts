import { Command, Option } from 'commander';
import { numberIn, parseOption } from '../../config/option.ts';
import { type CleanupCandidate, cleanUpRuns } from '../../operations/cleanup-runs.ts';
import { duration } from '../duration.ts';
import { addLoudness, type LoudnessFlags, logOf } from '../loudness.ts';
import { printResult } from '../print-result.ts';
import { printable } from '../printable.ts';
import { sizeText } from '../size-text.ts';

const DEFAULT_HOURS = 7 * 24;
const hours = numberIn('HOURS', 'not saved for longer than this', DEFAULT_HOURS, { min: 0, max: 1e6 });

interface CleanupFlags extends LoudnessFlags {
  readonly older_than?: string;
  readonly invalid?: true;
  readonly yes?: true;
  readonly json?: true;
}

export function cleanupCommand(): Command {
  const command = new Command('cleanup')
    .description('delete checkpoints that are of no use any more; only says which, without --yes')
    .argument('[PATH]', 'where to look', '.')
    .addOption(
      new Option('--older_than <HOURS>', `${hours.help} (default: ${DEFAULT_HOURS}, unless --invalid is given)`),
    )
    .option('--invalid', 'those that cannot be continued')
    .option('--yes', 'delete them; data sets stay, and so does what a run is working on');
  return addLoudness(command)
    .option('--json', 'print JSON')
    .action(async (path: string, flags: CleanupFlags) => {
      const criteria = {
        olderThanHours:
          flags.older_than === undefined
            ? flags.invalid
              ? undefined
              : DEFAULT_HOURS
            : parseOption(hours, '--older_than', flags.older_than),
        invalid: flags.invalid === true,
        dryRun: flags.yes !== true,
      };
      const found: CleanupCandidate[] = [];
      for await (const each of cleanUpRuns(path, criteria, { log: logOf(flags) })) found.push(each);
      await printResult(found, flags, () => cleanupText(found, flags.yes === true), criteria.dryRun);
    });
}

function cleanupText(found: readonly CleanupCandidate[], isDeleting: boolean): string {
  if (found.length === 0) return 'nothing to clean up\n';
  const lines = found.map(({ run, reason, outcome }) => {
    const age = run.age_seconds === null ? '' : `, saved ${duration(run.age_seconds)} ago`;
    const word = { would_delete: 'would be deleted', deleted: 'deleted', running: 'left alone, a run is going' }[
      outcome
    ];
    return `${printable(run.directory)}: ${reason}${age}, ${sizeText(run.bytes)}: ${word}`;
  });
  if (!isDeleting) lines.push('Nothing was deleted; say --yes to delete these checkpoints.');
  return `${lines.join('\n')}\n`;
}

import { Command, Option } from 'commander';
import { reportRun } from '../operations/report-run.ts';
import { addLoudness, type LoudnessFlags } from './loudness.ts';
import { openInBrowser } from './open-in-browser.ts';
import { printResult } from './print-result.ts';
import { printable } from './printable.ts';
import { addRunDirectory, givenRun, type RunDirectoryFlags } from './run-directory-flags.ts';
import { LOG_LEVELS, terminalLog } from './terminal-log.ts';

interface ReportFlags extends RunDirectoryFlags, LoudnessFlags {
  readonly open?: true;
  readonly json?: true;
  readonly log_level: (typeof LOG_LEVELS)[number];
}

export function reportCommand(): Command {
  const command = addRunDirectory(
    new Command('report').description('write report.html into a run directory; also while the run is going'),
  )
    .option('--open', 'open the page in the browser')
    .option('--json', 'print the numbers behind the page as JSON')
    .addOption(new Option('--log_level <LEVEL>', 'what to say on stderr').choices(LOG_LEVELS).default('info'));
  return addLoudness(command).action(async (directory: string | undefined, flags: ReportFlags) => {
    const level = flags.verbose ? 'debug' : flags.quiet ? 'error' : flags.log_level;
    const log = terminalLog(level, (line) => process.stderr.write(`${line}\n`));
    const { file, facts } = await reportRun(await givenRun(directory, flags), { log });
    await printResult(facts, flags, () => `${printable(file)}\n`);
    if (flags.open) openInBrowser(file);
  });
}

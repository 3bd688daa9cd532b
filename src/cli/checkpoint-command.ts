import { Command } from 'commander';
import { cleanupCommand } from './checkpoint/cleanup-command.ts';
import { exportCommand } from './checkpoint/export-command.ts';
import { importCommand } from './checkpoint/import-command.ts';
import { listCommand } from './checkpoint/list-command.ts';
import { resetCommand } from './checkpoint/reset-command.ts';
import { retryCommand } from './checkpoint/retry-command.ts';
import { showCommand } from './checkpoint/show-command.ts';
import { skipCommand } from './checkpoint/skip-command.ts';
import { unskipCommand } from './checkpoint/unskip-command.ts';
import { validateCommand } from './checkpoint/validate-command.ts';

/** Everything one may do with checkpoints beside running: docs/checkpoints.md. */
export function checkpointCommand(setExitCode: (code: number) => void): Command {
  const command = new Command('checkpoint').description('look at, check, move and mend the checkpoints of runs');
  const commands = [
    listCommand(),
    showCommand(),
    validateCommand(setExitCode),
    exportCommand(),
    importCommand(),
    cleanupCommand(),
    resetCommand(),
    retryCommand(),
    skipCommand(),
    unskipCommand(),
  ];
  for (const each of commands) command.addCommand(each);
  return command;
}

import { Command } from 'commander';
import type { Filled } from '../../launch/queue/fill-queue.ts';
import { launchQueue } from '../../launch/queue/launch-queue.ts';
import { shellWord } from '../../launch/slurm/shell-word.ts';
import { wantedTasks } from '../../launch/wanted-tasks.ts';
import { count } from '../count.ts';
import { logOf } from '../loudness.ts';
import { printResult } from '../print-result.ts';
import { printable } from '../printable.ts';
import { addAll, addLaunchFlags, type LaunchFlags, launchedRun, splitOperands } from './launch-flags.ts';
import { addRedisFlags, givenQueue, type RedisFlags } from './redis-flags.ts';

interface BullmqFlags extends LaunchFlags, RedisFlags {
  readonly replace?: true;
}

interface Launched extends Filled {
  readonly tasks: number;
  readonly queue: string;
  readonly redis: string;
  readonly directory: string;
  readonly words: readonly string[];
}

export function bullmqCommand(): Command {
  const command = new Command('bullmq').description(
    'put the tasks into a BullMQ queue on Redis, which midiloom worker works off on any number of machines',
  );
  return addRedisFlags(addAll(addLaunchFlags(command)))
    .option('--replace', 'take out of the queue what is in it first')
    .action(async (_directory: unknown, _words: unknown, flags: BullmqFlags, { args }: Command) => {
      const run = launchedRun(splitOperands(args, flags), flags, { pathsOf: 'machines', graceS: undefined });
      const { address, queue } = givenQueue(flags, run.outputDir);
      const wanted = await wantedTasks(run, flags.all === true);
      const about = { tasks: run.tasks, queue, redis: address.shown, directory: run.outputDir, words: run.words };
      if (flags.dry_run === true) {
        await printResult({ ...about, added: wanted.length, again: 0, kept: 0 }, flags, dryText, true);
        return;
      }
      const filled = await launchQueue(
        { run, address, queue, wanted, replaces: flags.replace === true, merges: flags.no_merge !== true },
        logOf({}),
      );
      await printResult({ ...about, ...filled }, flags, launchedText, true);
    });
}

function dryText({ tasks, added, queue, redis, words }: Launched): string {
  const lines = words.map((word) => `  ${printable(shellWord(word))}`);
  return `${count(added)} of ${count(tasks)} tasks would go into the queue ${queue} at ${printable(redis)}, each with\n${lines.join('\n')}\n`;
}

function launchedText({ tasks, added, again, kept, queue, redis, directory }: Launched): string {
  const done = tasks - added - again - kept;
  const counts = [
    `${count(added)} new`,
    ...(again > 0 ? [`${count(again)} to be tried again`] : []),
    ...(kept > 0 ? [`${count(kept)} there already`] : []),
    ...(done > 0 ? [`${count(done)} done`] : []),
  ];
  return `${count(tasks)} tasks in the queue ${queue} at ${printable(redis)}: ${counts.join(', ')}
on any number of machines, with MIDILOOM_REDIS set to the address:
  midiloom worker ${printable(shellWord(directory))} --queue ${queue}
the worker that is there when all tasks are done joins them
`;
}

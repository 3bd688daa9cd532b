import { Command } from 'commander';
import { numberIn } from '../config/option.ts';
import { environmentName, readOptionSources } from '../config/option-sources.ts';
import { runPaths } from '../config/run-config.ts';
import { RUN_OPTIONS } from '../config/run-options.ts';
import { ownProgram } from '../launch/own-program.ts';
import { type Worked, workQueue } from '../launch/queue/work-queue.ts';
import { count } from './count.ts';
import { EXIT } from './exit-code.ts';
import { listenForInterruption, stopExitCode } from './interruption.ts';
import { parsedFlag } from './launch/parsed-flag.ts';
import { addRedisFlags, givenQueue, type RedisFlags } from './launch/redis-flags.ts';
import { printResult } from './print-result.ts';
import { printable } from './printable.ts';
import { runDirectoryOf } from './run-directory-flags.ts';
import { terminalLog } from './terminal-log.ts';

interface WorkerFlags extends RedisFlags {
  readonly output_dir?: string;
  readonly max_idle?: number;
  readonly lock_duration?: number;
  readonly grace?: number;
  readonly json?: true;
  readonly quiet?: true;
}

const MAX_IDLE = numberIn(
  'S',
  'end after so many seconds without a task while others are at work (default: stay until all are done, for those whose worker vanishes)',
  0,
  { min: 0, max: 2_000_000 },
);
const LOCK_DURATION = numberIn(
  'S',
  'seconds after which a worker that is not heard of has vanished, and its task is given to another (default: 30)',
  30,
  { min: 1, max: 3600 },
);
const GRACE = numberIn('S', 'seconds that a task has to save when the worker is asked to stop (default: 30)', 30, {
  min: 0,
  max: 86_400,
});
const OUTPUT_DIR = environmentName('outputDir');
/** What the queue is told after the task has saved. */
const GOODBYE_S = 15;

export function workerCommand(setExitCode: (code: number) => void): Command {
  const command = new Command('worker')
    .description('take tasks from the queue that midiloom launch bullmq filled, until none is left')
    .argument('[RUN_DIR]', `the run directory, as this machine sees it (default: ${RUN_OPTIONS.outputDir.default})`)
    .option('--output_dir <DIR>', 'the run directory, in place of the argument');
  return addRedisFlags(command)
    .addOption(parsedFlag('max_idle', MAX_IDLE))
    .addOption(parsedFlag('lock_duration', LOCK_DURATION))
    .addOption(parsedFlag('grace', GRACE))
    .option('-q, --quiet', 'only warnings and errors, and the result only if it is not good')
    .option('--json', 'print JSON')
    .action(async (directory: string | undefined, flags: WorkerFlags) => {
      const given = readOptionSources({
        flags: { outputDir: runDirectoryOf(directory, flags) },
        environment: { [OUTPUT_DIR]: process.env[OUTPUT_DIR] },
        configFile: undefined,
      });
      const { outputDir } = runPaths(given);
      const line = (text: string): void => {
        process.stderr.write(`${text}\n`);
      };
      const graceS = flags.grace ?? GRACE.default;
      const interruption = listenForInterruption({ graceS: graceS + GOODBYE_S, maxRuntimeS: undefined }, (message) =>
        line(printable(message)),
      );
      try {
        const worked = await workQueue(
          {
            ...givenQueue(flags, outputDir),
            outputDir,
            program: ownProgram(),
            lockMs: (flags.lock_duration ?? LOCK_DURATION.default) * 1000,
            maxIdleMs: flags.max_idle === undefined ? undefined : flags.max_idle * 1000,
            graceS,
          },
          { signal: interruption.signal, log: terminalLog(flags.quiet ? 'warning' : 'info', line), onLine: line },
        );
        const received = interruption.received();
        const isGood = worked.end !== 'empty' && worked.failures.length === 0;
        setExitCode(received === undefined ? (isGood ? EXIT.complete : EXIT.incomplete) : stopExitCode(received));
        await printResult(worked, flags, workedText, !isGood);
      } finally {
        interruption.end();
      }
    });
}

function workedText({ end, done, failed, put_back, failures, left }: Worked): string {
  if (end === 'empty') {
    return 'the queue has no tasks: nobody has launched them by this name, or Redis has lost them; launch them, also again\n';
  }
  const own = [
    `${count(done)} done`,
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(put_back > 0 ? [`${count(put_back)} put back`] : []),
  ];
  const others = left === null ? 'Redis is out of reach' : left === 0 ? 'none is left' : `${count(left)} are left`;
  const lines = [
    `by this worker ${own.join(', ')}; ${others}`,
    ...failures.map(({ task, error }) => `  ${printable(task)} failed: ${printable(error)}`),
    ...(failures.length > 0 ? ['what failed is tried again after midiloom launch bullmq, as before'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

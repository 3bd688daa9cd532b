import { setTimeout as pause } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { PAIR_STATES, type PairState } from '../operations/pair-state.ts';
import { pairStates } from '../operations/pair-states.ts';
import { type RunStatus, readRunStatus, type StageState } from '../operations/read-run-status.ts';
import type { RunFiles } from '../run-directory/run-files.ts';
import { count } from './count.ts';
import { codesText, pairsText } from './pairs-text.ts';
import { printResult } from './print-result.ts';
import { printable } from './printable.ts';
import { printableJson } from './printable-json.ts';
import { addRunDirectory, givenRun, type RunDirectoryFlags } from './run-directory-flags.ts';
import { stateText, waitingTexts } from './state-text.ts';
import { taskLines } from './task-lines.ts';
import { writeText } from './write-text.ts';

interface StatusFlags extends RunDirectoryFlags {
  readonly pairs?: true | PairState['state'];
  readonly watch?: true | number;
  readonly json?: true;
}

const WATCH_SECONDS = 5;

export function statusCommand(): Command {
  return addRunDirectory(
    new Command('status').description('how far a run is, from its checkpoints alone; also while it is going'),
  )
    .addOption(
      new Option('--pairs [STATE]', 'every pair, or those in this state, one JSON object a line').choices(PAIR_STATES),
    )
    .addOption(
      new Option('--watch [S]', 'say it again every S seconds, until the run is completed or has failed')
        .preset(WATCH_SECONDS)
        .argParser(secondsOf),
    )
    .option('--json', 'print JSON')
    .action(async (directory: string | undefined, flags: StatusFlags) => {
      const files = await givenRun(directory, flags);
      if (flags.pairs !== undefined) return printPairs(files, flags.pairs);
      for (;;) {
        const status = await readRunStatus(files);
        await printResult(status, flags, statusText);
        if (flags.watch === undefined || ENDED.has(status.status)) return;
        await pause((flags.watch === true ? WATCH_SECONDS : flags.watch) * 1000);
      }
    });
}

const ENDED: ReadonlySet<string> = new Set(['completed', 'failed']);

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (seconds >= 0.1 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('Give seconds, from 0.1 to 86400.');
}

async function printPairs(files: RunFiles, wanted: true | PairState['state']): Promise<void> {
  for await (const pair of pairStates(files)) {
    if (wanted === true || pair.state === wanted) await writeText(`${printableJson(pair)}\n`);
  }
}

function statusText(run: RunStatus): string {
  const { running, waiting, pairs, failure_codes: codes, stages } = run;
  const by = running === null ? '' : `, by process ${running.pid} on ${printable(running.host)} since ${running.since}`;
  const lines = [
    [`${stateText(run)}${by}`, ...waitingTexts(waiting)].join(', '),
    `  pairs ${pairsText(pairs)}`,
    ...codesText(codes).map((text) => `  failed ${text}`),
    stageLine('MIDI', stages.midi),
    stageLine('text', stages.text),
    ...(run.tasks === undefined ? [] : taskLines(run.tasks)),
  ];
  return `${lines.join('\n')}\n`;
}

function stageLine(name: string, state: StageState): string {
  if (state.status === 'not_started') return `  ${name}  not started`;
  const { completed, failed, skipped, foreign, total, in_progress, pending, saved_at } = state;
  const counts = [
    `${count(completed + failed + skipped + foreign)}/${count(total)}`,
    `${count(failed)} failed`,
    ...(in_progress > 0 ? [`${count(in_progress)} in work`] : []),
    ...(pending > 0 ? [`${count(pending)} pending`] : []),
    ...(saved_at === null ? [] : [`saved ${printable(saved_at)}`]),
  ];
  return `  ${name}  ${counts.join(', ')}`;
}

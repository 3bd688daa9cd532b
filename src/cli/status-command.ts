import { Command } from 'commander';
import { readOptionSources } from '../config/option-sources.ts';
import { runPaths } from '../config/run-config.ts';
import { type RunStatus, readRunStatus, type StageState } from '../pipeline/read-run-status.ts';
import { printable } from './printable.ts';
import { count } from './progress-display.ts';

interface StatusFlags {
  readonly output_dir?: string;
  readonly midi_checkpoint?: string;
  readonly text_checkpoint?: string;
  readonly json?: true;
}

export function statusCommand(): Command {
  return new Command('status')
    .description('how far a run is, from its checkpoints alone; also while it is going')
    .option('--output_dir <DIR>', 'the run directory (default: data/processed)')
    .option('--midi_checkpoint <FILE>', 'checkpoint of the MIDI stage (default: in the run directory)')
    .option('--text_checkpoint <FILE>', 'checkpoint of the text stage (default: in the run directory)')
    .option('--json', 'print JSON')
    .action(async (flags: StatusFlags) => {
      const options = readOptionSources({
        flags: {
          outputDir: flags.output_dir,
          midiCheckpoint: flags.midi_checkpoint,
          textCheckpoint: flags.text_checkpoint,
        },
        environment: process.env,
        configFile: undefined,
      });
      const { midiCheckpoint, textCheckpoint } = runPaths(options);
      const status = await readRunStatus({ midi: midiCheckpoint, text: textCheckpoint });
      process.stdout.write(flags.json ? `${JSON.stringify(status, null, 2)}\n` : statusText(status));
    });
}

function statusText({ status, stages }: RunStatus): string {
  return `${status}\n${stageLine('MIDI', stages.midi)}${stageLine('text', stages.text)}`;
}

function stageLine(name: string, state: StageState): string {
  if (state.status === 'not_started') return `  ${name}  not started\n`;
  const { completed, failed, total, in_progress, pending, saved_at } = state;
  const counts = [
    `${count(completed + failed)}/${count(total)}`,
    `${count(failed)} failed`,
    ...(in_progress > 0 ? [`${count(in_progress)} in work`] : []),
    ...(pending > 0 ? [`${count(pending)} pending`] : []),
    ...(saved_at === null ? [] : [`saved ${printable(saved_at)}`]),
  ];
  return `  ${name}  ${counts.join(', ')}\n`;
}

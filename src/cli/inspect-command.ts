import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { parseOption } from '../config/option.ts';
import { RUN_OPTIONS } from '../config/run-options.ts';
import { pianoRoll } from '../report/piano-roll.ts';
import { pianoRollSvg } from '../report/piano-roll-svg.ts';
import { inspectMidi } from '../tools/inspect-midi.ts';
import { inspectionText } from './inspection-text.ts';
import { printResult } from './print-result.ts';
import { readInput, writeOutput } from './whole-file.ts';

interface InspectFlags {
  readonly json?: true;
  readonly svg?: string;
  readonly tokenizer?: string;
  readonly tokenizer_config?: string;
}

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('what is in a MIDI file: tracks, tempo, meter, key, repairs, first tokens, and a piano roll')
    .argument('<FILE>', 'a MIDI file')
    .addOption(new Option('--tokenizer <NAME>', RUN_OPTIONS.tokenizer.help))
    .option('--tokenizer_config <FILE>', RUN_OPTIONS.tokenizerConfig.help)
    .option('--svg <FILE>', 'draw the piano roll into an SVG file')
    .option('--json', 'print JSON')
    .action(async (file: string, flags: InspectFlags) => {
      const tokenizer = parseOption(
        RUN_OPTIONS.tokenizer,
        '--tokenizer',
        flags.tokenizer ?? RUN_OPTIONS.tokenizer.default,
      );
      const { score, inspection } = inspectMidi(readInput(file), {
        tokenizer,
        tokenizerConfig: flags.tokenizer_config,
      });
      if (flags.svg !== undefined) {
        const picture = { width: 1200, height: 560, title: basename(file), labels: true };
        writeOutput(flags.svg, pianoRollSvg(pianoRoll(score), picture));
      }
      const width = process.stdout.isTTY ? process.stdout.columns : 100;
      await printResult(inspection, flags, () => inspectionText(score, inspection, width));
    });
}

import { Command, Option } from 'commander';
import { parseOption } from '../config/option.ts';
import { RUN_OPTIONS } from '../config/run-options.ts';
import { chosenTokenizer } from '../pipeline/choose/chosen-tokenizer.ts';
import { detokenize, parseIds } from '../tools/detokenize.ts';
import { readInput, writeOutput } from './whole-file.ts';

interface DetokenizeFlags {
  readonly tokenizer?: string;
  readonly tokenizer_config?: string;
  readonly output: string;
}

export function detokenizeCommand(): Command {
  return new Command('detokenize')
    .description('token ids back to a MIDI file')
    .argument(
      '<FILE>',
      'JSON: {"ids": …} as MidiTok saves it, one row of a data set, or the ids alone; - for standard input',
    )
    .addOption(new Option('--tokenizer <NAME>', RUN_OPTIONS.tokenizer.help))
    .option('--tokenizer_config <FILE>', `${RUN_OPTIONS.tokenizerConfig.help}; a data set has it beside its rows`)
    .requiredOption('--output <FILE>', 'the MIDI file to write')
    .action((file: string, flags: DetokenizeFlags) => {
      const { tokenizer: option } = RUN_OPTIONS;
      const tokenizer = parseOption(option, '--tokenizer', flags.tokenizer ?? option.default);
      const config = chosenTokenizer({ tokenizer, tokenizerConfig: flags.tokenizer_config });
      const ids = parseIds(new TextDecoder().decode(readInput(file)));
      writeOutput(flags.output, detokenize(ids, config));
    });
}

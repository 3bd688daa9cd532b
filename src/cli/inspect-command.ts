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
  readonly repair?: string;
  readonly midi_patterns?: string;
  readonly midi_text_encoding?: string;
}

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('what is in a MIDI file: tracks, tempo, meter, key, repairs, first tokens, and a piano roll')
    .argument('<FILE>', 'a MIDI file')
    .addOption(new Option('--tokenizer <NAME>', RUN_OPTIONS.tokenizer.help))
    .option('--tokenizer_config <FILE>', RUN_OPTIONS.tokenizerConfig.help)
    .option('--svg <FILE>', 'draw the piano roll into an SVG file')
    .option('--repair <FILE>', 'write the file without its faults; what is right in it is kept byte by byte')
    .addOption(new Option('--midi_patterns <HOW>', RUN_OPTIONS.midiPatterns.help))
    .addOption(new Option('--midi_text_encoding <LABEL>', RUN_OPTIONS.midiTextEncoding.help))
    .option('--json', 'print JSON')
    .action(async (file: string, flags: InspectFlags) => {
      const { tokenizer: tokenizers, midiPatterns: patterns, midiTextEncoding: encodings } = RUN_OPTIONS;
      const tokenizer = parseOption(tokenizers, '--tokenizer', flags.tokenizer ?? tokenizers.default);
      const reading = {
        midiPatterns: parseOption(patterns, '--midi_patterns', flags.midi_patterns ?? patterns.default),
        midiTextEncoding: parseOption(encodings, '--midi_text_encoding', flags.midi_text_encoding ?? encodings.default),
      };
      const bytes = readInput(file);
      const choice = { tokenizer, tokenizerConfig: flags.tokenizer_config };
      const { score, inspection, mended } = inspectMidi(bytes, choice, reading);
      if (flags.repair !== undefined) writeOutput(flags.repair, mended ?? bytes);
      if (flags.svg !== undefined) {
        const picture = { width: 1200, height: 560, title: basename(file), labels: true };
        writeOutput(flags.svg, pianoRollSvg(pianoRoll(score), picture));
      }
      const width = process.stdout.isTTY ? process.stdout.columns : 100;
      await printResult(inspection, flags, () => inspectionText(score, inspection, width));
    });
}

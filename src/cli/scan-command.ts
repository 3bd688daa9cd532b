import { Command } from 'commander';
import { type InputScan, scanInput } from '../tools/scan-input.ts';
import { count } from './count.ts';
import { duration } from './duration.ts';
import { addInputFlags, givenInput } from './input-flags.ts';
import { printResult } from './print-result.ts';
import { printable } from './printable.ts';
import { runFlag } from './run-flags.ts';
import { sizeText } from './size-text.ts';

export function scanCommand(): Command {
  const command = new Command('scan')
    .description('a minute before a night: what is there, what would fail, how long it takes, and the command to run')
    .argument('<PATH>', 'anything that `process` takes as --input_file');
  return addInputFlags(command)
    .addOption(runFlag('tokenizer'))
    .option('--json', 'print JSON')
    .action(async (inputFile: string, flags: Readonly<Record<string, unknown>> & { readonly json?: true }) => {
      await printResult(await scanInput(givenInput(inputFile, flags, ['tokenizer'])), flags, scanText);
    });
}

function scanText(scan: InputScan): string {
  const { sample, estimate, fields } = scan;
  const failed = Object.values(sample.failures).reduce((sum, each) => sum + each.count, 0);
  return [
    `${printable(scan.input_file)}: ${scan.format}, ${count(scan.pairs)} pairs of ${count(scan.records)} records`,
    `  MIDI    ${count(scan.with_midi)} records name a file${fields.midi === null ? '' : `, under ${printable(fields.midi)}`}; from ${printable(scan.midi_root)}`,
    `  text    ${count(scan.with_text)} records have one${fields.text === null ? '' : `, under ${printable(fields.text)}`}`,
    ...(scan.splits.length === 0 ? [] : [`  splits  ${scan.splits.map(printable).join(', ')}`]),
    ...scan.notes.map((note) => `  note    ${printable(note)}`),
    `  sample  ${count(sample.pairs)} pairs: ${count(failed)} would fail`,
    ...Object.entries(sample.failures).flatMap(([code, { count: times, examples }]) => [
      `          ${code} ${count(times)}`,
      ...examples.map((example) => `            ${printable(example)}`),
    ]),
    ...(sample.spelled_otherwise === 0
      ? []
      : [
          `          ${count(sample.spelled_otherwise)} names are spelled otherwise on the disk (Unicode, slashes), and found`,
        ]),
    `  time    about ${duration(estimate.seconds)} for the MIDI, on all cores; the text comes on top, at the model's speed`,
    `  disk    about ${sizeText(estimate.checkpoint_bytes)} for the MIDI stage's checkpoint, and the data set besides`,
    printable(scan.command),
    '',
  ].join('\n');
}

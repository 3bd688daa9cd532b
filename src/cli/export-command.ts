import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { oneOf, parseOption } from '../config/option.ts';
import { parseOptions } from '../config/run-config.ts';
import { RUN_OPTIONS, snakeCase } from '../config/run-options.ts';
import { type DatasetExport, EXPORT_FORMATS, exportDataset } from '../operations/export/export-dataset.ts';
import type { AugmentationCounts } from '../pipeline/augment/open-augmenter.ts';
import { addAugmentFlags, givenAugmentation } from './augment-flags.ts';
import { count } from './count.ts';
import { printResult } from './print-result.ts';
import { printable } from './printable.ts';
import { givenRun } from './run-directory-flags.ts';

/** The options of `process` that say how rows are written. */
const OPTIONS = [
  'split',
  'seed',
  'dedupe',
  'filter',
  'shardSize',
  'maxSequenceLength',
  'sequencePolicy',
  'windowOverlap',
  'workers',
] as const;
const FLAGS = ['rowPerWindow', 'addBos', 'addEos', 'pad', 'savePartial'] as const;
const TO = oneOf(EXPORT_FORMATS, 'what to write', 'parquet');

interface Flags extends Readonly<Record<string, unknown>> {
  readonly out: string;
  readonly output_dir?: string;
  readonly json?: true;
}

export function exportDatasetCommand(): Command {
  const command = new Command('export')
    .description('write what a run has in another format or for another program, to a folder of its own')
    .argument('[RUN_DIR]', 'the run directory (default: data/processed)')
    .option('--output_dir <DIR>', 'the run directory, in place of the argument')
    .requiredOption('--to <FORMAT>', `one of ${EXPORT_FORMATS.join(', ')}`)
    .requiredOption('--out <DIR>', 'the folder to write: a new one, or that of an earlier export');
  for (const name of OPTIONS) {
    const { placeholder, help } = RUN_OPTIONS[name];
    command.addOption(new Option(`--${snakeCase(name)} <${placeholder}>`, help));
  }
  for (const name of FLAGS) command.option(`--${snakeCase(name)}`, RUN_OPTIONS[name].help);
  addAugmentFlags(command);
  return command.option('--json', 'print JSON').action(async (directory: string | undefined, flags: Flags) => {
    const to = parseOption(TO, '--to', flags.to);
    const given = Object.fromEntries([...OPTIONS, ...FLAGS].map((name) => [name, flags[snakeCase(name)]]));
    const options = parseOptions(given, (name) => `--${snakeCase(name)}`);
    const run = await givenRun(directory, flags);
    const result = await exportDataset(run, {
      ...options,
      to,
      out: resolve(flags.out),
      augment: givenAugmentation(flags),
    });
    await printResult(result, flags, () => exportedText(result));
  });
}

function exportedText({ directory, format, rows, augmented, files }: DatasetExport): string {
  const copies = augmented === undefined ? '' : ` and ${count(augmented.copies)} augmented copies`;
  const line = `${printable(directory)}: ${count(rows)} rows${copies} as ${format}, ${count(files.length)} files\n`;
  return augmented === undefined ? line : `${line}${shortText(augmented)}`;
}

function shortText({ short, unread }: AugmentationCounts): string {
  if (short === 0) return '';
  const unreadable = unread === 0 ? '' : `; the MIDI files of ${count(unread)} cannot be read, or are others now`;
  return `  ${count(short)} rows have fewer copies than were asked for${unreadable}: augmentation.jsonl says why\n`;
}

import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { integer, oneOf, parseOption, text } from '../config/option.ts';
import { type ProcessOptions, parseOptions } from '../config/run-config.ts';
import { RUN_OPTIONS, snakeCase } from '../config/run-options.ts';
import { ConfigError } from '../errors.ts';
import { rowsOfSplit, type SplitRows } from '../operations/rows-of-split.ts';
import { recalledOptions } from '../run-directory/recalled-options.ts';
import { readRunDescription } from '../run-directory/run-description.ts';
import { MODEL_NAMES } from '../tokens/training/train-vocabulary.ts';
import { type TrainedTokenizer, trainTokenizer } from '../tools/train-tokenizer.ts';
import { count } from './count.ts';
import { printResult } from './print-result.ts';
import { printable } from './printable.ts';
import { writeOutput } from './whole-file.ts';

/** The options of `process` that say what is read and how it is tokenized. */
const OPTIONS = [
  'inputFile',
  'midiRoot',
  'midiField',
  'encoding',
  'sample',
  'seed',
  'tokenizer',
  'tokenizerConfig',
  'midiPatterns',
] as const;
const MODEL = oneOf(MODEL_NAMES, 'how it is learned', 'bpe');
const SIZE = integer('tokens of the vocabulary, base tokens among them', 5000, { min: 2, max: 65_535 });
const SPLIT_BY = oneOf(
  ['bar', 'beat', 'none'],
  'what no token goes beyond (default: as the tokenizer says: bar)',
  'bar',
);

const SPLIT = text('NAME|all', '', undefined);
/** Options that make another input of that of the run. */
const OF_OTHER_INPUT = ['input_file', 'midi_field', 'encoding'] as const;

interface Flags extends Readonly<Record<string, unknown>> {
  readonly out: string;
  readonly json?: true;
}

export function trainTokenizerCommand(): Command {
  const command = new Command('train-tokenizer')
    .description(
      'learn a vocabulary (BPE, Unigram, WordPiece) from MIDI files: a tokenizer.json for --tokenizer_config, and for MidiTok',
    )
    .argument('[RUN_DIR]', 'a run whose training split and tokenizer are taken');
  for (const name of OPTIONS) {
    const { placeholder, help } = RUN_OPTIONS[name];
    command.addOption(new Option(`--${snakeCase(name)} <${placeholder}>`, help));
  }
  return command
    .option('--allow_outside', RUN_OPTIONS.allowOutside.help)
    .option(`--model <${MODEL.placeholder}>`, `${MODEL.help} (default: ${MODEL.default})`)
    .option('--vocab_size <N>', `${SIZE.help} (default: ${SIZE.default})`)
    .option(
      '--of_split <NAME|all>',
      'the split of RUN_DIR to learn from (default: the training split), or all of its input',
    )
    .option(`--split_by <${SPLIT_BY.placeholder}>`, SPLIT_BY.help)
    .requiredOption('--out <FILE>', 'the tokenizer.json to write')
    .option('--json', 'print JSON')
    .action(async (directory: string | undefined, flags: Flags) => {
      const options = givenOptions(flags);
      const rows = await rowsToLearnFrom(directory, flags, options);
      const trained = await trainTokenizer(await inputOf(directory, rows === undefined ? options : ofRun(options)), {
        model: parseOption(MODEL, '--model', flags.model ?? MODEL.default),
        vocabularySize: parseOption(SIZE, '--vocab_size', flags.vocab_size ?? SIZE.default),
        splitBy: flags.split_by === undefined ? undefined : parseOption(SPLIT_BY, '--split_by', flags.split_by),
        indexes: rows?.indexes,
      });
      const { text, tokenizer: _, ...facts } = trained;
      const file = resolve(flags.out);
      writeOutput(file, text);
      const split = rows === undefined ? {} : { split: rows.split };
      await printResult({ file, ...split, ...facts }, flags, () => trainedText(file, trained, rows?.split));
    });
}

async function inputOf(directory: string | undefined, options: ProcessOptions): Promise<ProcessOptions> {
  if (directory === undefined) return options;
  const run = await readRunDescription(directory);
  if (run === undefined) throw new ConfigError('no_run', `${directory} is not a run directory: it has no run.json.`);
  return { ...recalledOptions(options, run), ...options };
}

/** Lots are drawn among the rows; the pairs are those of the run. */
function ofRun({ sample: _, seed: __, ...options }: ProcessOptions): ProcessOptions {
  return options;
}

function givenOptions(flags: Flags): ProcessOptions {
  const given = Object.fromEntries([...OPTIONS, 'allowOutside' as const].map((name) => [name, flags[snakeCase(name)]]));
  return parseOptions(given, (name) => `--${snakeCase(name)}`);
}

/** The rows of a split of a run; `undefined` for all of an input. What says which pairs there are is then another input than the run's. */
async function rowsToLearnFrom(
  directory: string | undefined,
  flags: Flags,
  { sample, seed }: ProcessOptions,
): Promise<SplitRows | undefined> {
  const name = flags.of_split === undefined ? undefined : parseOption(SPLIT, '--of_split', flags.of_split);
  const other = OF_OTHER_INPUT.find((option) => flags[option] !== undefined);
  if (directory === undefined || other !== undefined) {
    if (name === undefined || name === 'all') return undefined;
    const why = other === undefined ? 'give RUN_DIR' : `leave --${other} out`;
    throw new ConfigError('invalid_option', `--of_split ${name} is a split of a run's own input: ${why}.`);
  }
  const choice = { split: name, sample: sample ?? undefined, seed: seed ?? undefined };
  return name === 'all' ? undefined : rowsOfSplit(directory, choice);
}

function trainedText(
  file: string,
  { pieces, unread, words, base_tokens: tokens, vocabulary_size: size }: TrainedTokenizer,
  split: string | undefined,
): string {
  const from = split === undefined ? '' : ` of the split ${split}`;
  const failed = unread === 0 ? '' : `; ${count(unread)} files cannot be read`;
  return `${printable(file)}: ${count(size)} tokens, from ${count(tokens)} base tokens in ${count(words)} words of ${count(pieces)} pieces${from}${failed}\n`;
}

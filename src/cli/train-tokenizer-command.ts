import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { integer, oneOf, parseOption } from '../config/option.ts';
import { type ProcessOptions, parseOptions } from '../config/run-config.ts';
import { RUN_OPTIONS, snakeCase } from '../config/run-options.ts';
import { ConfigError } from '../errors.ts';
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

interface Flags extends Readonly<Record<string, unknown>> {
  readonly out: string;
  readonly json?: true;
}

export function trainTokenizerCommand(): Command {
  const command = new Command('train-tokenizer')
    .description(
      'learn a vocabulary (BPE, Unigram, WordPiece) from MIDI files: a tokenizer.json for --tokenizer_config, and for MidiTok',
    )
    .argument('[RUN_DIR]', 'a run whose input and tokenizer are taken, unless --input_file and --tokenizer say others');
  for (const name of OPTIONS) {
    const { placeholder, help } = RUN_OPTIONS[name];
    command.addOption(new Option(`--${snakeCase(name)} <${placeholder}>`, help));
  }
  return command
    .option('--allow_outside', RUN_OPTIONS.allowOutside.help)
    .option(`--model <${MODEL.placeholder}>`, `${MODEL.help} (default: ${MODEL.default})`)
    .option('--vocab_size <N>', `${SIZE.help} (default: ${SIZE.default})`)
    .option(`--split_by <${SPLIT_BY.placeholder}>`, SPLIT_BY.help)
    .requiredOption('--out <FILE>', 'the tokenizer.json to write')
    .option('--json', 'print JSON')
    .action(async (directory: string | undefined, flags: Flags) => {
      const trained = await trainTokenizer(await inputOf(directory, flags), {
        model: parseOption(MODEL, '--model', flags.model ?? MODEL.default),
        vocabularySize: parseOption(SIZE, '--vocab_size', flags.vocab_size ?? SIZE.default),
        splitBy: flags.split_by === undefined ? undefined : parseOption(SPLIT_BY, '--split_by', flags.split_by),
      });
      const { text, tokenizer: _, ...facts } = trained;
      const file = resolve(flags.out);
      writeOutput(file, text);
      await printResult({ file, ...facts }, flags, () => trainedText(file, trained));
    });
}

async function inputOf(directory: string | undefined, flags: Flags): Promise<ProcessOptions> {
  const given = Object.fromEntries([...OPTIONS, 'allowOutside' as const].map((name) => [name, flags[snakeCase(name)]]));
  const options = parseOptions(given, (name) => `--${snakeCase(name)}`);
  if (directory === undefined) return options;
  const run = await readRunDescription(directory);
  if (run === undefined) throw new ConfigError('no_run', `${directory} is not a run directory: it has no run.json.`);
  return { ...recalledOptions(options, run), ...options };
}

function trainedText(
  file: string,
  { pieces, unread, words, base_tokens: tokens, vocabulary_size: size }: TrainedTokenizer,
): string {
  const failed = unread === 0 ? '' : `; ${count(unread)} files cannot be read`;
  return `${printable(file)}: ${count(size)} tokens, from ${count(tokens)} base tokens in ${count(words)} words of ${count(pieces)} pieces${failed}\n`;
}

import type { RunConfig } from '../../config/run-config.ts';
import type { Packing } from '../../dataset/writers/row-writer.ts';
import { ConfigError } from '../../errors.ts';
import type { Vocabulary } from '../../tokens/vocabulary.ts';

export type SequenceOptions = Pick<
  RunConfig,
  | 'maxSequenceLength'
  | 'sequencePolicy'
  | 'windowOverlap'
  | 'rowPerWindow'
  | 'outputFormat'
  | 'addBos'
  | 'addEos'
  | 'pad'
>;

/**
 * How the formats packed and amt make sequences; refuses what does not go together.
 *
 * @throws ConfigError `invalid_option`, `format_needs_plain_tokens`, `format_needs_tokenizer`, `token_not_in_vocabulary`.
 */
export function chosenPacking(
  config: SequenceOptions,
  tokenization: string,
  vocabularyOf: () => Vocabulary,
): Omit<Packing, 'vocabularySize'> {
  const { maxSequenceLength: length, sequencePolicy, windowOverlap, rowPerWindow } = config;
  const isSplit = length !== undefined && sequencePolicy === 'split';
  if ((windowOverlap > 0 || rowPerWindow) && !isSplit) {
    throw invalid(
      `--${rowPerWindow ? 'row_per_window' : 'window_overlap'} is about windows: give --max_sequence_length N --sequence_policy split, too.`,
    );
  }
  if (length !== undefined && windowOverlap > length / 2) {
    throw invalid(`--window_overlap ${windowOverlap} is more than half of --max_sequence_length ${length}.`);
  }
  if (config.outputFormat.includes('amt'))
    return { ...aroundPacked(config, tokenization, vocabularyOf), amt: amtLines(config, tokenization) };
  return aroundPacked(config, tokenization, vocabularyOf);
}

/** @throws ConfigError `format_needs_tokenizer`, `invalid_option` */
function amtLines({ maxSequenceLength }: SequenceOptions, tokenization: string): 'arrival' | 'interarrival' {
  if (tokenization !== 'AMT' && tokenization !== 'AMTInterarrival') {
    throw new ConfigError(
      'format_needs_tokenizer',
      'The format amt has the ids of anticipation: give --tokenizer amt or amt-interarrival.',
    );
  }
  if (maxSequenceLength !== undefined) {
    throw invalid('The format amt cuts whole pieces into lines of 1,024 ids: leave --max_sequence_length out.');
  }
  return tokenization === 'AMT' ? 'arrival' : 'interarrival';
}

function aroundPacked(
  config: SequenceOptions,
  tokenization: string,
  vocabularyOf: () => Vocabulary,
): Omit<Packing, 'vocabularySize'> {
  const { maxSequenceLength: length } = config;
  // A run directory remembers them, and is written in other formats, too.
  if (!config.outputFormat.includes('packed')) return {};
  const vocabulary = vocabularyOf();
  if (vocabulary.columns.length > 1) {
    throw new ConfigError(
      'format_needs_plain_tokens',
      'The format packed is one id after the other, and a token of this tokenization has several; choose another tokenizer or format.',
    );
  }
  if (config.pad && length === undefined) throw invalid('--pad needs --max_sequence_length N, to which it fills up.');
  const idOf = (type: string): number => {
    const id = vocabulary.columns[0]?.idOf(`${type}_None`);
    if (id !== undefined) return id;
    throw new ConfigError(
      'token_not_in_vocabulary',
      `The tokenizer has no token ${type}_None; add "${type}" to its special tokens, or leave the option out.`,
    );
  };
  return {
    begin: config.addBos ? idOf('BOS') : undefined,
    end: config.addEos ? idOf('EOS') : undefined,
    areArrivals: tokenization === 'AMT',
    pad: config.pad && length !== undefined ? { id: idOf('PAD'), length } : undefined,
  };
}

function invalid(message: string): ConfigError {
  return new ConfigError('invalid_option', message);
}

import { readingChoices } from '../charset/reading-choices.ts';
import { type ProcessOptions, resolveRunConfig } from '../config/run-config.ts';
import { ConfigError, messageOf } from '../errors.ts';
import { fetchMidi } from '../manifest/fetched-file.ts';
import { inputOptionsOf } from '../manifest/input-options.ts';
import { openPlan } from '../manifest/open-plan.ts';
import type { Pair } from '../manifest/pair.ts';
import { readMidi } from '../manifest/read-contained-file.ts';
import { decodeMidi } from '../midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../midi/limits.ts';
import { WorkSpace } from '../midi/work-space.ts';
import { chosenTokenizer } from '../pipeline/choose/chosen-tokenizer.ts';
import { createTokenizer } from '../tokens/create-tokenizer.ts';
import type { TokenizerConfig } from '../tokens/tokenizer-config.ts';
import { checkTraining, type ModelName, trainVocabulary, wordPrefix } from '../tokens/training/train-vocabulary.ts';
import { WordCounts } from '../tokens/training/word-counts.ts';

export interface TrainingOptions {
  readonly model: ModelName;
  readonly vocabularySize: number;
  /** What a word is; by default as the tokenizer says, which is a bar where nothing is said. */
  readonly splitBy?: 'bar' | 'beat' | 'none' | undefined;
  /** Pairs that are learned from, by their index, ascending; by default all. */
  readonly indexes?: readonly number[] | undefined;
}

export interface TrainingContext {
  /** Told after every batch how many pairs of how many were read. */
  readonly onProgress?: (read: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface TrainedTokenizer {
  readonly tokenizer: TokenizerConfig;
  /** MidiTok's `tokenizer.json`, for `--tokenizer_config`. */
  readonly text: string;
  readonly pieces: number;
  /** Pairs whose file could not be read; they fail in a run, too. */
  readonly unread: number;
  readonly words: number;
  readonly base_tokens: number;
  /** Tokens of the vocabulary: fewer than were asked for where nothing is left to learn. */
  readonly vocabulary_size: number;
}

const BATCH_PAIRS = 256;
const MEBIBYTE = 2 ** 20;

/**
 * Learns a vocabulary from the MIDI files of an input, one file after the other, each once however many captions it has. The same
 * files give the same tokenizer, in any order.
 *
 * @param input - the options of `processPairs` that say what is read and how it is tokenized.
 * @throws ConfigError `nothing_to_learn` where no file can be read; what `checkTraining` and `openPlan` throw.
 */
export async function trainTokenizer(
  input: ProcessOptions,
  { model, vocabularySize, splitBy, indexes }: TrainingOptions,
  { onProgress, signal }: TrainingContext = {},
): Promise<TrainedTokenizer> {
  const config = resolveRunConfig(input);
  const tokenizer = withWords(chosenTokenizer(config), splitBy);
  checkTraining(tokenizer, vocabularySize);
  const plan = await openPlan({ ...inputOptionsOf(config), inputFile: config.inputFile, textOptional: true });
  const root = config.midiRoot ?? plan.defaultMidiRoot;
  const access = {
    allowOutside: config.allowOutside,
    maxBytes: Math.floor(config.maxFileMb * MEBIBYTE),
    knownFolders: new Map(),
  };
  const choices = readingChoices(config);
  const { encode } = createTokenizer(tokenizer, { finds: 'words' });
  const memory = new WorkSpace();
  const words = new WordCounts(wordPrefix(tokenizer));
  let [pieces, unread, read] = [0, 0, 0];
  let last: string | undefined;
  let failure: string | undefined;
  /** Why nothing can be learned from a file, `undefined` where something was. */
  const learnFrom = async (midiFile: string, embedded: Pair['embedded']): Promise<string | undefined> => {
    const fetched = await fetchMidi({ midiFile, embedded }, root, access);
    const file = readMidi(midiFile, embedded, root, access, fetched);
    if (!file.ok) return file.message;
    const decoded = decodeMidi(file.bytes, DEFAULT_LIMITS, memory, choices);
    if (!decoded.ok) return decoded.error.message;
    try {
      const { streams, words: found } = encode(decoded.score, memory);
      for (const [at, ids] of streams.entries()) words.add(ids, found?.[at]?.starts ?? []);
      return undefined;
    } catch (error) {
      // A score that no music has; a run says so of its pair.
      return messageOf(error);
    }
  };
  const wanted = indexes === undefined ? undefined : new Set(indexes);
  for await (const { pairs } of plan.batches(0, BATCH_PAIRS, signal, true)) {
    signal?.throwIfAborted();
    for (const { index, midiFile, embedded } of pairs) {
      read += 1;
      if (midiFile === undefined || midiFile === last || wanted?.has(index) === false) continue;
      last = midiFile;
      const why = await learnFrom(midiFile, embedded);
      failure ??= why;
      if (why === undefined) pieces += 1;
      else unread += 1;
    }
    onProgress?.(read, plan.total);
  }
  if (words.words === 0) {
    const seen =
      failure === undefined ? 'names a MIDI file' : `has a MIDI file that can be read; of the first: ${failure}`;
    throw new ConfigError('nothing_to_learn', `${config.inputFile}: none of its ${plan.total} pairs ${seen}`);
  }
  const trained = trainVocabulary(tokenizer, words, { model, vocabularySize });
  const made = createTokenizer(trained);
  return {
    tokenizer: trained,
    text: made.toJson(),
    pieces,
    unread,
    words: words.words,
    base_tokens: words.tokens,
    vocabulary_size: made.vocabulary.columns[0]?.tokens.length ?? 0,
  };
}

function withWords(tokenizer: TokenizerConfig, splitBy: TrainingOptions['splitBy']): TokenizerConfig {
  if (splitBy === undefined) return tokenizer;
  return { ...tokenizer, encode_ids_split: splitBy === 'none' ? 'no' : splitBy };
}

import type { TokenizerConfig } from '../tokens/tokenizer-config.ts';
import { type ModelName, trainVocabulary, wordPrefix } from '../tokens/training/train-vocabulary.ts';
import { WordCounts } from '../tokens/training/word-counts.ts';
import { type CurationInput, curate, splitNames } from './curation.ts';
import { type JoinInput, joinByIndex } from './join-by-index.ts';

export interface LearningInput extends CurationInput {
  readonly pairs: () => JoinInput['pairs'];
}

export interface Learning {
  /** What the records were tokenized with. */
  readonly tokenizer: TokenizerConfig;
  readonly model: ModelName;
  readonly vocabularySize: number;
}

const TRAINING = 'train';

/**
 * Learns a vocabulary from the rows of the training split (`train`, or else the first one): what filters reject and copies that are left
 * out are not among them, and each piece counts once. Looks at the records twice and changes nothing, so that it can be done again at any time
 * with the same result.
 */
export async function learnVocabulary(
  input: LearningInput,
  { tokenizer, ...learning }: Learning,
): Promise<TokenizerConfig> {
  const split = trainingSplit(splitNames(input.curation));
  const curation = await curate(input);
  const words = new WordCounts(wordPrefix(tokenizer));
  const records = { midiRecords: input.midiRecords(), textRecords: input.textRecords() };
  for await (const joined of joinByIndex({ pairs: input.pairs(), ...records })) {
    input.signal?.throwIfAborted();
    if (joined.kind !== 'row') continue;
    const { fate, row } = curation.decide(joined.row);
    if (fate !== 'row' || row.split !== split || (row.pair.captionIndex ?? 0) > 0) continue;
    const { streams, words: found } = row.midi.tokens;
    for (const [at, ids] of streams.entries()) words.add(ids, found?.[at]?.starts ?? []);
  }
  return trainVocabulary(tokenizer, words, learning);
}

/** The split that models are trained on: `train`, or else the first one. */
export function trainingSplit(names: readonly string[]): string {
  return names.find((name) => name === TRAINING) ?? names[0] ?? TRAINING;
}

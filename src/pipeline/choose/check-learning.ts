import type { RunConfig } from '../../config/run-config.ts';
import { ConfigError } from '../../errors.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';

/**
 * Refuses a vocabulary that cannot be learned before anything is read.
 *
 * @throws ConfigError `invalid_option`, and what `checkTraining` throws.
 */
export async function checkLearning(
  {
    vocabSize,
    maxSequenceLength,
    sequencePolicy,
  }: Pick<RunConfig, 'vocabSize' | 'maxSequenceLength' | 'sequencePolicy'>,
  tokenizer: TokenizerConfig,
): Promise<void> {
  if (vocabSize === undefined) return;
  const { checkTraining } = await import('../../tokens/training/train-vocabulary.ts');
  checkTraining(tokenizer, vocabSize);
  if (maxSequenceLength === undefined || sequencePolicy === 'split') return;
  throw new ConfigError(
    'invalid_option',
    'With --vocab_size sequences are cut after the vocabulary is learned: --max_sequence_length needs --sequence_policy split.',
  );
}

import type { JsonObject } from '../../checkpoint/json.ts';
import type { RunConfig } from '../../config/run-config.ts';
import type { CuratedRow } from '../../dataset/dataset-row.ts';
import type { RowsInput } from '../../dataset/write-rows.ts';
import { ConfigError } from '../../errors.ts';
import type { Tokenizer } from '../../tokens/create-tokenizer.ts';
import { limitSequences } from '../../tokens/limit-sequences.ts';
import { noteCounter } from '../../tokens/note-counter.ts';

type Limits = Pick<RunConfig, 'maxSequenceLength' | 'sequencePolicy' | 'windowOverlap' | 'vocabSize'>;

/**
 * Whether rows are to be cut for an export that were whole when they were tokenized. Those of a vocabulary that is learned afterwards are cut
 * with it.
 *
 * @param made - options of the fingerprint that the records have.
 * @throws ConfigError `sequences_cut` where they were cut already, otherwise than is asked for.
 */
export function isCutHere(wanted: Limits, made: JsonObject): boolean {
  const { maxSequenceLength, sequencePolicy, windowOverlap, vocabSize } = wanted;
  if (vocabSize !== undefined) return false;
  const { max_sequence_length: before = null } = made;
  if (before === null) return maxSequenceLength !== undefined;
  const isSame =
    before === maxSequenceLength &&
    made.sequence_policy === sequencePolicy &&
    (sequencePolicy === 'truncate' || (made.window_overlap ?? 0) === windowOverlap);
  if (isSame) return false;
  throw new ConfigError(
    'sequences_cut',
    `The sequences of the run were cut already (--max_sequence_length ${before} --sequence_policy ${made.sequence_policy}); ` +
      'export them as they are, or make a run without --max_sequence_length.',
  );
}

/** Makes what cuts rows, or splits them into windows, by the tokenizer that they were made with. */
export function cutRows(tokenizer: Tokenizer, limits: Limits): Pick<RowsInput, 'transform'> {
  const { countNotes } = noteCounter(tokenizer.vocabulary);
  const limit = {
    maxLength: limits.maxSequenceLength,
    policy: limits.sequencePolicy,
    overlap: limits.windowOverlap,
    countNotes,
  };
  return {
    transform: (row: CuratedRow): CuratedRow => {
      const { sequences, cutTokens } = limitSequences(row.midi.tokens, tokenizer, limit);
      const length = sequences.streams.reduce((sum, ids) => sum + ids.length / sequences.columns, 0);
      return { ...row, midi: { ...row.midi, tokens: sequences, sequence_length: length, cut_tokens: cutTokens } };
    },
  };
}

/** What a recipe says of it. */
export function cutRecipe({ maxSequenceLength, sequencePolicy, windowOverlap }: Limits): JsonObject {
  return {
    cut: {
      max_sequence_length: maxSequenceLength ?? null,
      sequence_policy: sequencePolicy,
      window_overlap: windowOverlap,
    },
  };
}

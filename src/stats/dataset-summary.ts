import { FailureCounts, type FailureExample, type FailureFacts } from './failure-counts.ts';
import { type FieldFacts, FieldSummaries } from './field-summaries.ts';
import { type NumberFacts, NumberSummary } from './number-summary.ts';
import { type VocabularyFacts, VocabularyUse } from './vocabulary-use.ts';

/** Token and text lengths below this have exact percentiles. */
const EXACT_LENGTHS = 1 << 16;

/** What the summary takes of a row. */
export interface RowFacts {
  /** Tokens; rows for compound tokens. */
  readonly sequenceLength: number;
  /** Code units of the caption. */
  readonly textLength: number;
  readonly ids: Iterable<Uint16Array | Int32Array>;
  /** Hands over every value of every field: some 200 a row, so that a list of them is not made first. */
  readonly eachField: (take: TakeField) => void;
}

export type TakeField = (field: string, value: number | string | boolean) => void;

export interface DatasetFacts {
  readonly rows: number;
  /** Pairs without a result in at least one stage. */
  readonly failed_pairs: number;
  /** Pairs that a stage has not come to yet. */
  readonly pending_pairs: number;
  /** Pairs with a result of both stages that were rejected by a filter, or dropped as copies. */
  readonly left_out_pairs: number;
  readonly failures: readonly FailureFacts[];
  /** `null` where there is no row. */
  readonly sequence_length: NumberFacts | null;
  readonly text_length: NumberFacts | null;
  readonly fields: FieldFacts;
  /** One entry a column of the tokenization. */
  readonly vocabulary: readonly VocabularyFacts[];
}

/** Everything that is counted while a data set is written. Two parts added equal one pass. */
export class DatasetSummary {
  readonly sequenceLength = new NumberSummary(EXACT_LENGTHS);
  readonly textLength = new NumberSummary(EXACT_LENGTHS);
  readonly fields = new FieldSummaries();
  readonly failures = new FailureCounts();
  readonly vocabulary: VocabularyUse;
  #rows = 0;
  #failedPairs = 0;
  #pendingPairs = 0;
  #leftOutPairs = 0;

  /** @param vocabulary - the tokens of each column by id. */
  constructor(vocabulary: readonly (readonly string[])[]) {
    this.vocabulary = new VocabularyUse(vocabulary);
  }

  get rows(): number {
    return this.#rows;
  }

  get failedPairs(): number {
    return this.#failedPairs;
  }

  get pendingPairs(): number {
    return this.#pendingPairs;
  }

  get leftOutPairs(): number {
    return this.#leftOutPairs;
  }

  addRow({ sequenceLength, textLength, ids, eachField }: RowFacts): void {
    this.#rows++;
    this.sequenceLength.add(sequenceLength);
    this.textLength.add(textLength);
    for (const stream of ids) this.vocabulary.add(stream);
    eachField((field, value) => this.fields.add(field, value));
  }

  /** A pair that failed in the stages named. */
  addFailedPair(failures: readonly ({ readonly stage: string; readonly code: string } & FailureExample)[]): void {
    this.#failedPairs++;
    for (const { stage, code, index, error } of failures) this.failures.add(stage, code, { index, error });
  }

  addPendingPair(): void {
    this.#pendingPairs++;
  }

  addLeftOutPair(): void {
    this.#leftOutPairs++;
  }

  /** @param other - over the same vocabulary. */
  addAll(other: DatasetSummary): void {
    this.#rows += other.#rows;
    this.#failedPairs += other.#failedPairs;
    this.#pendingPairs += other.#pendingPairs;
    this.#leftOutPairs += other.#leftOutPairs;
    this.sequenceLength.addAll(other.sequenceLength);
    this.textLength.addAll(other.textLength);
    this.fields.addAll(other.fields);
    this.failures.addAll(other.failures);
    this.vocabulary.addAll(other.vocabulary);
  }

  facts(): DatasetFacts {
    return {
      rows: this.#rows,
      failed_pairs: this.#failedPairs,
      pending_pairs: this.#pendingPairs,
      left_out_pairs: this.#leftOutPairs,
      failures: this.failures.facts(),
      sequence_length: this.sequenceLength.facts() ?? null,
      text_length: this.textLength.facts() ?? null,
      fields: this.fields.facts(),
      vocabulary: this.vocabulary.facts(),
    };
  }
}

import type { StageRecord } from '../checkpoint/stage-reader.ts';
import { CheckpointError, type PairFailure } from '../errors.ts';
import type { Pair } from '../manifest/pair.ts';
import { unpackMidiRecord } from '../worker/midi-record.ts';
import { unpackTextRecord } from '../worker/text-record.ts';
import type { DatasetRow } from './dataset-row.ts';

export type StageName = 'midi' | 'text';

export interface StageFailure {
  readonly stage: StageName;
  readonly failure: PairFailure;
}

/** What became of a pair. */
export type JoinedPair =
  | { readonly kind: 'row'; readonly row: DatasetRow }
  /** At least one stage has failed; the other may have a result, or none yet. */
  | { readonly kind: 'failed'; readonly pair: Pair; readonly failures: readonly StageFailure[] }
  /** Nothing has failed, and a stage has not come to the pair yet. */
  | { readonly kind: 'pending'; readonly pair: Pair };

export interface JoinInput {
  /** The plan's pairs in order, a batch at a time. */
  readonly pairs: AsyncIterable<{ readonly pairs: readonly Pair[] }>;
  /** Each stage's outcomes, ascending by index; pairs may be missing, at the end or in between. */
  readonly midiRecords: AsyncIterable<StageRecord>;
  readonly textRecords: AsyncIterable<StageRecord>;
}

/**
 * Walks plan and stages side by side and yields what became of every pair, in order. A result belongs to a pair because it has
 * its index, never because of its place in a stream. Holds one pair's results.
 *
 * @throws CheckpointError `records_out_of_order`, `records_beyond_plan`, `record_invalid`, and what the streams throw.
 */
export async function* joinByIndex({ pairs, midiRecords, textRecords }: JoinInput): AsyncGenerator<JoinedPair> {
  const midi = new RecordCursor('midi', midiRecords);
  const text = new RecordCursor('text', textRecords);
  try {
    for await (const batch of pairs) {
      for (const pair of batch.pairs) yield outcomeOf(pair, await midi.take(pair.index), await text.take(pair.index));
    }
    await midi.expectEnd();
    await text.expectEnd();
  } finally {
    await midi.close();
    await text.close();
  }
}

function outcomeOf(pair: Pair, midi: StageRecord | undefined, text: StageRecord | undefined): JoinedPair {
  const failures: StageFailure[] = [];
  if (midi?.ok === false) failures.push({ stage: 'midi', failure: midi.failure });
  if (text?.ok === false) failures.push({ stage: 'text', failure: text.failure });
  if (failures.length > 0) return { kind: 'failed', pair, failures };
  if (!midi?.ok || !text?.ok) return { kind: 'pending', pair };
  return { kind: 'row', row: { pair, midi: unpackMidiRecord(midi.bytes), text: unpackTextRecord(text.bytes) } };
}

/** Reads a stage's outcomes one ahead. */
class RecordCursor {
  readonly #stage: StageName;
  readonly #records: AsyncIterator<StageRecord>;
  #next: StageRecord | undefined;
  #last = -1;
  #ended = false;

  constructor(stage: StageName, records: AsyncIterable<StageRecord>) {
    this.#stage = stage;
    this.#records = records[Symbol.asyncIterator]();
  }

  /** The outcome of the pair, if the stage has one. To be called with ascending indices. */
  async take(index: number): Promise<StageRecord | undefined> {
    if (this.#next === undefined) await this.#advance();
    const next = this.#next;
    if (next === undefined || next.index > index) return undefined;
    if (next.index < index) throw this.#beyond(next.index);
    this.#next = undefined;
    return next;
  }

  async expectEnd(): Promise<void> {
    if (this.#next === undefined) await this.#advance();
    if (this.#next !== undefined) throw this.#beyond(this.#next.index);
  }

  async close(): Promise<void> {
    if (!this.#ended) await this.#records.return?.();
  }

  async #advance(): Promise<void> {
    if (this.#ended) return;
    const { done, value } = await this.#records.next();
    if (done === true) {
      this.#ended = true;
      return;
    }
    if (value.index <= this.#last) {
      throw new CheckpointError(
        'records_out_of_order',
        `the ${this.#stage} stage has pair ${value.index} after pair ${this.#last}`,
      );
    }
    this.#last = value.index;
    this.#next = value;
  }

  #beyond(index: number): CheckpointError {
    return new CheckpointError(
      'records_beyond_plan',
      `the ${this.#stage} stage has pair ${index}, which the plan does not have`,
    );
  }
}

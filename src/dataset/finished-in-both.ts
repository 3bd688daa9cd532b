import type { StageRecord } from '../checkpoint/stage-reader.ts';

/** Each call reads a stage's outcomes from the start, ascending by index. */
export interface StageSources {
  readonly midiRecords: () => AsyncIterable<StageRecord>;
  readonly textRecords: () => AsyncIterable<StageRecord>;
}

/** The packed records of a pair. */
export interface FinishedPair {
  readonly index: number;
  readonly midi: Uint8Array;
  readonly text: Uint8Array;
}

/** The pairs with a result of both stages, in order, without looking into their records. */
export async function* finishedInBoth({ midiRecords, textRecords }: StageSources): AsyncGenerator<FinishedPair> {
  const texts = textRecords()[Symbol.asyncIterator]();
  try {
    let text = await texts.next();
    for await (const midi of midiRecords()) {
      while (!text.done && text.value.index < midi.index) text = await texts.next();
      if (text.done) return;
      const { value } = text;
      if (midi.ok && value.ok && value.index === midi.index) {
        yield { index: midi.index, midi: midi.bytes, text: value.bytes };
      }
    }
  } finally {
    await texts.return?.();
  }
}

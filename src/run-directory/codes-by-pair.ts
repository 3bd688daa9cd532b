import type { FailedPair } from '../checkpoint/failed-pairs.ts';
import type { StageName } from './run-files.ts';

/** Why one pair has no result in one stage, or in both. */
export interface CodesOfPair {
  readonly index: number;
  readonly codes: Readonly<Partial<Record<StageName, string>>>;
}

/** Joins the failures of both stages, each in index order, by their pairs. */
export function* codesByPair(midi: Iterable<FailedPair>, text: Iterable<FailedPair>): Generator<CodesOfPair> {
  const [ofMidi, ofText] = [midi[Symbol.iterator](), text[Symbol.iterator]()];
  let [a, b] = [ofMidi.next(), ofText.next()];
  while (!a.done || !b.done) {
    const indexA = a.done ? Number.POSITIVE_INFINITY : a.value.index;
    const indexB = b.done ? Number.POSITIVE_INFINITY : b.value.index;
    const index = Math.min(indexA, indexB);
    yield {
      index,
      codes: {
        ...(a.done || indexA > index ? {} : { midi: a.value.code }),
        ...(b.done || indexB > index ? {} : { text: b.value.code }),
      },
    };
    if (indexA === index) a = ofMidi.next();
    if (indexB === index) b = ofText.next();
  }
}

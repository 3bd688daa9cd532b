import type { PairFailure } from '../errors.ts';
import type { StageName } from './run-files.ts';

/** The failures of one pair: of one stage, or of both. */
export interface FailedPair {
  readonly index: number;
  readonly failures: Readonly<Partial<Record<StageName, PairFailure>>>;
}

/** Joins the failures of both stages, each in index order, by their pairs. */
export async function* failuresByPair(
  midi: AsyncIterator<PairFailure>,
  text: AsyncIterator<PairFailure>,
): AsyncGenerator<FailedPair> {
  let [a, b] = await Promise.all([midi.next(), text.next()]);
  while (!a.done || !b.done) {
    const indexA = a.done ? Number.POSITIVE_INFINITY : a.value.index;
    const indexB = b.done ? Number.POSITIVE_INFINITY : b.value.index;
    const index = Math.min(indexA, indexB);
    yield {
      index,
      failures: {
        ...(a.done || indexA > index ? {} : { midi: a.value }),
        ...(b.done || indexB > index ? {} : { text: b.value }),
      },
    };
    if (indexA === index) a = await midi.next();
    if (indexB === index) b = await text.next();
  }
}
